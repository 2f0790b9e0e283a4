import { arrivedAt, lastSeq } from "./events.ts";

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

export function deliveryHealth(
  sql: SqlStorage,
  settled: number,
  oldestUnrouted: number | null,
  now: number,
  failedLastHour: number,
  paused: number,
): DeliveryHealth {
  // Pending ones are in the index, or among the recent events behind the settled ones.
  const { created, expected } = sql
    .exec<{ created: number | null; expected: number | null }>(
      `SELECT min(created_at) AS created, min(expected_at) AS expected FROM (
         SELECT created_at, expected_at FROM outcomes WHERE parked = 1
         UNION ALL
         SELECT o.created_at, o.expected_at FROM events e JOIN outcomes o ON o.key = e.key
         WHERE e.seq > ? AND o.state = 'pending'
       )`,
      settled,
    )
    .one();
  const last = lastSeq(sql);
  return {
    oldestPendingSeconds: secondsSince(earlier(created, oldestUnrouted), now),
    failedLastHour,
    paused,
    lastEventAt: last === 0 ? null : arrivedAt(last),
    overdueSeconds: secondsSince(earlier(expected, oldestUnrouted), now),
  };
}

function earlier(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}

function secondsSince(at: number | null, now: number): number {
  return at === null ? 0 : Math.max(0, Math.round((now - at) / 1000));
}
