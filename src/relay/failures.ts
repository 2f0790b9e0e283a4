import { causeOfFailure, type Cause } from "./cause-of-failure.ts";
import { failedDeliveries, firstFailed, type FailedPlace } from "./failed-deliveries.ts";
import { deliveryId, eventId } from "./ids.ts";
import type { Lanes } from "./lanes.ts";
import { PAUSED_BY_PERSON } from "./lane.ts";
import { waitingAt } from "./waiting-deliveries.ts";

/** Deliveries of one destination that are stuck for the same cause. Times are milliseconds. */
export type Failure = Omit<Cause, "mend"> & {
  /** `failed`: for good. `paused`: they wait until the cause is mended, and are sent then. */
  kind: "failed" | "paused";
  /** Null: the event could not even be routed, and the examples are ids of events. */
  destination: string | null;
  /** Whether they are alerts, which Causeway sends of itself. */
  alert: boolean;
  /** What to do once the cause is mended; `wait`: nothing, they are sent by themselves. */
  mend: Cause["mend"] | "wait" | "resume";
  /** Whether sending them again helps. */
  retryable: boolean;
  count: number;
  oldest: number;
  newest: number;
  /** A few ids, the newest last. */
  examples: string[];
};

/** Failed deliveries that one call looks at. */
const PAGE = 2_000;
const EXAMPLES = 5;

/** What failed for good in a Relay, by destination and cause; `next` is where to go on, null at the end. */
export function failures(
  sql: SqlStorage,
  relay: string,
  after: FailedPlace | null,
): { groups: Failure[]; next: FailedPlace | null } {
  const page = failedDeliveries(sql, null, after ?? firstFailed(null), PAGE);
  const groups = page.map(({ key, n, destination, reason, role, failedAt }): Failure => {
    const cause = causeOfFailure(reason, role);
    return {
      kind: "failed",
      destination: destination === "" ? null : destination,
      alert: role === "alert",
      ...cause,
      retryable: cause.mend === "retry",
      count: 1,
      oldest: failedAt,
      newest: failedAt,
      examples: [destination === "" ? eventId(relay, key) : deliveryId(relay, key, n)],
    };
  });
  const last = page.at(-1);
  const next = page.length < PAGE || last === undefined ? null : last;
  return {
    groups: mergeFailures(groups),
    next: next === null ? null : { destination: next.destination, seq: next.seq, n: next.n },
  };
}

/** The destinations of a Relay that are paused, with what waits for them. */
export function pausedFailures(
  sql: SqlStorage,
  relay: string,
  settled: number,
  lanes: Lanes,
): Failure[] {
  const pauses = lanes.pauses();
  const waiting = waitingAt(
    sql,
    settled,
    pauses.map(({ destination }) => destination),
  );
  return pauses.map(({ destination, pause: { code, said, fix, since } }): Failure => {
    const { count = 0, oldest, newest, first = [] } = waiting.get(destination) ?? {};
    const isPersons = code === PAUSED_BY_PERSON;
    return {
      kind: "paused",
      destination,
      alert: false,
      code,
      said,
      fix,
      mend: isPersons ? "resume" : "wait",
      retryable: !isPersons,
      count,
      oldest: oldest ?? since,
      newest: newest ?? since,
      examples: first.map(({ key, n }) => deliveryId(relay, key, n)),
    };
  });
}

/** Puts together what has the same destination, purpose and cause; what was said last is said. */
export function mergeFailures(all: Failure[]): Failure[] {
  const merged = new Map<string, Failure>();
  for (const each of all) {
    const name = JSON.stringify([each.kind, each.destination, each.alert, each.code]);
    const known = merged.get(name);
    if (known === undefined) {
      merged.set(name, each);
      continue;
    }
    const [older, newer] = known.newest <= each.newest ? [known, each] : [each, known];
    merged.set(name, {
      ...newer,
      count: known.count + each.count,
      oldest: Math.min(known.oldest, each.oldest),
      examples: [...older.examples, ...newer.examples].slice(-EXAMPLES),
    });
  }
  return [...merged.values()].sort((a, b) => b.count - a.count);
}
