import type { ActivityCounter } from "./activity.ts";
import { arrivedAt, deleteEvent, seqAt } from "./events.ts";
import type { Ledger } from "./ledger.ts";
import { forgetRefs } from "./ref-statuses.ts";
import { forgetReplays } from "./replays-once.ts";
import { forgetRetries } from "./retries.ts";

const DAY_MS = 24 * 3_600_000;
const ANSWERS_KEPT_MS = 365 * DAY_MS;
/** Events, and refs, that one pass deletes: an invocation stays short. */
const BATCH = 200;

/**
 * Deletes finished events older than `days`, the versions of documents that no event refers to any
 * more, and what is known of refs that are long quiet. Pending events are never deleted; the ledger
 * has counted what goes. Returns whether there is more to delete.
 */
export function deleteExpired(
  storage: DurableObjectStorage,
  ledger: Ledger,
  activity: ActivityCounter,
  days: number,
  now: number,
): boolean {
  const { sql } = storage;
  const cutoff = now - days * DAY_MS;
  // Only what the ledger has counted may go.
  ledger.settle(seqAt(cutoff));
  activity.countBeforeDeleting(seqAt(cutoff), now);
  activity.forget(now);
  return storage.transactionSync(() => {
    const expired = sql
      .exec<{ seq: number; key: string }>(
        `SELECT seq, key FROM events e WHERE seq < ?
           AND EXISTS (SELECT 1 FROM outcomes WHERE key = e.key)
           AND NOT EXISTS (SELECT 1 FROM outcomes WHERE key = e.key AND state = 'pending')
         ORDER BY seq LIMIT ?`,
        seqAt(cutoff),
        BATCH,
      )
      .toArray();
    for (const event of expired) deleteEvent(sql, event);
    // An event that is still stored may have been matched against what was superseded since.
    const { oldest } = sql
      .exec<{ oldest: number | null }>("SELECT min(seq) AS oldest FROM events")
      .one();
    const unused = Math.min(cutoff, oldest === null ? cutoff : arrivedAt(oldest));
    sql.exec("DELETE FROM documents WHERE superseded_at < ?", unused);
    forgetAnswers(sql, now);
    forgetRetries(sql, now);
    forgetReplays(sql, now);
    const moreRefs = forgetRefs(sql, now, BATCH);
    return moreRefs || expired.length === BATCH;
  });
}

/** What was answered a year ago may be answered again, and a place where it is quiet has no state. */
function forgetAnswers(sql: SqlStorage, now: number): void {
  sql.exec("DELETE FROM answers WHERE at < ?", now - ANSWERS_KEPT_MS);
  sql.exec("DELETE FROM issues WHERE made_at < ?", now - ANSWERS_KEPT_MS);
  for (const type of ["thread", "ephemeral", "dm"]) {
    sql.exec(
      `DELETE FROM lanes WHERE destination GLOB ? AND state ->> '$.pause' IS NULL
         AND state ->> '$.hold' IS NULL
         AND ifnull(state ->> '$.starts[#-1][0]', 0) < ?`,
      `${type}:*`,
      now - DAY_MS,
    );
  }
}

/** When the oldest event expires; null when there is none. */
export function nextExpiry(sql: SqlStorage, days: number): number | null {
  const { seq } = sql.exec<{ seq: number | null }>("SELECT min(seq) AS seq FROM events").one();
  return seq === null ? null : arrivedAt(seq) + days * DAY_MS;
}
