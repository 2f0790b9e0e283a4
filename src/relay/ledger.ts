/** What became of an event. */
export type EventState = "pending" | "delivered" | "filtered" | "failed" | "unreadable";

/** received = delivered + filtered + duplicate + pending + failed + unreadable, always. */
export type Sums = Record<EventState | "received" | "duplicate", number>;

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

/** Events with the outcomes that decide their state. */
export const EVENT_WITH_OUTCOMES =
  "events e LEFT JOIN outcomes o ON o.key = e.key AND o.role <> 'alert'";

/**
 * The sums of a Relay. Events are counted in two parts: those that are settled in the row of
 * `ledger`, which any change of one of them corrects; those behind it when somebody asks. So an
 * event that is delivered at once costs no row here, and the sums survive retention.
 */
export class Ledger {
  readonly #storage: DurableObjectStorage;
  readonly #sql: SqlStorage;
  #settled: number;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    this.#sql = storage.sql;
    this.#settled = this.#sql
      .exec<{ seq: number }>("SELECT settled_seq AS seq FROM ledger")
      .one().seq;
  }

  /** The `seq` up to which events are settled; those behind it are recent. */
  get settled(): number {
    return this.#settled;
  }

  read(): Sums {
    const sums = this.#sql
      .exec<Record<EventState | "duplicate", number>>("SELECT * FROM ledger")
      .one();
    const recent = this.#count(this.#settled, Number.MAX_SAFE_INTEGER);
    const delivered = sums.delivered + recent.delivered;
    const filtered = sums.filtered + recent.filtered;
    const pending = sums.pending + recent.pending;
    const failed = sums.failed + recent.failed;
    const unreadable = sums.unreadable + recent.unreadable;
    const { duplicate } = sums;
    const received = delivered + filtered + duplicate + pending + failed + unreadable;
    return { received, delivered, filtered, duplicate, pending, failed, unreadable };
  }

  /** Counts one more request that was received before. */
  countDuplicate(): void {
    this.#sql.exec("UPDATE ledger SET duplicate = duplicate + 1");
  }

  /**
   * Settles the events up to `upTo`: they are counted in the row from now on, and what is still
   * pending among them keeps its place in the index instead of memory.
   */
  settle(upTo: number): void {
    if (upTo <= this.#settled) return;
    this.#storage.transactionSync(() => this.#move(this.#settled, upTo));
    this.#settled = upTo;
  }

  /** Runs a change to an event's outcomes, in the caller's transaction, and corrects the sums. */
  changing(event: { seq: number }, change: () => void): void {
    if (event.seq > this.#settled) {
      change();
      return;
    }
    const before = this.stateOf(event.seq);
    change();
    const after = this.stateOf(event.seq);
    if (before === after || before === null || after === null) return;
    this.#sql.exec(`UPDATE ledger SET ${before} = ${before} - 1, ${after} = ${after} + 1`);
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

  #move(from: number, upTo: number): void {
    this.#sql.exec(
      `UPDATE outcomes SET parked = 1
       WHERE state = 'pending' AND parked = 0
         AND key IN (SELECT key FROM events WHERE seq > ? AND seq <= ?)`,
      from,
      upTo,
    );
    const counts = this.#count(from, upTo);
    this.#sql.exec(
      `UPDATE ledger SET settled_seq = ?, delivered = delivered + ?, filtered = filtered + ?,
         pending = pending + ?, failed = failed + ?, unreadable = unreadable + ?`,
      upTo,
      counts.delivered,
      counts.filtered,
      counts.pending,
      counts.failed,
      counts.unreadable,
    );
  }

  #count(after: number, upTo: number): Record<EventState, number> {
    const counts = { pending: 0, delivered: 0, filtered: 0, failed: 0, unreadable: 0 };
    const rows = this.#sql.exec<{ state: EventState; events: number }>(
      `SELECT state, count(*) AS events FROM (
         SELECT ${STATE} AS state FROM ${EVENT_WITH_OUTCOMES}
         WHERE e.seq > ? AND e.seq <= ? GROUP BY e.seq
       ) GROUP BY state`,
      after,
      upTo,
    );
    for (const { state, events } of rows) counts[state] = events;
    return counts;
  }
}
