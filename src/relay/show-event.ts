import type { Json } from "../json.ts";
import { redactForDisplay } from "../redact-for-display.ts";
import { addressNamed } from "../mappings/address.ts";
import type { CompiledMapping } from "../mappings/compile-mapping.ts";
import { matchRules } from "../mappings/match-rules.ts";
import type { Posted } from "../slack/answer.ts";
import type { Documents } from "./documents.ts";
import { arrivedAt, readEvent, type EventRow } from "./events.ts";
import { deliveryId, eventId } from "./ids.ts";
import type { Ledger } from "./ledger.ts";
import type { EventState } from "./event-state.ts";
import { outcomesOf, type Attempt, type Content, type Outcome } from "./outcomes.ts";
import type { Role } from "./role.ts";
import type { OutcomeState } from "./outcome-state.ts";

/** One event as `/admin/api/events/:id` shows it. */
export type ShownEvent = {
  id: string;
  type: string;
  types: string[];
  state: EventState;
  reason: string | null;
  /** ISO 8601. */
  receivedAt: string;
  project: string | null;
  title: string | null;
  url: string | null;
  confidential: boolean;
  large: boolean;
  bytes: number;
  payload: Json;
  /** Every rule that was looked at when it came. */
  rules: RuleSaid[];
  /** Why those rules sent it nowhere; null: they sent it somewhere, or it is not decided yet. */
  nowhere: string | null;
  /** What other rules said when it was replayed, the first replay first. */
  replays: { at: string; by: string | null; rules: RuleSaid[] }[];
  deliveries: ShownDelivery[];
};

/** What a rule made of an event; `why` is the first condition that was false. */
export type RuleSaid = { mapping: string; rule: string; matched: boolean; why: string };

/** One of its deliveries. */
export type ShownDelivery = {
  id: string;
  /** Its name, or what stands for the bot: `thread`, `ephemeral`, `dm`, `gitlab_issue`. */
  destination: string;
  /** Where the bot went; null: the destination's document says so. */
  address: string | null;
  role: Role;
  /** When it was decided, or asked for. */
  at: string;
  /** Who asked for it, of a replay or a test; null: nobody did, or it is not known. */
  askedBy: string | null;
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
 * were then made of it, what those of its replays did, and its deliveries with every attempt.
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
  const said = (versions: number[]): RuleSaid[] => {
    const used = versions.flatMap((version) => mappings.version(version)?.value ?? []);
    if (read === null) return [];
    return matchRules(read.event, read.payload, used).map(({ mapping, rule, matched, why }) => ({
      mapping: mapping.key,
      rule: rule.name,
      matched,
      why: why(),
    }));
  };
  const first = outcomes.filter(({ role }) => role === "rule");
  const types = row.types.split(" ");
  return {
    id: eventId(relay, row.key),
    type: types[0] ?? "unknown",
    types,
    state: ledger.stateOf(row.seq) ?? "pending",
    reason: reasonOf(outcomes),
    receivedAt: new Date(arrivedAt(row.seq)).toISOString(),
    project: row.path,
    title: row.title,
    url: read?.event.url ?? null,
    confidential: read?.event.confidential ?? false,
    large: row.outline !== null,
    bytes: row.size,
    payload: read === null ? null : redactForDisplay(read.payload),
    rules: said(versionsOf(first)),
    nowhere: first.find(isNowhere)?.reason ?? null,
    replays: replaysByOtherRules(outcomes).map(({ createdAt, askedBy, versions }) => ({
      at: new Date(createdAt).toISOString(),
      by: askedBy,
      rules: said(versions),
    })),
    deliveries: outcomes
      .filter((outcome) => outcome.destination !== "")
      .map((outcome) => ({
        id: deliveryId(relay, outcome.key, outcome.n),
        ...addressOf(outcome.destination),
        role: outcome.role,
        at: new Date(outcome.createdAt).toISOString(),
        askedBy: outcome.askedBy,
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

/** What became of its deliveries says more than that rules once had none for it. */
function reasonOf(outcomes: Outcome[]): string | null {
  const deliveries = outcomes.filter(({ destination }) => destination !== "");
  const about = deliveries.length > 0 ? deliveries : outcomes;
  return about.find(({ reason }) => reason !== null)?.reason ?? null;
}

function isNowhere({ destination, state }: Outcome): boolean {
  return destination === "" && state === "filtered";
}

function versionsOf(outcomes: Outcome[]): number[] {
  return [...new Set(outcomes.flatMap(({ versions }) => versions))];
}

/** Of each set of rules that was asked after the first the outcome that says when it was asked first, and by whom. */
function replaysByOtherRules(outcomes: Outcome[]): Outcome[] {
  const asked = new Set<string>();
  return outcomes.filter(({ role, versions }) => {
    const rules = String(versions);
    if ((role !== "rule" && role !== "replay") || asked.has(rules)) return false;
    asked.add(rules);
    return role === "replay";
  });
}

/** A destination as people see it: its name, or what stands for the bot and where that is. */
export function addressOf(destination: string): { destination: string; address: string | null } {
  const address = addressNamed(destination);
  if (address === null) return { destination, address: null };
  const { type, ...where } = address;
  return { destination: type, address: Object.values(where).join(" ") };
}

/** A destination's name as deliveries carry it, which {@link addressOf} took apart: `thread:C0123456789`. */
export function fullName({ destination, address }: ReturnType<typeof addressOf>): string {
  return [destination, ...(address?.split(" ") ?? [])].join(":");
}
