const WINDOW_MS = 60_000;
const ALLOWED = 10;
/** Addresses that are remembered at a time; the one that guessed first is forgotten first. */
const MAX_ADDRESSES = 1_000;

/** Wrong tokens, by the address that they came from. */
export type Guesses = {
  /** Whole seconds that the address has to wait; 0: it may try. */
  waitOf: (address: string, now: number) => number;
  wrong: (address: string, now: number) => void;
};

/**
 * Ten wrong tokens in a minute, and the address waits until the minute is over. Kept in memory, so each instance
 * of the Worker counts for itself: it stops who tries passwords by hand. What makes guessing hopeless is the
 * token's length.
 */
export function countGuesses(): Guesses {
  const counts = new Map<string, { since: number; wrong: number }>();
  const countOf = (address: string, now: number) => {
    const count = counts.get(address);
    return count !== undefined && Math.abs(now - count.since) < WINDOW_MS ? count : null;
  };
  return {
    waitOf: (address, now) => {
      const count = countOf(address, now);
      if (count === null || count.wrong < ALLOWED) return 0;
      return Math.ceil((count.since + WINDOW_MS - now) / 1_000);
    },
    wrong: (address, now) => {
      const count = countOf(address, now) ?? { since: now, wrong: 0 };
      counts.delete(address);
      counts.set(address, { ...count, wrong: count.wrong + 1 });
      const [oldest] = counts.keys();
      if (counts.size > MAX_ADDRESSES && oldest !== undefined) counts.delete(oldest);
    },
  };
}
