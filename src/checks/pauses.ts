import { fewNamed } from "../words/few-named.ts";
import type { Env } from "../env.ts";
import { allRelays } from "../relay/all-relays.ts";
import { PAUSED_BY_PERSON } from "../relay/lane.ts";
import { error, warning, type Finding } from "./check.ts";

/** A destination that is paused in a Relay. */
export type Paused = {
  destination: string;
  relay: string;
  code: string;
  said: string;
  fix: string;
  since: number;
};

/** What is paused in all Relays, by people or by Causeway itself. */
export async function pauses(env: Env): Promise<Paused[]> {
  const relays = await Promise.all(
    (await allRelays(env)).map(async ({ name, relay }) => {
      const { pauses: paused } = await relay.problems();
      return paused.map((pause) => ({ ...pause, relay: name }));
    }),
  );
  return relays.flat();
}

/** A finding for each reason for which something is paused, with the names that share it. */
export function pauseFindings(paused: Paused[]): Finding[] {
  const byReason = Map.groupBy(paused, ({ code, said, fix }) => JSON.stringify([code, said, fix]));
  return [...byReason.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const names = [...new Set(group.map(({ destination }) => destination))].toSorted();
    const since = new Date(Math.min(...group.map((each) => each.since))).toISOString();
    const what = names.length === 1 ? "is paused" : "are paused";
    const message = `${fewNamed(names, 10)} ${what} since ${since}: ${first.said}. Messages wait.`;
    // What a person paused, a person knows about.
    const make = first.code === PAUSED_BY_PERSON ? warning : error;
    return [{ ...make(first.code, message, first.fix), destinations: names }];
  });
}
