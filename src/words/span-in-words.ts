import { counted } from "./counted.ts";

const UNITS = [
  [86_400_000, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
] as const;

/** How long something took, given in milliseconds: `0.4 s`, `12 s`, `3 minutes`, `2 hours`. */
export function spanInWords(ms: number): string {
  for (const [length, one] of UNITS) {
    if (ms >= length) return counted(Math.round(ms / length), one);
  }
  // Not less than what is told apart.
  const seconds = Math.max(0.1, ms / 1_000);
  return seconds < 10 ? `${Number(seconds.toFixed(1))} s` : `${Math.round(seconds)} s`;
}
