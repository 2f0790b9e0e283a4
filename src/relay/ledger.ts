/** What became of an event. */
export type EventState = "pending" | "delivered" | "filtered" | "failed" | "unreadable";

/** received = delivered + filtered + duplicate + pending + failed + unreadable, always. */
export type Ledger = Record<EventState | "received" | "duplicate", number>;

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
 * Events are counted in two parts: those up to `settled_seq` in the row of `ledger`, which any
 * change of one of them corrects; those behind it when somebody asks. So an event that is delivered
 * at once costs no row here, and the sums survive retention.
 */
export function settledSeq(sql: SqlStorage): number {
  return sql.exec<{ seq: number }>("SELECT settled_seq AS seq FROM ledger").one().seq;
}

/** The sums of this Relay. */
export function readLedger(sql: SqlStorage): Ledger {
  const settled = sql
    .exec<Omit<Ledger, "received"> & { settled_seq: number }>("SELECT * FROM ledger")
    .one();
  const ledger = addStates(settled, countStates(sql, settled.settled_seq, Number.MAX_SAFE_INTEGER));
  const { delivered, filtered, duplicate, pending, failed, unreadable } = ledger;
  const received = delivered + filtered + duplicate + pending + failed + unreadable;
  return { received, delivered, filtered, duplicate, pending, failed, unreadable };
}

/** Counts one more request that was received before. */
export function countDuplicate(sql: SqlStorage): void {
  sql.exec("UPDATE ledger SET duplicate = duplicate + 1");
}

/**
 * Moves `settled_seq` forward, in the caller's transaction: events up to it are counted in the row
 * from now on, and what is still pending among them keeps its place in the index instead of memory.
 */
export function settle(sql: SqlStorage, upTo: number): void {
  const from = settledSeq(sql);
  if (upTo <= from) return;
  sql.exec(
    `UPDATE outcomes SET parked = 1
     WHERE state = 'pending' AND parked = 0
       AND key IN (SELECT key FROM events WHERE seq > ? AND seq <= ?)`,
    from,
    upTo,
  );
  const counts = countStates(sql, from, upTo);
  sql.exec(
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

/** Runs a change to an event's outcomes, in the caller's transaction, and corrects the sums after it. */
export function changingEvent(
  sql: SqlStorage,
  event: { key: string; seq: number },
  change: () => void,
): void {
  if (event.seq > settledSeq(sql)) {
    change();
    return;
  }
  const before = stateOfEvent(sql, event.seq);
  change();
  const after = stateOfEvent(sql, event.seq);
  if (before === after || before === null || after === null) return;
  sql.exec(`UPDATE ledger SET ${before} = ${before} - 1, ${after} = ${after} + 1`);
}

/** The state of one event; null when it is not stored. */
export function stateOfEvent(sql: SqlStorage, seq: number): EventState | null {
  return (
    sql
      .exec<{ state: EventState }>(
        `SELECT ${STATE} AS state FROM ${EVENT_WITH_OUTCOMES} WHERE e.seq = ? GROUP BY e.seq`,
        seq,
      )
      .toArray()[0]?.state ?? null
  );
}

function countStates(sql: SqlStorage, after: number, upTo: number): Record<EventState, number> {
  const counts = { pending: 0, delivered: 0, filtered: 0, failed: 0, unreadable: 0 };
  const rows = sql.exec<{ state: EventState; events: number }>(
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

function addStates<Sums extends Record<EventState, number>>(
  sums: Sums,
  more: Record<EventState, number>,
): Sums {
  return {
    ...sums,
    pending: sums.pending + more.pending,
    delivered: sums.delivered + more.delivered,
    filtered: sums.filtered + more.filtered,
    failed: sums.failed + more.failed,
    unreadable: sums.unreadable + more.unreadable,
  };
}
