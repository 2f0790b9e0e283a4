import { plainFallback } from "../messages/fit-message.ts";
import type { Answer, OutgoingContent } from "../slack/answer.ts";
import { attemptAfter, backoffMs, mayWait } from "./backoff.ts";
import type { Attempt, Outcome } from "./outcomes.ts";

/** Of a long list of attempts the first and the last are kept. */
const MAX_ATTEMPTS = 60;
const KEPT_FIRST = 10;

/**
 * GitLab goes on with a request for up to a minute after its answer was lost. Whoever looked earlier
 * whether the issue is there would find none, and make a second one.
 *
 * @see https://docs.gitlab.com/administration/instance_limits/
 */
export const ISSUE_DOUBT_MS = 90_000;

/** Until when (milliseconds) it cannot be known whether an attempt made an issue; 0: it can. */
export function doubtfulUntil({ content, attempts }: Outcome): number {
  const last = attempts.at(-1);
  return content?.kind === "issue" && last !== undefined ? last.at + ISSUE_DOUBT_MS : 0;
}

/** The delivery after an answer. `random` is from [0, 1). */
export function afterAttempt(
  outcome: Outcome,
  answer: Answer,
  attempt: Attempt,
  now: number,
  random: number,
): Outcome {
  const tried = withAttempt(outcome, attempt);
  switch (answer.outcome) {
    case "delivered":
      return { ...tried, state: "delivered", posted: answer.posted ?? null };
    case "wait":
    case "blocked":
      return tried;
    case "retry": {
      const doubtful = answer.maybePosted && tried.content?.kind === "issue";
      const leastMs = doubtful ? ISSUE_DOUBT_MS : 0;
      const waitMs = Math.max(leastMs, backoffMs(attemptAfter(tried.waitedMs), random));
      return mayWait(tried.waitedMs, waitMs)
        ? { ...tried, waitedMs: tried.waitedMs + waitMs, dueAt: now + waitMs }
        : { ...tried, state: "failed", reason: `gave up after a day of retries: ${answer.said}` };
    }
    case "refused": {
      const { content } = tried;
      if (content?.kind === "message" && content.blocks !== null && answer.whatever !== true) {
        const plain: OutgoingContent = { ...content, ...plainFallback(content.text) };
        return {
          ...tried,
          content: plain,
          reason: `sent as plain text: Slack refused the blocks (${answer.said})`,
        };
      }
      const refused =
        content?.kind === "issue" ? "GitLab refused the issue" : "Slack refused the message";
      return { ...tried, state: "failed", reason: `${refused}: ${answer.said}` };
    }
  }
}

/** What is kept of an attempt. Where something is missing that sending needs, nobody was asked. */
export function attemptAt(at: number, { outcome, status, said }: Answer): Attempt {
  const isSent = status !== null || (outcome !== "blocked" && outcome !== "refused");
  return { at, status, answer: said, ...(isSent ? {} : { sent: false }) };
}

/** The delivery with one more attempt on its record. */
export function withAttempt(outcome: Outcome, attempt: Attempt): Outcome {
  const all = [...outcome.attempts, attempt];
  const attempts =
    all.length <= MAX_ATTEMPTS
      ? all
      : [...all.slice(0, KEPT_FIRST), ...all.slice(KEPT_FIRST - MAX_ATTEMPTS)];
  return { ...outcome, attempts };
}
