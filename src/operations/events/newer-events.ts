import type { findRelay } from "../../relay/all-relays.ts";
import { eventAt } from "./event-at.ts";
import { events, type PlacedEvent } from "./events.ts";
import { lookedUpTo, questionOf, type EventsWanted } from "./find-events.ts";
import type { Search } from "./read-search.ts";

/** Up to which event (`seq`) was looked, and how many newer ones there are that the list does not show. */
type Watched = { looked: number; count: number };

const MOST_NEW = 60;
const MOST_WAITING = 10;

/**
 * What is new since somebody last looked: how many events more, and those of the `waiting` ones
 * that wait no longer. Each look reads what came since the one before. `now` in milliseconds.
 */
export async function newerEvents(
  env: Parameters<typeof findRelay>[0],
  wanted: EventsWanted,
  search: Exclude<Search, { kind: "event" }>,
  { looked, count }: Watched,
  waiting: { id: string; seq: number }[],
  now: number,
): Promise<Watched & { settled: PlacedEvent[] }> {
  const question = { ...questionOf(wanted, search, now), after: looked, limit: MOST_NEW };
  const [{ items }, waited] = await Promise.all([
    events(env, question),
    Promise.all(waiting.slice(0, MOST_WAITING).map(({ id, seq }) => eventAt(env, id, seq))),
  ]);
  return {
    looked: Math.max(looked, lookedUpTo(items, now)),
    count: count + items.length,
    settled: waited.flatMap((event) => (event === null || event.state === "pending" ? [] : event)),
  };
}
