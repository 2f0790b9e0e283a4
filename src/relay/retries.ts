import { deliveryId } from "./ids.ts";
import type { Outcome } from "./outcomes.ts";
import type { OutcomeState } from "./outcome-state.ts";

/** What has become of the deliveries that one bulk retry sent again: how many are in each state. */
export type Retried = {
  counts: Partial<Record<OutcomeState | "gone", number>>;
  /** Ids of a few that failed again. */
  failed: string[];
};

const KEPT_MS = 24 * 3_600_000;
const EXAMPLES = 5;

/** Remembers, for a day, which deliveries a page of a bulk retry sent again: one row. */
export function noteRetried(
  sql: SqlStorage,
  run: string,
  now: number,
  retried: Pick<Outcome, "key" | "n">[],
): void {
  if (retried.length === 0) return;
  sql.exec(
    `INSERT INTO retries VALUES (?1, (SELECT count(*) FROM retries WHERE run = ?1), ?2, ?3)`,
    run,
    now,
    JSON.stringify(retried.map(({ key, n }) => [key, n])),
  );
}

/** What has become of them so far, in one Relay. */
export function retriedIn(sql: SqlStorage, relay: string, run: string): Retried {
  const places = sql
    .exec<{ key: string; n: number; state: OutcomeState | "gone" }>(
      `SELECT p.value ->> 0 AS key, p.value ->> 1 AS n, ifnull(o.state, 'gone') AS state
       FROM retries r CROSS JOIN json_each(r.places) p
       LEFT JOIN outcomes o ON o.key = p.value ->> 0 AND o.n = p.value ->> 1
       WHERE r.run = ?`,
      run,
    )
    .toArray();
  const counts: Retried["counts"] = {};
  for (const { state } of places) counts[state] = (counts[state] ?? 0) + 1;
  const failed = places.filter(({ state }) => state === "failed").slice(0, EXAMPLES);
  return { counts, failed: failed.map(({ key, n }) => deliveryId(relay, key, n)) };
}

/** Forgets bulk retries of more than a day ago. */
export function forgetRetries(sql: SqlStorage, now: number): void {
  sql.exec("DELETE FROM retries WHERE at < ?", now - KEPT_MS);
}
