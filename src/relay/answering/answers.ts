import { findOutcome } from "../outcomes.ts";

/** An answer that was given, or is about to be: what it was for, and the delivery that it is. */
export type Answered = { key: string; n: number; by: string; firstAt: number; at: number };

/** What a delivery answers, so that nobody else is answered the same; and what asked for it. */
export type Claim = {
  name: string;
  /** Who, and with which emoji: what can take the answer back. */
  by: string;
};

/** The answer of this name that was given or is under way; one that came to nothing is none. */
export function findAnswer(sql: SqlStorage, name: string): Answered | null {
  const answered = lastAnswer(sql, name);
  if (answered === null) return null;
  const outcome = findOutcome(sql, answered.key, answered.n);
  return outcome?.state === "failed" || outcome?.state === "filtered" ? null : answered;
}

/** The answer of this name, whatever came of it. */
export function lastAnswer(sql: SqlStorage, name: string): Answered | null {
  return (
    sql
      .exec<Answered>(
        "SELECT key, n, asked_by AS by, first_at AS firstAt, at FROM answers WHERE name = ?",
        name,
      )
      .toArray()[0] ?? null
  );
}

/** Notes which delivery answers; the time of the first try is kept. */
export function recordAnswer(
  sql: SqlStorage,
  { name, by }: Claim,
  { key, n }: { key: string; n: number },
  now: number,
): void {
  sql.exec(
    `INSERT INTO answers VALUES (?1, ?2, ?3, ?4, ?5, ?5) ON CONFLICT (name) DO UPDATE
     SET key = excluded.key, n = excluded.n, asked_by = excluded.asked_by, at = excluded.at`,
    name,
    key,
    n,
    by,
    now,
  );
}

/** An answer was taken back: it may be given again. */
export function forgetAnswer(sql: SqlStorage, name: string): void {
  sql.exec("DELETE FROM answers WHERE name = ?", name);
}
