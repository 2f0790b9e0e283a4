import { lookBack } from "./look-back.ts";
import type { Attempt } from "./outcomes.ts";
import type { Role } from "./role.ts";
import type { OutcomeState } from "./outcome-state.ts";

/** A delivery as lists show it, with the event that it is about. */
export type ListedDelivery = {
  seq: number;
  key: string;
  n: number;
  types: string;
  path: string | null;
  title: string | null;
  destination: string;
  state: OutcomeState;
  reason: string | null;
  role: Role;
  mapping: string | null;
  rule: string | null;
  createdAt: number;
  finishedAt: number | null;
  attempts: number;
  last: Attempt | null;
};

/** What a list is narrowed to; each is optional, and they are joined by AND. */
export type DeliveryFilter = {
  path: string | null;
  state: string | null;
  /** A name; `thread` and its like are all addresses of that kind. */
  destination: string | null;
  role: string | null;
};

type Row = Omit<ListedDelivery, "last"> & { last: string | null };

/**
 * Deliveries of the newest events first, of events older than `before`. All those of an event are on
 * one page, which may be longer than `limit` therefore. One call looks at a bounded number of events;
 * `next` is where to go on, null at the end.
 */
export function listDeliveries(
  sql: SqlStorage,
  filter: DeliveryFilter,
  before: number,
  limit: number,
): { items: ListedDelivery[]; next: number | null } {
  const { items, next } = lookBack(sql, before, limit, (newer, oldest, max) =>
    deliveriesBetween(sql, filter, newer, oldest, max),
  );
  const last = items.at(-1);
  if (items.length < limit || last === undefined) return { items, next };
  // The page may end in the middle of an event.
  const whole = deliveriesBetween(sql, filter, last.seq + 1, last.seq, -1);
  return { items: [...items.filter(({ seq }) => seq > last.seq), ...whole], next };
}

/** Walks back over the events, and from each to its deliveries: never over all deliveries. */
export const DELIVERIES_BETWEEN = `
  SELECT e.seq, e.key, o.n, e.types, e.path, e.title, o.destination, o.state, o.reason, o.role,
    o.mapping, o.rule, o.created_at AS createdAt, o.finished_at AS finishedAt,
    json_array_length(o.attempts) AS attempts, o.attempts -> '$[#-1]' AS last
  FROM events e CROSS JOIN outcomes o ON o.key = e.key
  WHERE e.seq < ?1 AND e.seq >= ?2 AND o.destination <> ''
    AND (?3 IS NULL OR lower(e.path) = ?3 OR substr(lower(e.path), 1, length(?3) + 1) = ?3 || '/')
    AND (?4 IS NULL OR o.state = ?4)
    AND (?5 IS NULL OR o.destination = ?5 OR substr(o.destination, 1, length(?5) + 1) = ?5 || ':')
    AND (?6 IS NULL OR o.role = ?6)
  ORDER BY e.seq DESC, o.n LIMIT ?7`;

function deliveriesBetween(
  sql: SqlStorage,
  { path, state, destination, role }: DeliveryFilter,
  before: number,
  oldest: number,
  limit: number,
): ListedDelivery[] {
  return sql
    .exec<Row>(
      DELIVERIES_BETWEEN,
      before,
      oldest,
      path?.toLowerCase() ?? null,
      state,
      destination,
      role,
      limit,
    )
    .toArray()
    .map((row) => ({ ...row, last: row.last === null ? null : (JSON.parse(row.last) as Attempt) }));
}
