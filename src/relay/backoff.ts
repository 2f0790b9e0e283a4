import { isStillAhead } from "../still-ahead.ts";

const FIRST_MS = 2_000;
const LONGEST_MS = 3_600_000;
/** Waiting between attempts adds up to at most a day; time in which its destination was paused does not count. */
const BUDGET_MS = 24 * 3_600_000;

/** Which failure in a row it is, for a delivery that has already waited this long between attempts. */
export function attemptAfter(waitedMs: number): number {
  return 1 + Math.floor(Math.log2(1 + waitedMs / FIRST_MS));
}

/**
 * How long to wait after the `attempt`th failure in a row: exponential up to an hour, with full
 * jitter, so that what failed together does not come back together. `random` is from [0, 1).
 *
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoffMs(attempt: number, random: number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 20));
  return Math.ceil(random * ceiling);
}

/** Whether a wait until `at` (milliseconds) still holds; none is longer than an hour. */
export function stillWaits(at: number, now: number): boolean {
  return isStillAhead(at, now, LONGEST_MS);
}

/** Whether a delivery that has already waited this long between attempts may wait once more. */
export function mayWait(waitedMs: number, nextMs: number): boolean {
  return waitedMs + nextMs <= BUDGET_MS;
}
