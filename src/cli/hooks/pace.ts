/** GitLab takes so many in a minute, for each project or group and user. */
const IN_A_WINDOW = 5;
const WINDOW_MS = 60_000;

/**
 * How long to wait, in milliseconds, before the next one may start: never more than five start within
 * a minute. `starts` are the times of those before, the oldest first.
 */
export function waitFor(starts: readonly number[], now: number): number {
  const fifthLast = starts.at(-IN_A_WINDOW);
  return fifthLast === undefined ? 0 : Math.max(0, fifthLast + WINDOW_MS - now);
}
