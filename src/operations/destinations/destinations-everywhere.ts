import type { Env } from "../../env.ts";
import { channelsNamed, type ChannelsNamed } from "../slack-names/channels-named.ts";
import {
  destinationsPage,
  type DestinationsListed,
  type DestinationsQuestion,
} from "./destinations-table.ts";
import { lookAround } from "./look-around.ts";
import { mappingsEverywhere } from "../rules/rules-everywhere.ts";
import { usesOf } from "../rules/rules-table.ts";

/** A page of all destinations, with what the page besides needs to know. */
export type DestinationsEverywhere = {
  page: DestinationsListed;
  channels: ChannelsNamed;
  /** Why something may be missing; null: nothing is. */
  problem: string | null;
};

/** Looks for destinations; at most `limit` of those that were found are on the page. */
export async function destinationsEverywhere(
  env: Env,
  asked: DestinationsQuestion,
  limit: number,
  now: number,
): Promise<DestinationsEverywhere> {
  const [mappings, { destinations, around, week, waiting }] = await Promise.all([
    mappingsEverywhere(env),
    lookAround(env),
  ]);
  const uses = usesOf(mappings.items);
  const known = { published: destinations.items, around, week, waiting, uses };
  const page = destinationsPage(known, asked, limit);
  const ids = page.rows.flatMap(({ view }) => view?.shown?.channel ?? []);
  return {
    page,
    channels: channelsNamed(env, ids, now),
    problem: mappings.problem ?? destinations.problem,
  };
}
