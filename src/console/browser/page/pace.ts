const MINUTE_MS = 60_000;

/** How a page that looks by itself slows down: what holds from so long without news on. */
const PACES: { fromMs: number; leastMs: number }[] = [
  { fromMs: 0, leastMs: 0 },
  { fromMs: MINUTE_MS, leastMs: 10_000 },
  { fromMs: 10 * MINUTE_MS, leastMs: 30_000 },
];

/** After so long without news a page stops looking, until somebody asks for it. */
export const STOPS_AFTER_MS = 30 * MINUTE_MS;

/**
 * How long a page waits until it looks again, where it does so each `everyMs` while there is news and the
 * last news was `silentMs` ago; null: not any more.
 */
export function waitOf(everyMs: number, silentMs: number): number | null {
  if (silentMs >= STOPS_AFTER_MS) return null;
  const leastMs = PACES.findLast(({ fromMs }) => silentMs >= fromMs)?.leastMs ?? 0;
  return Math.max(everyMs, leastMs);
}

/** How often a page looks from its last news on until it stops, if none comes. */
export function looksWithoutNews(everyMs: number): number {
  let looks = 0;
  let silentMs = 0;
  for (;;) {
    const waitMs = waitOf(everyMs, silentMs);
    if (waitMs === null || silentMs + waitMs >= STOPS_AFTER_MS) return looks;
    silentMs += waitMs;
    looks += 1;
  }
}
