const UNITS = [
  [86_400, "d"],
  [3_600, "h"],
  [60, "min"],
] as const;

/** How long something has lasted, given in seconds: `6 s`, `5 min`, `3 h`, `2 d`. */
export function lasted(seconds: number): string {
  for (const [length, unit] of UNITS) {
    if (seconds >= 2 * length) return `${Math.floor(seconds / length)} ${unit}`;
  }
  return `${Math.round(seconds)} s`;
}
