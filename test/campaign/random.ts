/** A repeatable source of chance: the same seed gives the same choices in the same order. */
export type Random = {
  /** A number from [0, 1). */
  next: () => number;
  /** A whole number from `low` to `high`, both included. */
  between: (low: number, high: number) => number;
  pick: <T>(list: readonly T[]) => T;
  shuffled: <T>(list: readonly T[]) => T[];
};

/**
 * mulberry32: 32 bits of state, good enough to choose by.
 *
 * @see https://github.com/bryc/code/blob/master/jshash/PRNGs.md
 */
export function seeded(seed: number): Random {
  let state = seed >>> 0;

  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  function pick<T>(list: readonly T[]): T {
    const picked = list[Math.floor(next() * list.length)];
    if (picked === undefined) throw new Error("There is nothing to pick from an empty list.");
    return picked;
  }

  return {
    next,
    pick,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    shuffled(list) {
      const left = [...list];
      return list.map(() => {
        const [taken] = left.splice(Math.floor(next() * left.length), 1);
        return taken as (typeof left)[number];
      });
    },
  };
}
