import { isStillAhead } from "../still-ahead.ts";
import { LONGEST_RETRY_MS, retryWaitMs } from "./retry-wait.ts";

type Row = { lookedAt: number | null; failures: number; dueAt: number; problem: string | null };

/** How publishing is going: when KV was looked at, and what keeps it from being written. */
export class PublishingState {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec("INSERT OR IGNORE INTO publishing VALUES (1, NULL, 0, 0, NULL)");
  }

  /** When all of KV was looked at last (milliseconds); null: never. */
  get lookedAt(): number | null {
    return this.#row.lookedAt;
  }

  /** All of KV was looked at: one row. */
  looked(now: number): void {
    this.#sql.exec("UPDATE publishing SET looked_at = ?", now);
  }

  /** Why KV is not written at this moment; null: nothing is in the way. */
  get problem(): string | null {
    return this.#row.problem;
  }

  /** When KV may be written again, in milliseconds; `now` if nothing is in the way. */
  writableAt(now: number): number {
    const { dueAt } = this.#row;
    return isStillAhead(dueAt, now, LONGEST_RETRY_MS) ? dueAt : now;
  }

  /** KV refused. `progress`: it took something else just before, so it is not down. */
  failed(problem: string, progress: boolean, now: number): void {
    const failures = progress ? 1 : this.#row.failures + 1;
    const dueAt = now + retryWaitMs(failures, Math.random());
    this.#sql.exec(
      "UPDATE publishing SET failures = ?, due_at = ?, problem = ?",
      failures,
      dueAt,
      problem,
    );
  }

  succeeded(): void {
    if (this.#row.problem === null) return;
    this.#sql.exec("UPDATE publishing SET failures = 0, due_at = 0, problem = NULL");
  }

  get #row(): Row {
    return this.#sql
      .exec<Row>("SELECT looked_at AS lookedAt, failures, due_at AS dueAt, problem FROM publishing")
      .one();
  }
}
