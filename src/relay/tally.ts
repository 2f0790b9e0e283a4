import { addLatencies, bucketOf, type Latencies } from "./latencies.ts";
import type { EventState } from "./event-state.ts";

/** What a delivery has come to in the end. */
type End = "delivered" | "failed";

/** What happened in an hour: events that came then, by their state of today, and deliveries that ended then. */
export type HourTally = {
  events: Partial<Record<EventState, number>>;
  deliveries: Partial<Record<End, number>>;
  /** Of deliveries that rules made: from GitLab's request to Slack's answer. */
  latency: Latencies;
};

/** What a rule brought to a destination on one day (number of the day since 1970, UTC). */
export type Post = {
  day: number;
  destination: string;
  /** Both `""` for alerts. */
  mapping: string;
  rule: string;
  delivered: number;
  failed: number;
  /** When the last of them was delivered (milliseconds); 0: none was. */
  lastAt: number;
};

/** A delivery that has ended, and what of it is counted. */
export type Ended = Omit<Post, "day" | "delivered" | "failed" | "lastAt"> & {
  state: End;
  finishedAt: number;
  /** Null: it says nothing about how quick we are. */
  tookMs: number | null;
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The number of the hour since 1970 (UTC). */
export function hourOf(at: number): number {
  return Math.floor(at / HOUR_MS);
}

/** The number of the day since 1970 (UTC). */
export function dayOf(at: number): number {
  return Math.floor(at / DAY_MS);
}

/** Counts that are put together before they are written, with a sign: what is no more is counted back. */
export class Tally {
  readonly hours = new Map<number, HourTally>();
  readonly #posts = new Map<string, Post>();

  /** What was counted of each rule and destination. */
  get posts(): Post[] {
    return [...this.#posts.values()];
  }

  addEvents(hour: number, state: EventState, times: number): void {
    const { events } = this.#hour(hour);
    events[state] = (events[state] ?? 0) + times;
  }

  addDelivery(ended: Ended, times: 1 | -1): void {
    const { state, finishedAt, tookMs, ...from } = ended;
    const { deliveries, latency } = this.#hour(hourOf(finishedAt));
    deliveries[state] = (deliveries[state] ?? 0) + times;
    if (tookMs !== null) addLatencies(latency, { [bucketOf(tookMs)]: times });
    const day = dayOf(finishedAt);
    const name = JSON.stringify([day, from.destination, from.mapping, from.rule]);
    const post = this.#posts.get(name) ?? { ...from, day, delivered: 0, failed: 0, lastAt: 0 };
    post[state] += times;
    if (state === "delivered") post.lastAt = Math.max(post.lastAt, finishedAt);
    this.#posts.set(name, post);
  }

  #hour(hour: number): HourTally {
    const known = this.hours.get(hour);
    if (known !== undefined) return known;
    const none: HourTally = { events: {}, deliveries: {}, latency: {} };
    this.hours.set(hour, none);
    return none;
  }
}

/** Two tallies of an hour in one. */
export function bothHours(one: HourTally, other: HourTally): HourTally {
  const latency = { ...one.latency };
  addLatencies(latency, other.latency);
  return {
    events: bothCounts(one.events, other.events),
    deliveries: bothCounts(one.deliveries, other.deliveries),
    latency,
  };
}

/** Whether there is nothing in it. */
export function isNothing({ events, deliveries, latency }: HourTally): boolean {
  return [events, deliveries, latency].every((counts) =>
    Object.values(counts).every((count) => count === 0),
  );
}

function bothCounts<Name extends string>(
  one: Partial<Record<Name, number>>,
  other: Partial<Record<Name, number>>,
): Partial<Record<Name, number>> {
  const both: Partial<Record<Name, number>> = { ...one };
  for (const name of Object.keys(other) as Name[]) {
    both[name] = (both[name] ?? 0) + (other[name] ?? 0);
  }
  return both;
}
