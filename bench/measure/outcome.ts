import type { SentLoad } from "./rig.ts";

/** What became of a load's events, on both sides. */
export type LoadOutcome = {
  events: number;
  /** How often each HTTP status was the answer. */
  statuses: Record<number, number>;
  /** Events that were answered with 202. */
  accepted: number;
  /** Accepted events whose message never arrived. */
  missing: number;
};

/** Adds a load up; `arrivals` is null where no messages are expected. */
export function outcomeOf(sent: SentLoad, arrivals: Float64Array | null): LoadOutcome {
  const statuses: Record<number, number> = {};
  let missing = 0;
  for (const [index, status] of sent.status.entries()) {
    statuses[status] = (statuses[status] ?? 0) + 1;
    if (status === 202 && arrivals?.[index] === 0) missing += 1;
  }
  return { events: sent.count, statuses, accepted: statuses[202] ?? 0, missing };
}
