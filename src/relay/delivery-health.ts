import { arrivedAt, lastSeq } from "./events.ts";
import { parkedDestinations } from "./outcomes.ts";

/** A delivery that waits this long beyond its pace is an outage. */
export const OVERDUE_SECONDS = 15 * 60;

/** How delivering goes, without names: for an outside monitor. Times in seconds and milliseconds. */
export type DeliveryHealth = {
  oldestPendingSeconds: number;
  failedLastHour: number;
  paused: number;
  lastEventAt: number | null;
  /** How long the latest delivery is overdue beyond what its pace explains, in seconds. */
  overdueSeconds: number;
};

type Oldest = { created: number | null; expected: number | null };

/** A queue may begin with replays of old events, which are not the oldest that wait. */
const FIRST_OF_QUEUE = 100;

const OLDEST_PARKED = `
  SELECT min(created_at) AS created, min(expected_at) AS expected FROM (
    SELECT created_at, expected_at FROM outcomes
    WHERE parked = 1 AND destination = ? ORDER BY seq, n LIMIT ${FIRST_OF_QUEUE})`;

const OLDEST_RECENT = `
  SELECT min(o.created_at) AS created, min(o.expected_at) AS expected
  FROM events e JOIN outcomes o ON o.key = e.key
  WHERE e.seq > ? AND o.state = 'pending'`;

/** How delivering goes. Of each queue only the beginning is read: it may be long. */
export function deliveryHealth(
  sql: SqlStorage,
  settled: number,
  oldestUnrouted: number | null,
  now: number,
  failedLastHour: number,
  paused: number,
): DeliveryHealth {
  // Pending ones are in the index, or among the recent events behind the settled ones.
  const firsts = parkedDestinations(sql).map((destination) =>
    sql.exec<Oldest>(OLDEST_PARKED, destination).one(),
  );
  const recent = sql.exec<Oldest>(OLDEST_RECENT, settled).one();
  const created = earliest([recent, ...firsts].map((each) => each.created));
  const expected = earliest([recent, ...firsts].map((each) => each.expected));
  const last = lastSeq(sql);
  return {
    oldestPendingSeconds: secondsSince(earlier(created, oldestUnrouted), now),
    failedLastHour,
    paused,
    lastEventAt: last === 0 ? null : arrivedAt(last),
    overdueSeconds: secondsSince(earlier(expected, oldestUnrouted), now),
  };
}

function earliest(times: (number | null)[]): number | null {
  return times.reduce(earlier, null);
}

function earlier(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}

function secondsSince(at: number | null, now: number): number {
  return at === null ? 0 : Math.max(0, Math.round((now - at) / 1000));
}
