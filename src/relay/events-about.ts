import type { Configuration } from "./configuration.ts";
import { findEvent } from "./events.ts";
import type { Ledger } from "./ledger.ts";
import { showEvent, type ShownEvent, type ShownDelivery } from "./show-event.ts";

/** An event about something, and what became of it. */
export type EventAbout = Pick<
  ShownEvent,
  "id" | "types" | "state" | "reason" | "receivedAt" | "confidential" | "rules"
> & { deliveries: Pick<ShownDelivery, "destination" | "state" | "reason">[] };

/** Events that one call looks at: an answer in Slack has to come within seconds. */
const MAX_SCANNED = 5_000;

/** The latest events with this subject, such as `group/project issue 12`; newest first. */
export function eventsAbout(
  sql: SqlStorage,
  relay: string,
  ledger: Ledger,
  { mappings }: Configuration,
  subject: string,
  limit: number,
): EventAbout[] {
  const found = sql
    .exec<{ seq: number }>(
      `SELECT DISTINCT e.seq FROM (
         SELECT seq, key FROM events ORDER BY seq DESC LIMIT ${MAX_SCANNED}
       ) e JOIN outcomes o ON o.key = e.key
       WHERE o.subject = ? ORDER BY e.seq DESC LIMIT ?`,
      subject,
      limit,
    )
    .toArray();
  return found.flatMap(({ seq }) => {
    const row = findEvent(sql, seq);
    if (row === null) return [];
    const shown = showEvent(sql, relay, ledger, mappings, row);
    const { id, types, state, reason, receivedAt, confidential, rules } = shown;
    const deliveries = shown.deliveries.map(({ destination, state: of, reason: why }) => ({
      destination,
      state: of,
      reason: why,
    }));
    return [{ id, types, state, reason, receivedAt, confidential, rules, deliveries }];
  });
}
