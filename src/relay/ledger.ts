import type { ActivityCounter } from "./activity.ts";
import type { EventState } from "./event-state.ts";
import type { OutcomeState } from "./outcome-state.ts";

/** received = delivered + filtered + duplicate + pending + failed + unreadable, always. */
export type Sums = Record<EventState | "received" | "duplicate", number> & {
  /** Deliveries, replays and alerts included; `inDoubt` counts sends whose answer was lost. */
  deliveries: Record<"delivered" | "filtered" | "pending" | "failed" | "inDoubt", number>;
};

/** The counters of `ledger` that follow from the outcomes. */
const COUNTED = [
  "delivered",
  "filtered",
  "pending",
  "failed",
  "unreadable",
  "deliveries_delivered",
  "deliveries_filtered",
  "deliveries_pending",
  "deliveries_failed",
] as const;

type Counts = Record<(typeof COUNTED)[number], number>;

/**
 * The state of an event `e`, from its outcomes `o`: pending while any is pending or it was not
 * routed yet, failed if any failed, delivered if any was delivered, else filtered or unreadable.
 */
export const STATE = `
  CASE
    WHEN count(o.key) = 0 OR max(o.state = 'pending') THEN 'pending'
    WHEN max(o.state = 'failed') THEN 'failed'
    WHEN max(o.state = 'delivered') THEN 'delivered'
    WHEN max(o.state = 'unreadable') THEN 'unreadable'
    ELSE 'filtered'
  END`;

/** {@link STATE} where the outcomes have been read: their states, those of alerts left out. */
export function stateOf(outcomes: OutcomeState[]): EventState {
  if (outcomes.length === 0 || outcomes.includes("pending")) return "pending";
  if (outcomes.includes("failed")) return "failed";
  if (outcomes.includes("delivered")) return "delivered";
  return outcomes.includes("unreadable") ? "unreadable" : "filtered";
}

/** Events with the outcomes that decide their state. */
export const EVENT_WITH_OUTCOMES =
  "events e LEFT JOIN outcomes o ON o.key = e.key AND o.role NOT IN ('alert', 'test')";

/**
 * The sums of a Relay. Events are counted in two parts: those that are settled in the row of
 * `ledger`, which any change of one of them corrects; those behind it when somebody asks. So an
 * event that is delivered at once costs no row here, and the sums survive retention.
 */
export class Ledger {
  readonly #storage: DurableObjectStorage;
  readonly #sql: SqlStorage;
  readonly #activity: ActivityCounter;
  #settled: number;
  /** The event whose change is being counted. */
  #changing: number | null = null;

  constructor(storage: DurableObjectStorage, activity: ActivityCounter) {
    this.#storage = storage;
    this.#sql = storage.sql;
    this.#activity = activity;
    this.#settled = this.#sql
      .exec<{ seq: number }>("SELECT settled_seq AS seq FROM ledger")
      .one().seq;
  }

  /** The `seq` up to which events are settled; those behind it are recent. */
  get settled(): number {
    return this.#settled;
  }

  read(): Sums {
    const settled = this.#sql
      .exec<Counts & Record<"duplicate" | "deliveries_in_doubt", number>>("SELECT * FROM ledger")
      .one();
    const recent = this.#count(this.#settled, Number.MAX_SAFE_INTEGER);
    const sum = (counter: keyof Counts): number => settled[counter] + recent[counter];
    const events = {
      delivered: sum("delivered"),
      filtered: sum("filtered"),
      duplicate: settled.duplicate,
      pending: sum("pending"),
      failed: sum("failed"),
      unreadable: sum("unreadable"),
    };
    return {
      received: Object.values(events).reduce((total, count) => total + count, 0),
      ...events,
      deliveries: {
        delivered: sum("deliveries_delivered"),
        filtered: sum("deliveries_filtered"),
        pending: sum("deliveries_pending"),
        failed: sum("deliveries_failed"),
        inDoubt: settled.deliveries_in_doubt,
      },
    };
  }

  /** Counts one more send whose answer was lost: Slack may have the message twice. */
  countDoubt(): void {
    this.#sql.exec("UPDATE ledger SET deliveries_in_doubt = deliveries_in_doubt + 1");
  }

  /** Counts one more request that was received before. */
  countDuplicate(): void {
    this.#sql.exec("UPDATE ledger SET duplicate = duplicate + 1");
  }

  /**
   * Settles the events up to `upTo`: they are counted in the row from now on, and what is still
   * pending among them keeps its place in the index instead of memory. Without any nothing is written.
   */
  settle(upTo: number): void {
    if (upTo <= this.#settled || !this.#hasEvents(this.#settled, upTo)) return;
    this.#storage.transactionSync(() => this.#move(this.#settled, upTo));
    this.#settled = upTo;
  }

  /**
   * Runs a change to an event's outcomes, in the caller's transaction, and corrects the sums and the
   * figures of the last days, which count settled events only. A change within a change of the same event is part of it.
   */
  changing(event: { seq: number }, change: () => void): void {
    if (event.seq > this.#settled || event.seq === this.#changing) {
      change();
      return;
    }
    const outer = this.#changing;
    this.#changing = event.seq;
    const before = this.#count(event.seq - 1, event.seq);
    try {
      this.#activity.changing(event, change);
    } finally {
      this.#changing = outer;
    }
    const after = this.#count(event.seq - 1, event.seq);
    this.#add(COUNTED.map((counter) => [counter, after[counter] - before[counter]]));
  }

  /** The state of one event; null when it is not stored. */
  stateOf(seq: number): EventState | null {
    return (
      this.#sql
        .exec<{ state: EventState }>(
          `SELECT ${STATE} AS state FROM ${EVENT_WITH_OUTCOMES} WHERE e.seq = ? GROUP BY e.seq`,
          seq,
        )
        .toArray()[0]?.state ?? null
    );
  }

  #hasEvents(after: number, upTo: number): boolean {
    const first = "SELECT 1 FROM events WHERE seq > ? AND seq <= ? LIMIT 1";
    return this.#sql.exec(first, after, upTo).toArray().length > 0;
  }

  #move(from: number, upTo: number): void {
    this.#sql.exec(
      `UPDATE outcomes SET parked = 1
       WHERE state = 'pending' AND parked = 0
         AND key IN (SELECT key FROM events WHERE seq > ? AND seq <= ?)`,
      from,
      upTo,
    );
    const counts = this.#count(from, upTo);
    this.#add([["settled_seq", upTo - from], ...Object.entries(counts)]);
  }

  #add(changes: [column: string, by: number][]): void {
    const sets = changes
      .filter(([, by]) => by !== 0)
      .map(([column, by]) => `${column} = ${column} + (${by})`);
    if (sets.length > 0) this.#sql.exec(`UPDATE ledger SET ${sets.join(", ")}`);
  }

  #count(after: number, upTo: number): Counts {
    const counts = Object.fromEntries(COUNTED.map((counter) => [counter, 0])) as Counts;
    const rows = this.#sql.exec<{ counter: keyof Counts; times: number }>(
      `SELECT counter, count(*) AS times FROM (
         SELECT ${STATE} AS counter FROM ${EVENT_WITH_OUTCOMES}
         WHERE e.seq > ?1 AND e.seq <= ?2 GROUP BY e.seq
       ) GROUP BY counter
       UNION ALL
       SELECT 'deliveries_' || iif(o.state = 'shadow', 'filtered', o.state) AS counter, count(*)
       FROM events e JOIN outcomes o ON o.key = e.key
       WHERE e.seq > ?1 AND e.seq <= ?2 AND o.destination <> '' GROUP BY counter`,
      after,
      upTo,
    );
    for (const { counter, times } of rows) counts[counter] = times;
    return counts;
  }
}
