import { EVENT_WITH_OUTCOMES, STATE, type EventState } from "./ledger.ts";
import { lookBack } from "./look-back.ts";

/** An event as lists show it. */
export type ListedEvent = {
  seq: number;
  key: string;
  types: string;
  path: string | null;
  title: string | null;
  eventState: EventState;
  reason: string | null;
};

/** What a list is narrowed to; each is optional, and they are joined by AND. */
export type EventFilter = {
  path: string | null;
  type: string | null;
  state: string | null;
  text: string | null;
  /** What it is about, as events name their subject; it is known once the event is routed. */
  subject: string | null;
};

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
  return lookBack(sql, before, limit, (newer, oldest, max) =>
    eventsBetween(sql, filter, newer, oldest, max),
  );
}

function eventsBetween(
  sql: SqlStorage,
  filter: EventFilter,
  before: number,
  oldest: number,
  limit: number,
): ListedEvent[] {
  return sql
    .exec<ListedEvent>(
      `SELECT e.seq, e.key, e.types, e.path, e.title, ${STATE} AS eventState, max(o.reason) AS reason
       FROM ${EVENT_WITH_OUTCOMES}
       WHERE e.seq < ?1 AND e.seq >= ?2
         AND (?3 IS NULL OR lower(e.path) = ?3 OR substr(lower(e.path), 1, length(?3) + 1) = ?3 || '/')
         AND (?4 IS NULL OR instr(' ' || e.types || ' ', ?4) > 0)
         AND (?5 IS NULL OR instr(lower(ifnull(e.title, '') || ' ' || e.types || ' ' || ifnull(e.path, '')), ?5) > 0)
       GROUP BY e.seq
       HAVING (?6 IS NULL OR eventState = ?6) AND (?7 IS NULL OR max(o.subject = ?7) = 1)
       ORDER BY e.seq DESC LIMIT ?8`,
      before,
      oldest,
      filter.path?.toLowerCase() ?? null,
      filter.type === null ? null : typePattern(filter.type),
      filter.text?.toLowerCase() ?? null,
      filter.state,
      filter.subject,
      limit,
    )
    .toArray();
}

/** `issue.open` as it stands between spaces; `issue.*` as it begins. */
function typePattern(type: string): string {
  return type.endsWith("*") ? ` ${type.slice(0, -1)}` : ` ${type} `;
}
