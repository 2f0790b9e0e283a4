import type { Result } from "../result.ts";

/** What the columns of a result are called; the first is text. */
export const COLUMNS = [
  "scenario",
  "seed",
  "sent",
  "acknowledged",
  "refused",
  "lost",
  "duplicated (in doubt)",
  "out of order",
  "p50 ms",
  "p99 ms",
  "MiB",
  "s",
];

/** A result's columns. */
export function row(result: Result): string[] {
  const { name, seed } = result;
  if (result.outcome !== "ran") return [name, String(seed), ...Array<string>(10).fill("-")];
  const { figures, peakMiB, seconds } = result;
  return [
    name,
    String(seed),
    ...[figures.sent, figures.acknowledged, figures.refused, figures.lost].map(whole),
    `${whole(figures.duplicated)} (${whole(figures.inDoubt)})`,
    ...[figures.outOfOrder, figures.p50, figures.p99, peakMiB, seconds].map(whole),
  ];
}

function whole(value: number): string {
  return Number.isFinite(value) ? Math.round(value).toLocaleString("en") : "-";
}
