import type { FailedPlace } from "./failed-deliveries.ts";
import type { RetryFilter } from "./retry-failed.ts";

/** Where a bulk retry goes on: in which Relay, behind which place. */
export type RetryPlace = { relay: string; after: FailedPlace | null };

/** A bulk retry that somebody began, and how far it has come. */
export type RetryRun = {
  by: string;
  /** When it began (milliseconds). */
  at: number;
  filter: RetryFilter;
  /** How many there were to send when it began. */
  total: number;
  /** Null: it is through. */
  next: RetryPlace | null;
};

const KEPT_MS = 24 * 3_600_000;

/** Reads a bulk retry; null: there is none of this name, or it was begun more than a day ago. */
export function findRun(sql: SqlStorage, run: string): RetryRun | null {
  const [row] = sql
    .exec<{ state: string }>("SELECT state FROM retry_runs WHERE run = ?", run)
    .toArray();
  return row === undefined ? null : (JSON.parse(row.state) as RetryRun);
}

/** Writes how far it has come, and forgets those of more than a day ago. */
export function keepRun(sql: SqlStorage, run: string, state: RetryRun, now: number): void {
  sql.exec("DELETE FROM retry_runs WHERE at < ?", now - KEPT_MS);
  sql.exec(
    `INSERT INTO retry_runs VALUES (?1, ?2, ?3)
     ON CONFLICT (run) DO UPDATE SET state = excluded.state`,
    run,
    state.at,
    JSON.stringify(state),
  );
}
