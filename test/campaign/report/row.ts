import type { Result } from "../result.ts";

/** What the columns of a result are called; the first is text. */
export const COLUMNS = [
  "scenario",
  "sent",
  "acknowledged",
  "refused",
  "lost",
  "duplicated (in doubt)",
  "out of order",
  "p50",
  "p99",
  "MiB",
  "took",
];

/** A result's columns. */
export function row(result: Result): string[] {
  const { name } = result;
  if (result.outcome !== "ran") return [name, ...COLUMNS.slice(1).fill("-")];
  const { figures, peakMiB, seconds } = result;
  return [
    name,
    ...[figures.sent, figures.acknowledged, figures.refused, figures.lost].map(whole),
    `${whole(figures.duplicated)} (${whole(figures.inDoubt)})`,
    whole(figures.outOfOrder),
    ...[figures.p50, figures.p99].map(time),
    whole(peakMiB),
    time(seconds * 1_000),
  ];
}

function whole(value: number): string {
  return Number.isFinite(value) ? Math.round(value).toLocaleString("en") : "-";
}

/** Milliseconds, in seconds where there are a thousand of them. */
function time(ms: number): string {
  if (!(ms >= 1_000)) return Number.isFinite(ms) ? `${Math.round(ms)} ms` : "-";
  const seconds = ms / 1_000;
  return `${seconds.toFixed(seconds < 100 ? 1 : 0)} s`;
}
