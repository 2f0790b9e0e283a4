import type { RefChange } from "../gitlab/event-types.ts";
import type { PipelineResult } from "../gitlab/kinds/pipeline.ts";

/** A pipeline's result, and when it was reached: a retried pipeline reaches another one later. */
export type RefResult = PipelineResult & {
  /** ISO 8601; null when GitLab did not say so readably. */
  finishedAt: string | null;
};

/** What is remembered of a ref: its latest result, and what that changed. */
export type RefStatus = RefResult & { change: RefChange | null };

const KEPT_MS = 90 * 24 * 3_600_000;

/**
 * Compares a result with what is known of its ref: a failure after a success is `broken`, a success
 * after a failure `fixed`. A result that comes late changes nothing, and one that comes again
 * changed what it changed the first time. `kept` is what to remember from now on; null: no news.
 *
 * As GitLab has it, except that a failure with nothing known is `broken` too: GitLab knows that there
 * was no pipeline before, a Relay only that it has seen none, and an alarm must not depend on that.
 *
 * @see https://gitlab.com/gitlab-org/gitlab/-/blob/master/app/models/ci/ref.rb
 */
export function nextRefStatus(
  known: RefStatus | null,
  result: RefResult,
): { kept: RefStatus | null; change: RefChange | null } {
  const order = known === null ? "later" : orderOf(known, result);
  switch (order) {
    case "earlier":
      return { kept: null, change: null };
    case "same":
      return { kept: null, change: known?.change ?? null };
    case "later": {
      const change = changeBetween(known?.status ?? null, result.status);
      return { kept: { ...result, change }, change };
    }
  }
}

/** Takes a result in, in the caller's transaction: one row, unless it is no news. */
export function compareResult(sql: SqlStorage, result: RefResult, now: number): RefChange | null {
  const { kept, change } = nextRefStatus(findRefStatus(sql, result.ref), result);
  if (kept === null) return change;
  sql.exec(
    `INSERT INTO ref_statuses (ref, pipeline, finished_at, status, change, seen_at)
     VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (ref) DO UPDATE SET pipeline = excluded.pipeline,
       finished_at = excluded.finished_at, status = excluded.status, change = excluded.change,
       seen_at = excluded.seen_at`,
    kept.ref,
    kept.pipeline,
    kept.finishedAt,
    kept.status,
    kept.change,
    now,
  );
  return change;
}

/** Forgets refs without news for 90 days, so many at once at most. Returns whether there may be more. */
export function forgetRefs(sql: SqlStorage, now: number, limit: number): boolean {
  const forgotten = sql
    .exec(
      `DELETE FROM ref_statuses
       WHERE ref IN (SELECT ref FROM ref_statuses WHERE seen_at < ? LIMIT ?) RETURNING ref`,
      now - KEPT_MS,
      limit,
    )
    .toArray();
  return forgotten.length === limit;
}

/** The type that a change gives its event, which keeps it for good. */
export function typeOfChange(change: RefChange): string {
  return `pipeline.${change}`;
}

/** The change that is among the types of a stored event. */
export function changeIn(types: string): RefChange | null {
  const said = types.split(" ");
  const changes: RefChange[] = ["broken", "fixed"];
  return changes.find((change) => said.includes(typeOfChange(change))) ?? null;
}

function findRefStatus(sql: SqlStorage, ref: string): RefStatus | null {
  return (
    sql
      .exec<RefStatus>(
        `SELECT ref, pipeline, finished_at AS finishedAt, status, change
         FROM ref_statuses WHERE ref = ?`,
        ref,
      )
      .toArray()[0] ?? null
  );
}

/**
 * When a result was reached, seen from the known one. The same pipeline reaches more than one when
 * it is retried or a manual job is run; without dates only another status tells that.
 */
function orderOf(known: RefStatus, { pipeline, finishedAt, status }: RefResult) {
  if (pipeline !== known.pipeline) return pipeline > known.pipeline ? "later" : "earlier";
  if (finishedAt !== null && known.finishedAt !== null && finishedAt !== known.finishedAt) {
    return finishedAt > known.finishedAt ? "later" : "earlier";
  }
  return status === known.status ? "same" : "later";
}

function changeBetween(
  before: PipelineResult["status"] | null,
  status: PipelineResult["status"],
): RefChange | null {
  if (status === "failed") return before === "failed" ? null : "broken";
  return before === "failed" ? "fixed" : null;
}
