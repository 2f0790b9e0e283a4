import { addressNamed } from "../mappings/address.ts";
import { arrivedAt } from "./events.ts";
import { stateOf } from "./ledger.ts";
import type { Role } from "./role.ts";
import type { OutcomeState } from "./outcome-state.ts";
import { hourOf, type Ended, type Tally } from "./tally.ts";

/** An event with one of its outcomes; all of them are null when it has none yet. */
type Row = {
  seq: number;
  role: Role | null;
  state: OutcomeState | null;
  destination: string | null;
  mapping: string | null;
  rule: string | null;
  finishedAt: number | null;
};

/** One look at the events, for rows that are read are paid for. */
const EVENTS = `
  SELECT e.seq, o.role, o.state, o.destination, o.mapping, o.rule, o.finished_at AS finishedAt
  FROM events e LEFT JOIN outcomes o ON o.key = e.key
  WHERE e.seq > ?1 AND e.seq <= ?2 ORDER BY e.seq`;

/**
 * Adds what is stored of the events behind `after`, up to `upTo` (both `seq`), but of no more than `limit`
 * of them, or (`times` −1) takes it away. Returns the `seq` that it has come to. It is a function of what
 * is stored and of nothing else: counting before and after a change tells what changed.
 */
export function countActivity(
  sql: SqlStorage,
  {
    after,
    upTo,
    limit = Number.POSITIVE_INFINITY,
  }: { after: number; upTo: number; limit?: number },
  tally: Tally,
  times: 1 | -1,
): number {
  let counted = 0;
  let event: Row[] = [];
  for (const row of sql.exec<Row>(EVENTS, after, upTo)) {
    const last = event[0]?.seq ?? null;
    if (last !== null && last !== row.seq) {
      countEvent(last, event, tally, times);
      counted += 1;
      if (counted === limit) return last;
      event = [];
    }
    event.push(row);
  }
  const last = event[0]?.seq ?? null;
  if (last !== null) countEvent(last, event, tally, times);
  return upTo;
}

function countEvent(seq: number, rows: Row[], tally: Tally, times: 1 | -1): void {
  const own = rows
    .filter(({ role }) => role === "rule" || role === "replay")
    .flatMap(({ state }) => state ?? []);
  tally.addEvents(hourOf(arrivedAt(seq)), stateOf(own), times);
  for (const row of rows) {
    const ended = endOf(row);
    if (ended !== null) tally.addDelivery(ended, times);
  }
}

/** A delivery that has ended; null: it has not, or it is none. */
function endOf({ seq, role, state, destination, mapping, rule, finishedAt }: Row): Ended | null {
  if (state !== "delivered" && state !== "failed") return null;
  if (destination === null || destination === "" || finishedAt === null) return null;
  // A replay is as late as the person who asked for it.
  const isTimed = role === "rule" && state === "delivered";
  return {
    state,
    finishedAt,
    // Of threads and people there are many, and what is asked is what a rule names.
    destination: addressNamed(destination)?.type ?? destination,
    mapping: role === "test" ? "" : (mapping ?? ""),
    rule: role === "test" ? "" : (rule ?? ""),
    tookMs: isTimed ? Math.max(0, finishedAt - arrivedAt(seq)) : null,
  };
}
