import { counted } from "../words/counted.ts";

const UNITS: [ms: number, one: string][] = [
  [86_400_000, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
  [1_000, "second"],
];

/** How long from now something is, in words; `ms` is negative for what was. */
export function momentInWords(ms: number): string {
  const [unit, one] = UNITS.find(([each]) => Math.abs(ms) >= each) ?? [0, ""];
  if (unit === 0) return "just now";
  const count = Math.floor(Math.abs(ms) / unit);
  const span = counted(count, one);
  return ms < 0 ? `${span} ago` : `in ${span}`;
}
