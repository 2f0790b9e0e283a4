import type { Env } from "../../env.ts";
import { allRelays } from "../../relay/all-relays.ts";
import { channelsNamed, type ChannelsNamed } from "../slack-names/channels-named.ts";
import {
  destinationsPage,
  type DestinationsPage,
  type DestinationsQuestion,
} from "./destinations-table.ts";
import { lookAround } from "./look-around.ts";
import { mappingsEverywhere } from "../rules/rules-everywhere.ts";
import { usesOf } from "../rules/rules-table.ts";
import { sevenDays } from "../rules/seven-days.ts";

/** A page of all destinations, with what the page besides needs to know. */
export type DestinationsEverywhere = {
  page: DestinationsPage;
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
  const [mappings, { destinations, around }, week, waiting] = await Promise.all([
    mappingsEverywhere(env),
    lookAround(env),
    sevenDays(env),
    waitingEverywhere(env),
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

async function waitingEverywhere(env: Env): Promise<Map<string, number>> {
  const relays = await allRelays(env);
  const counts = await Promise.all(relays.map(({ relay }) => relay.waitingEverywhere()));
  const sums = new Map<string, number>();
  for (const [name, count] of counts.flatMap((each) => [...each])) {
    sums.set(name, (sums.get(name) ?? 0) + count);
  }
  return sums;
}
