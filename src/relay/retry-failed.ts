import { causeOfFailure } from "./cause-of-failure.ts";
import { failedDeliveries, firstFailed, type FailedPlace } from "./failed-deliveries.ts";
import { findOutcome, type Outcome } from "./outcomes.ts";

/** Which failed deliveries are meant; null: any. `since`: failed then or later (milliseconds). */
export type RetryFilter = { destination: string | null; cause: string | null; since: number };

/**
 * Sends failed deliveries again, the oldest of each destination first: those that it helps, or, when
 * a cause is named, all that have it. It looks at up to `limit`; `next` is where to go on, null at the end.
 */
export function retryFailed(
  sql: SqlStorage,
  { destination, cause, since }: RetryFilter,
  after: FailedPlace | null,
  limit: number,
  sendAgain: (outcome: Outcome) => void,
): { retried: Outcome[]; skipped: number; next: FailedPlace | null } {
  const page = failedDeliveries(sql, destination, after ?? firstFailed(destination), limit);
  const retried = page.flatMap(({ key, n, reason, role, failedAt }): Outcome[] => {
    const { code, mend } = causeOfFailure(reason, role);
    const isMeant = cause === null ? mend === "retry" : code === cause;
    const outcome = isMeant && failedAt >= since ? findOutcome(sql, key, n) : null;
    if (outcome === null || outcome.destination === "") return [];
    sendAgain(outcome);
    return [outcome];
  });
  const last = page.at(-1);
  return {
    retried,
    skipped: page.length - retried.length,
    next:
      page.length < limit || last === undefined
        ? null
        : { destination: last.destination, seq: last.seq, n: last.n },
  };
}
