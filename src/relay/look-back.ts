/** Events that one call looks at, so that a rare filter cannot hold up the Relay. */
const MAX_SCANNED = 5_000;

/** What is found among the events from `oldest` on and before `before` (both `seq`): the newest first, up to `limit`. */
type Find<T> = (before: number, oldest: number, limit: number) => T[];

/**
 * Looks for items of the newest events before `before`, and after the event `after`, a stretch of events
 * after the other, each longer than the last: a page that is soon full reads little. `next` is where to
 * go on, null at the end.
 */
export function lookBack<T extends { seq: number }>(
  sql: SqlStorage,
  before: number,
  limit: number,
  find: Find<T>,
  after = -1,
): { items: T[]; next: number | null } {
  const items: T[] = [];
  let from = before;
  let left = MAX_SCANNED;
  for (let stretch = limit; left > 0; stretch *= 10) {
    const events = Math.min(stretch, left);
    const oldest = oldestOf(sql, from, after, events);
    items.push(...find(from, oldest ?? after + 1, limit - items.length));
    const last = items.at(-1);
    if (last !== undefined && items.length >= limit) return { items, next: last.seq };
    if (oldest === null) return { items, next: null };
    from = oldest;
    left -= events;
  }
  return { items, next: from };
}

/** The oldest of so many events before `before` and after `after`; null: there are fewer. */
function oldestOf(sql: SqlStorage, before: number, after: number, events: number): number | null {
  const [row] = sql
    .exec<{ seq: number }>(
      "SELECT seq FROM events WHERE seq < ? AND seq > ? ORDER BY seq DESC LIMIT 1 OFFSET ?",
      before,
      after,
      events - 1,
    )
    .toArray();
  return row?.seq ?? null;
}
