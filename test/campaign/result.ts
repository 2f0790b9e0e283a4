import type { Figures } from "./check/verdict.ts";

/** What came of a scenario. */
export type Result = { name: string; seed: number } & (
  | {
      outcome: "ran";
      figures: Figures;
      /** The most memory that workerd held, in MiB; 0 where that cannot be read. */
      peakMiB: number;
      seconds: number;
      /** What must not be, one sentence each. Empty: it held. */
      findings: string[];
    }
  | { outcome: "skipped" | "broke off"; why: string }
);

/** Whether a scenario showed what must not be, or could not be judged. A skipped one has not. */
export function hasFailed(result: Result): boolean {
  return result.outcome === "ran" ? result.findings.length > 0 : result.outcome === "broke off";
}
