import type { Json } from "../json.ts";
import { redactForDisplay } from "../redact-for-display.ts";
import { addressNamed } from "../mappings/address.ts";
import type { CompiledMapping } from "../mappings/compile-mapping.ts";
import { matchRules } from "../mappings/match-rules.ts";
import type { Posted } from "../slack/answer.ts";
import type { Documents } from "./documents.ts";
import { arrivedAt, readEvent, type EventRow } from "./events.ts";
import { deliveryId, eventId } from "./ids.ts";
import type { EventState, Ledger } from "./ledger.ts";
import {
  outcomesOf,
  type Attempt,
  type Content,
  type OutcomeState,
  type Role,
} from "./outcomes.ts";

/** One event as `/admin/api/events/:id` shows it. */
export type ShownEvent = {
  id: string;
  type: string;
  types: string[];
  state: EventState;
  reason: string | null;
  receivedAt: string;
  project: string | null;
  title: string | null;
  url: string | null;
  confidential: boolean;
  large: boolean;
  bytes: number;
  payload: Json;
  /** Every rule that was looked at; `why` is the first condition that was false. */
  rules: { mapping: string; rule: string; matched: boolean; why: string }[];
  deliveries: ShownDelivery[];
};

type ShownDelivery = {
  id: string;
  /** Its name, or what stands for the bot: `thread`, `ephemeral`, `dm`, `gitlab_issue`. */
  destination: string;
  /** Where the bot went; null: the destination's document says so. */
  address: string | null;
  role: Role;
  state: OutcomeState;
  reason: string | null;
  mapping: string | null;
  rule: string | null;
  /** The message in Slack, where it can be found again. */
  posted: Posted | null;
  content: Content | null;
  attempts: (Omit<Attempt, "at"> & { at: string })[];
};

/**
 * Puts one event together: its payload without secrets, what each rule of the mappings as they
 * were then made of it, and its deliveries with every attempt.
 */
export function showEvent(
  sql: SqlStorage,
  relay: string,
  ledger: Ledger,
  mappings: Documents<CompiledMapping>,
  row: EventRow,
): ShownEvent {
  const read = readEvent(sql, relay, row);
  const outcomes = outcomesOf(sql, row.key);
  const versions = [...new Set(outcomes.flatMap((outcome) => outcome.versions))];
  const used = versions.flatMap((version) => {
    const kept = mappings.version(version);
    return kept === null ? [] : [kept.value];
  });
  const types = row.types.split(" ");
  return {
    id: eventId(relay, row.key),
    type: types[0] ?? "unknown",
    types,
    state: ledger.stateOf(row.seq) ?? "pending",
    reason: outcomes.find((outcome) => outcome.reason !== null)?.reason ?? null,
    receivedAt: new Date(arrivedAt(row.seq)).toISOString(),
    project: row.path,
    title: row.title,
    url: read?.event.url ?? null,
    confidential: read?.event.confidential ?? false,
    large: row.outline !== null,
    bytes: row.size,
    payload: read === null ? null : redactForDisplay(read.payload),
    rules:
      read === null
        ? []
        : matchRules(read.event, read.payload, used).map(({ mapping, rule, matched, why }) => ({
            mapping: mapping.key,
            rule: rule.name,
            matched,
            why: why(),
          })),
    deliveries: outcomes
      .filter((outcome) => outcome.destination !== "")
      .map((outcome) => ({
        id: deliveryId(relay, outcome.key, outcome.n),
        ...addressOf(outcome.destination),
        role: outcome.role,
        state: outcome.state,
        reason: outcome.reason,
        mapping: outcome.mapping,
        rule: outcome.rule,
        posted: outcome.posted,
        content: outcome.content,
        attempts: outcome.attempts.map(({ at, ...attempt }) => ({
          at: new Date(at).toISOString(),
          ...attempt,
        })),
      })),
  };
}

/** A destination as people see it: its name, or what stands for the bot and where that is. */
export function addressOf(destination: string): { destination: string; address: string | null } {
  const address = addressNamed(destination);
  if (address === null) return { destination, address: null };
  const { type, ...where } = address;
  return { destination: type, address: Object.values(where).join(" ") };
}
