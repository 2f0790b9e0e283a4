import type { allRelays } from "../../relay/all-relays.ts";
import { eventId, parseId } from "../../relay/ids.ts";
import { filterOf, placed, relaysAsked, type PlacedEvent } from "./events.ts";
import {
  isKnownLate,
  lateSince,
  lookedUpTo,
  questionOf,
  type EventsWanted,
} from "./find-events.ts";
import type { Search } from "./read-search.ts";

/** Behind which event (`seq`) something may be new, and how many there are that the list does not show. */
type Watched = { looked: number; count: number };

/** What the list shows: all of it where an event may become what was asked for late, and what of it waits. */
type Shown = { shown: number[]; waiting: { id: string; seq: number }[] };

const MOST_NEW = 60;
/** More than a page shows. */
const MOST_WAITING = 100;

/**
 * What is new since somebody last looked: how many events more, and those of the `waiting` ones
 * that wait no longer. Each look reads what came since the one before, and the last quarter of an hour
 * where it is asked for what is known late; with one call for each Relay. `now` in milliseconds.
 */
export async function newerEvents(
  env: Parameters<typeof allRelays>[0],
  wanted: EventsWanted,
  search: Exclude<Search, { kind: "event" }>,
  { looked, count }: Watched,
  { shown, waiting }: Shown,
  now: number,
): Promise<Watched & { settled: PlacedEvent[] }> {
  const asks = questionOf(wanted, search, now);
  const late = isKnownLate(asks);
  const question = { ...asks, after: late ? Math.max(looked, lateSince(now)) : looked };
  const most = MOST_NEW + shown.length;
  const asked = waiting.slice(0, MOST_WAITING);
  const answers = await Promise.all(
    (await relaysAsked(env, question)).map(async ({ name, relay }) => {
      const its = asked.filter(({ id }) => parseId(id)?.relay === name);
      const seqs = its.map(({ seq }) => seq);
      const { items, waited } = await relay.newerEvents(filterOf(question), most, seqs);
      const ids = new Set(its.map(({ id }) => id));
      return {
        items: items.map((item) => placed(name, item)),
        settled: waited
          .filter(({ key, eventState }) => eventState !== "pending" && ids.has(eventId(name, key)))
          .map((item) => placed(name, item)),
      };
    }),
  );
  const items = answers.flatMap((answer) => answer.items);
  const settled = answers.flatMap((answer) => answer.settled);
  if (!late) {
    return {
      looked: Math.max(looked, lookedUpTo(items, now)),
      count: count + items.length,
      settled,
    };
  }
  const fresh = items.filter(({ seq }) => !shown.includes(seq)).length;
  return { looked, count: Math.max(count, fresh), settled };
}
