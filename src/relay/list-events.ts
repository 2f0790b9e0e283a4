import type { Posted } from "../slack/answer.ts";
import { EVENT_WITH_OUTCOMES, STATE } from "./ledger.ts";
import type { EventState } from "./event-state.ts";
import { lookBack } from "./look-back.ts";
import type { OutcomeState } from "./outcome-state.ts";

/** An event as lists show it. */
export type ListedEvent = {
  seq: number;
  key: string;
  types: string;
  path: string | null;
  title: string | null;
  eventState: EventState;
  reason: string | null;
  /** Where it went, or was to go; replays included, alerts and tests not. */
  deliveries: { destination: string; state: OutcomeState }[];
};

/** What a list is narrowed to; each is optional, and they are joined by AND. */
export type EventFilter = {
  path: string | null;
  type: string | null;
  state: string | null;
  text: string | null;
  /** What it is about, as events name their subject; it is known once the event is routed. */
  subject: string | null;
  /** A destination that it went to or was to go to; `thread` and its like are all addresses of that kind. */
  destination: string | null;
  /** The message in Slack that was made of it. */
  posted: Posted | null;
  /** Only events that came after the one of this `seq`; -1: all. */
  after: number;
};

/** Narrows nothing: all events. */
export const ANY_EVENT: EventFilter = {
  path: null,
  type: null,
  state: null,
  text: null,
  subject: null,
  destination: null,
  posted: null,
  after: -1,
};

type Row = Omit<ListedEvent, "deliveries"> & { deliveries: string };

/**
 * Events newest first, older than `before`. One call looks at a bounded number of events, so that a
 * rare filter on a long history answers in pages; `next` is where to go on, null at the end.
 */
export function listEvents(
  sql: SqlStorage,
  filter: EventFilter,
  before: number,
  limit: number,
): { items: ListedEvent[]; next: number | null } {
  const find = (newer: number, oldest: number, max: number) =>
    eventsBetween(sql, filter, newer, oldest, max);
  return lookBack(sql, before, limit, find, filter.after);
}

/** The events of these `seq`, as lists show them; those that are gone are left out. */
export function listEventsAt(sql: SqlStorage, seqs: number[]): ListedEvent[] {
  return seqs.flatMap((seq) => eventsBetween(sql, ANY_EVENT, seq + 1, seq, 1));
}

/** Of its deliveries, where it has any: that rules once had none for it is over then. */
const REASON = `CASE WHEN max(o.destination <> '') THEN max(iif(o.destination = '', NULL, o.reason)) ELSE max(o.reason) END`;

function eventsBetween(
  sql: SqlStorage,
  filter: EventFilter,
  before: number,
  oldest: number,
  limit: number,
): ListedEvent[] {
  return sql
    .exec<Row>(
      `SELECT e.seq, e.key, e.types, e.path, e.title, ${STATE} AS eventState, ${REASON} AS reason,
         json_group_array(json_object('destination', o.destination, 'state', o.state))
           FILTER (WHERE o.destination <> '') AS deliveries
       FROM ${EVENT_WITH_OUTCOMES}
       WHERE e.seq < ?1 AND e.seq >= ?2
         AND (?3 IS NULL OR lower(e.path) = ?3 OR substr(lower(e.path), 1, length(?3) + 1) = ?3 || '/')
         AND (?4 IS NULL OR instr(' ' || e.types || ' ', ?4) > 0)
         AND (?5 IS NULL OR instr(lower(ifnull(e.title, '') || ' ' || e.types || ' ' || ifnull(e.path, '')), ?5) > 0)
       GROUP BY e.seq
       HAVING (?6 IS NULL OR eventState = ?6) AND (?7 IS NULL OR max(o.subject = ?7) = 1)
         AND (?8 IS NULL OR max(o.destination = ?8 OR substr(o.destination, 1, length(?8) + 1) = ?8 || ':') = 1)
         AND (?9 IS NULL OR max(o.posted ->> '$.channel' = ?9 AND o.posted ->> '$.ts' = ?10) = 1)
       ORDER BY e.seq DESC LIMIT ?11`,
      before,
      oldest,
      filter.path?.toLowerCase() ?? null,
      filter.type === null ? null : typePattern(filter.type),
      filter.text?.toLowerCase() ?? null,
      filter.state,
      filter.subject,
      filter.destination,
      filter.posted?.channel ?? null,
      filter.posted?.ts ?? null,
      limit,
    )
    .toArray()
    .map((row) => ({
      ...row,
      deliveries: JSON.parse(row.deliveries) as ListedEvent["deliveries"],
    }));
}

/** `issue.open` as it stands between spaces; `issue.*` as it begins. */
function typePattern(type: string): string {
  return type.endsWith("*") ? ` ${type.slice(0, -1)}` : ` ${type} `;
}
