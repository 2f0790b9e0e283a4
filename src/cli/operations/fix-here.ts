import type { ProblemItem } from "../../operations/overview/problems.ts";

/**
 * What to do, for the Worker that was asked: the local one (`isLocal`) has its secrets and variables
 * from a file, and nothing is deployed for it.
 */
export function fixHere(fix: string, isLocal: boolean): string {
  if (!isLocal || !/wrangler secret put|ALERTS_TO|wrangler\.toml/.test(fix)) return fix;
  return `${fix} For the local Worker: write it into .dev.vars, and start it again with npm start.`;
}

/** Problems with what to do about their pauses in that way. */
export function problemsHere(problems: ProblemItem[], isLocal: boolean): ProblemItem[] {
  return problems.map((item) => ({
    ...item,
    pauses: item.pauses.map((pause) => ({ ...pause, fix: fixHere(pause.fix, isLocal) })),
  }));
}
