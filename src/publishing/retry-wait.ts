const FIRST_MS = 1_000;

/** No wait is longer. */
export const LONGEST_RETRY_MS = 5 * 60_000;

/**
 * How long to wait after the `failures`th failure in a row: 1 s, doubled each time up to 5 minutes,
 * less up to half of it by chance. `random` is from [0, 1).
 */
export function retryWaitMs(failures: number, random: number): number {
  const whole = Math.min(LONGEST_RETRY_MS, FIRST_MS * 2 ** Math.min(failures - 1, 20));
  return Math.ceil(whole * (1 - random / 2));
}
