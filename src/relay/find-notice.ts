import { findEvent, readEvent, seqAt } from "./events.ts";
import { findOutcome, type Outcome } from "./outcomes.ts";

/** Slack's clock and ours differ, and a workflow takes its time. */
const LATE_MS = 10 * 60_000;
const EARLY_MS = 5_000;
/** A delivery may have waited for its pace or for Slack. */
const WAITED_MS = 24 * 3_600_000;
const MAX_SCANNED = 2_000;

/**
 * The delivery that a message may be which Slack's workflow or webhook posted: the latest one about
 * one of `urls` that was delivered shortly before `at`, in milliseconds.
 */
export function findNotice(
  sql: SqlStorage,
  relay: string,
  urls: string[],
  at: number,
): Outcome | null {
  const candidates = sql
    .exec<{ key: string; n: number; seq: number }>(
      `SELECT o.key, o.n, o.seq FROM (
         SELECT seq, key FROM events WHERE seq >= ? AND seq < ? ORDER BY seq DESC LIMIT ${MAX_SCANNED}
       ) e JOIN outcomes o ON o.key = e.key
       WHERE o.state = 'delivered' AND o.posted IS NULL AND o.finished_at BETWEEN ? AND ?
       ORDER BY o.finished_at DESC`,
      seqAt(at - WAITED_MS),
      seqAt(at + EARLY_MS),
      at - LATE_MS,
      at + EARLY_MS,
    )
    .toArray();
  for (const { key, n, seq } of candidates) {
    const row = findEvent(sql, seq);
    const url = row === null ? null : (readEvent(sql, relay, row)?.event.url ?? null);
    if (url !== null && urls.includes(url)) return findOutcome(sql, key, n);
  }
  return null;
}
