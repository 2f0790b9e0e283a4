import type { Env } from "../../env.ts";
import { channelsNamed, type ChannelsNamed } from "../slack-names/channels-named.ts";
import { lookAround } from "../destinations/look-around.ts";
import { mappingView, type MappingView } from "./mapping-view.ts";
import { readPublished, type Published, type Readings } from "../publishing/read-published.ts";
import { rulesPage, type RulesPage, type RulesQuestion } from "./rules-table.ts";

/** A page of the rules of all mappings, with what the page besides needs to know. */
export type RulesEverywhere = {
  page: RulesPage;
  /** What rules can be sent to. */
  sendable: string[];
  channels: ChannelsNamed;
  /** Why something may be missing; null: nothing is. */
  problem: string | null;
  /** Whether the figures of the last days are counted to the end. */
  complete: boolean;
};

const readings: Readings<MappingView> = new Map();

/** The published mappings, as lists show them. */
export async function mappingsEverywhere(env: Env): Promise<Published<MappingView>> {
  return await readPublished(env, ["mapping/"], readings, mappingView);
}

/** Looks for rules in all mappings; at most `limit` of those that were found are on the page. */
export async function rulesEverywhere(
  env: Env,
  asked: RulesQuestion,
  limit: number,
  now: number,
): Promise<RulesEverywhere> {
  const [mappings, { destinations, around, week }] = await Promise.all([
    mappingsEverywhere(env),
    lookAround(env),
  ]);
  const page = rulesPage(mappings.items, around, week, asked, limit);
  const ids = page.rows.flatMap(({ source, place }) =>
    source === "slack" && place !== "*" ? [place] : [],
  );
  return {
    page,
    sendable: destinations.items.map(({ reading: { name } }) => name),
    channels: channelsNamed(env, ids, now),
    problem: mappings.problem ?? destinations.problem,
    complete: week.complete,
  };
}
