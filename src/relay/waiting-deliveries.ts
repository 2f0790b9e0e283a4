import { parkedDestinations, parkedPlaces, type Outcome, type Place } from "./outcomes.ts";

/** What waits for one destination: how many, since when (milliseconds; null: nothing waits), and the first of them. */
export type Waiting = {
  count: number;
  oldest: number | null;
  newest: number | null;
  first: Pick<Place, "key" | "n">[];
};

type Sums = Pick<Waiting, "count" | "oldest" | "newest">;
type Waits = Pick<Outcome, "destination" | "key" | "n" | "seq" | "createdAt">;

const EXAMPLES = 5;

/** The parked ones are found by the index. */
export const PARKED_SUMS = `
  SELECT count(*) AS count, min(created_at) AS oldest, max(created_at) AS newest
  FROM outcomes WHERE parked = 1 AND destination = ?1`;

/** Read in the index alone. */
const PARKED_COUNT = "SELECT count(*) AS n FROM outcomes WHERE parked = 1 AND destination = ?";

/** The others belong to the recent events, behind the settled ones; of one destination or of all, in order. */
export const RECENT = `
  SELECT o.destination, o.key, o.n, o.seq, o.created_at AS createdAt
  FROM events e CROSS JOIN outcomes o ON o.key = e.key
  WHERE e.seq > ?1 AND o.state = 'pending' AND o.parked = 0 AND (?2 IS NULL OR o.destination = ?2)
  ORDER BY e.seq, o.n LIMIT ?3`;

const ALL = -1;

/** How many deliveries wait, by destination; what waits to be routed is none. The recent events are read once. */
export function waitingEverywhere(sql: SqlStorage, settled: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const destination of parkedDestinations(sql)) {
    counts.set(destination, sql.exec<{ n: number }>(PARKED_COUNT, destination).one().n);
  }
  for (const { destination } of recent(sql, settled, null, ALL)) {
    counts.set(destination, (counts.get(destination) ?? 0) + 1);
  }
  counts.delete("");
  return counts;
}

/** What waits for each of these destinations, those under way included; the recent events are read once. */
export function waitingAt(
  sql: SqlStorage,
  settled: number,
  destinations: string[],
): Map<string, Waiting> {
  if (destinations.length === 0) return new Map();
  const all = Map.groupBy(recent(sql, settled, null, ALL), ({ destination }) => destination);
  return new Map(
    destinations.map((destination): [string, Waiting] => {
      const parked = sql.exec<Sums>(PARKED_SUMS, destination).one();
      const others = all.get(destination) ?? [];
      const times = others.map(({ createdAt }) => createdAt);
      return [
        destination,
        {
          count: parked.count + others.length,
          oldest: extreme(Math.min, parked.oldest, times),
          newest: extreme(Math.max, parked.newest, times),
          first: inOrder(parkedPlaces(sql, destination, FIRST, EXAMPLES), others, EXAMPLES),
        },
      ];
    }),
  );
}

/** Before all places in a queue. */
const FIRST = { seq: -1, n: -1 };

/** The first that wait for a destination, in the order of their events. */
export function firstWaiting(
  sql: SqlStorage,
  settled: number,
  destination: string,
  limit: number,
): Pick<Place, "key" | "n">[] {
  const parked = parkedPlaces(sql, destination, FIRST, limit);
  return inOrder(parked, recent(sql, settled, destination, limit), limit);
}

function recent(
  sql: SqlStorage,
  settled: number,
  destination: string | null,
  limit: number,
): Waits[] {
  return sql.exec<Waits>(RECENT, settled, destination, limit).toArray();
}

function inOrder(
  parked: Pick<Place, "key" | "n" | "seq">[],
  others: Pick<Place, "key" | "n" | "seq">[],
  limit: number,
): Pick<Place, "key" | "n">[] {
  return [...parked, ...others.slice(0, limit)]
    .sort((one, other) => one.seq - other.seq || one.n - other.n)
    .slice(0, limit);
}

function extreme(
  of: (one: number, other: number) => number,
  parked: number | null,
  times: number[],
): number | null {
  return times.reduce<number | null>(
    (known, each) => (known === null ? each : of(known, each)),
    parked,
  );
}
