import type { Outcome } from "./outcomes.ts";

/** A failed delivery as the index `failed` finds it; an event that could not be routed has the destination "". */
export type FailedDelivery = Pick<
  Outcome,
  "key" | "n" | "seq" | "destination" | "reason" | "role"
> & {
  failedAt: number;
};

/** A place in the index: destination by destination, in each the oldest event first. */
export type FailedPlace = Pick<Outcome, "destination" | "seq" | "n">;

/** Before all places, of all destinations or of one. */
export function firstFailed(destination: string | null): FailedPlace {
  return { destination: destination ?? "", seq: -1, n: -1 };
}

/** Reads the index on; {@link FAILED_OF} stays within one destination. */
export const FAILED = `
  SELECT key, n, seq, destination, reason, role, ifnull(finished_at, created_at) AS failedAt
  FROM outcomes f INDEXED BY failed
  WHERE state = 'failed' AND role <> 'test' AND (destination, seq, n) > (?1, ?2, ?3)
    AND NOT EXISTS (
      SELECT 1 FROM outcomes r WHERE r.key = f.key AND r.n > f.n
        AND r.destination = f.destination AND r.role <> 'test' AND r.state IN ('pending', 'delivered'))
  ORDER BY destination, seq, n LIMIT ?4`;

/** @see FAILED */
export const FAILED_OF = FAILED.replace(
  "(destination, seq, n) > (?1, ?2, ?3)",
  "destination = ?1 AND (seq, n) > (?2, ?3)",
);

/**
 * Deliveries that failed for good, behind a place: of one destination, or of all. What a replay has
 * brought there since, or is about to, is put right.
 */
export function failedDeliveries(
  sql: SqlStorage,
  only: string | null,
  after: FailedPlace,
  limit: number,
): FailedDelivery[] {
  return sql
    .exec<FailedDelivery>(
      only === null ? FAILED : FAILED_OF,
      only ?? after.destination,
      after.seq,
      after.n,
      limit,
    )
    .toArray();
}
