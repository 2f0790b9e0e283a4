import type { MadeIssue } from "../../gitlab/issues-api.ts";
import { lastAnswer } from "./answers.ts";
import { untried, type Outcome } from "../outcomes.ts";

/** The name of the answer that a message's issue is: there is one for a message, whatever asks. */
export function issueClaim(marker: string): string {
  return `issue ${marker}`;
}

/** The GitLab issue that was made of a message, as the event `key` sees it; null: none yet. */
export function findIssue(sql: SqlStorage, marker: string, key: string): MadeIssue | null {
  const [row] = sql
    .exec<{ issue: string }>("SELECT issue FROM issues WHERE marker = ?", marker)
    .toArray();
  if (row === undefined) return null;
  const found = lastAnswer(sql, issueClaim(marker))?.key !== key;
  return { ...(JSON.parse(row.issue) as MadeIssue), found };
}

/** Whether an issue was made of a message. */
export function hasIssue(sql: SqlStorage, marker: string): boolean {
  return sql.exec("SELECT 1 FROM issues WHERE marker = ?", marker).toArray().length > 0;
}

export function recordIssue(sql: SqlStorage, marker: string, issue: MadeIssue, now: number): void {
  sql.exec("INSERT OR IGNORE INTO issues VALUES (?, ?, ?)", marker, JSON.stringify(issue), now);
}

/**
 * When an attempt to make a message's issue may have begun whose answer was lost, in milliseconds;
 * null: none was made. Attempts of deliveries that gave up count too.
 */
export function doubtfulSince(sql: SqlStorage, marker: string, outcome: Outcome): number | null {
  const claim = lastAnswer(sql, issueClaim(marker));
  const first = Math.min(claim?.firstAt ?? outcome.createdAt, outcome.createdAt);
  return outcome.attempts.length > 0 || first < outcome.createdAt ? first : null;
}

/** Whether another delivery is the one that makes the message's issue. */
export function isMadeElsewhere(sql: SqlStorage, marker: string, outcome: Outcome): boolean {
  const claim = lastAnswer(sql, issueClaim(marker));
  return claim !== null && (claim.key !== outcome.key || claim.n !== outcome.n);
}

/** The answer in the thread, as a delivery beside the one that made the issue. */
export function replyOutcome(
  made: Outcome,
  destination: string,
  { n, now, expectedAt }: { n: number; now: number; expectedAt: number },
): Outcome {
  return {
    ...made,
    ...untried(),
    n,
    state: "pending",
    reason: null,
    destination,
    // Written when it is sent: only then the issue is known.
    content: null,
    createdAt: now,
    expectedAt,
  };
}
