import type { Result } from "../result.ts";

/** One result in one line, and a line more for everything that must not be. */
export function line(result: Result): string {
  const { name, seed } = result;
  if (result.outcome !== "ran") {
    const mark = result.outcome === "skipped" ? "-" : "✗";
    return `${mark} ${name} (seed ${seed}): ${result.outcome}, ${result.why}`;
  }
  const { figures, peakMiB, seconds, findings } = result;
  const said = [
    `${figures.sent} sent`,
    `${figures.acknowledged} acknowledged`,
    `${figures.refused} refused`,
    `${figures.lost} lost`,
    `${figures.duplicated} duplicated (${figures.inDoubt} in doubt)`,
    `${figures.outOfOrder} out of order`,
    `p50 ${Math.round(figures.p50)} ms, p99 ${Math.round(figures.p99)} ms`,
    `${Math.round(peakMiB)} MiB`,
    `${seconds.toFixed(1)} s`,
  ];
  const mark = findings.length === 0 ? "✓" : "✗";
  return [
    `${mark} ${name} (seed ${seed}): ${said.join(", ")}`,
    ...findings.map((finding) => `    ${finding}`),
  ].join("\n");
}
