import type { Place } from "./outcomes.ts";

/** What waits for one destination: how many, since when (milliseconds; null: nothing waits), and the first of them. */
export type Waiting = {
  count: number;
  oldest: number | null;
  newest: number | null;
  first: Pick<Place, "key" | "n">[];
};

const EXAMPLES = 5;

/** Pending ones are in the index `parked`, or among the recent events behind the settled ones. */
export const WAITING = `
  SELECT key, n, seq, created_at FROM outcomes WHERE parked = 1 AND destination = ?1
  UNION ALL
  SELECT o.key, o.n, o.seq, o.created_at FROM events e CROSS JOIN outcomes o ON o.key = e.key
  WHERE e.seq > ?2 AND o.state = 'pending' AND o.parked = 0 AND o.destination = ?1`;

/** What waits for a destination, those under way included. */
export function waitingAt(sql: SqlStorage, settled: number, destination: string): Waiting {
  const sums = sql
    .exec<{ count: number; oldest: number | null; newest: number | null }>(
      `SELECT count(*) AS count, min(created_at) AS oldest, max(created_at) AS newest FROM (${WAITING})`,
      destination,
      settled,
    )
    .one();
  return { ...sums, first: firstWaiting(sql, settled, destination, EXAMPLES) };
}

/** The first that wait for a destination, in the order of their events. */
export function firstWaiting(
  sql: SqlStorage,
  settled: number,
  destination: string,
  limit: number,
): Pick<Place, "key" | "n">[] {
  return sql
    .exec<Pick<Place, "key" | "n">>(
      `SELECT key, n FROM (${WAITING}) ORDER BY seq, n LIMIT ?3`,
      destination,
      settled,
      limit,
    )
    .toArray();
}
