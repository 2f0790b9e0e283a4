import type { Rounds } from "./rounds.ts";

/** One sentence for everything in a contestant's rounds that makes its figures worthless. */
export function roundProblems(name: string, rounds: Rounds): string[] {
  const all = Object.values(rounds).flat();
  const missing = all.reduce((sum, round) => sum + round.missing, 0);
  const refused = new Map<string, number>();
  for (const [status, count] of all.flatMap((round) => Object.entries(round.statuses))) {
    if (status !== "202") refused.set(status, (refused.get(status) ?? 0) + count);
  }
  return [
    ...(missing > 0 ? [`${name}: ${missing} accepted events never reached Slack.`] : []),
    ...[...refused].map(([status, count]) =>
      status === "0"
        ? `${name}: ${count} requests got no answer, or lost their connection.`
        : `${name}: ${count} requests were answered ${status} instead of 202.`,
    ),
  ];
}
