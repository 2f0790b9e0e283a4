import { targetOf, type Configuration } from "./configuration.ts";
import { seqAt } from "./events.ts";
import { findOutcome, type Outcome } from "./outcomes.ts";

/** Slack's clock and ours differ, and a workflow takes its time. */
const LATE_MS = 10 * 60_000;
const EARLY_MS = 5_000;
/** A delivery may have waited for its pace or for Slack. */
const WAITED_MS = 24 * 3_600_000;
const MAX_SCANNED = 5_000;

/**
 * The delivery that a message in `channel` may be which a workflow or webhook of Slack's posted: the
 * latest one about one of `subjects` that was delivered shortly before `at`, in milliseconds, to a
 * destination whose document names the channel.
 */
export function findNotice(
  sql: SqlStorage,
  configuration: Configuration,
  subjects: string[],
  channel: string,
  at: number,
): Outcome | null {
  const candidates = sql
    .exec<{ key: string; n: number; destination: string }>(
      `SELECT o.key, o.n, o.destination FROM (
         SELECT key FROM events WHERE seq >= ? AND seq < ? ORDER BY seq DESC LIMIT ${MAX_SCANNED}
       ) e JOIN outcomes o ON o.key = e.key
       WHERE o.state = 'delivered' AND o.posted IS NULL AND o.finished_at BETWEEN ? AND ?
         AND o.subject IN (SELECT value FROM json_each(?))
       ORDER BY o.finished_at DESC`,
      seqAt(at - WAITED_MS),
      seqAt(at + EARLY_MS),
      at - LATE_MS,
      at + EARLY_MS,
      JSON.stringify(subjects),
    )
    .toArray();
  const found = candidates.find(({ destination }) => {
    const target = targetOf(configuration, destination);
    return (
      target.state === "found" && "channel" in target.value && target.value.channel === channel
    );
  });
  return found === undefined ? null : findOutcome(sql, found.key, found.n);
}
