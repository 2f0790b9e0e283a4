const UNITS = [
  [86_400_000, "day", "days"],
  [3_600_000, "hour", "hours"],
  [60_000, "minute", "minutes"],
] as const;

/** How long something took, given in milliseconds: `0.4 s`, `12 s`, `3 minutes`, `2 hours`. */
export function spanInWords(ms: number): string {
  for (const [length, one, several] of UNITS) {
    if (ms < length) continue;
    const count = Math.round(ms / length);
    return `${count} ${count === 1 ? one : several}`;
  }
  // Not less than what is told apart.
  const seconds = Math.max(0.1, ms / 1_000);
  return seconds < 10 ? `${Number(seconds.toFixed(1))} s` : `${Math.round(seconds)} s`;
}
