/**
 * How long things took, as counts by bucket. A bucket is a tenth wider than the one before, so a time that is
 * read from it is within 5 % of the true one. Such counts add up, over hours and over Relays.
 */
export type Latencies = Record<number, number>;

const WIDTH = Math.log(1.1);

/** The bucket of a time in milliseconds. What took no time at all took one. */
export function bucketOf(ms: number): number {
  return Math.floor(Math.log(Math.max(1, ms)) / WIDTH);
}

/** Adds counts to others, which are changed; counts that have become nothing go. */
export function addLatencies(to: Latencies, more: Latencies): void {
  for (const [name, count] of Object.entries(more)) {
    const bucket = Number(name);
    const sum = (to[bucket] ?? 0) + count;
    if (sum === 0) delete to[bucket];
    else to[bucket] = sum;
  }
}

/** How many there are. */
export function countOf(latencies: Latencies): number {
  return Object.values(latencies).reduce((sum, count) => sum + count, 0);
}

/** The time in milliseconds within which this part (0 to 1) of them was done; null: there are none. */
export function within(latencies: Latencies, part: number): number | null {
  const wanted = Math.max(1, Math.ceil(countOf(latencies) * part));
  let seen = 0;
  // Names that are whole numbers come in their order.
  for (const [bucket, count] of Object.entries(latencies)) {
    seen += count;
    if (seen >= wanted) return Math.round(Math.exp((Number(bucket) + 0.5) * WIDTH));
  }
  return null;
}
