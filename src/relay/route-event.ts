import { warn } from "../log.ts";
import { mappingKeys } from "../mappings/mapping-keys.ts";
import { matchRules, type Verdict } from "../mappings/match-rules.ts";
import type { Occasion } from "../messages/render-delivery.ts";
import type { SlackFacts } from "../slack/slack-facts.ts";
import type { Claim } from "./answering/answers.ts";
import {
  applyingMappings,
  peopleOfEvent,
  refreshPeople,
  refreshTargets,
  targetOf,
  type Configuration,
} from "./configuration.ts";
import { decideDelivery } from "./decide-delivery.ts";
import { readEvent, type EventRow } from "./events.ts";
import type { Outcome } from "./outcomes.ts";

/**
 * Where an event goes: its outcomes without their place in the queue, and what had to be asked to
 * decide it; or that it has to wait.
 */
export type Route =
  | { kind: "routed"; drafts: Draft[]; facts?: SlackFacts }
  | {
      kind: "waits";
      reason: string;
      /** What it is about, when others about the same wait behind it. */
      subject?: string;
      /** How soon it may be tried again; absent: after the usual time. */
      retryMs?: number;
    };

/** An outcome as routing decides it. */
export type Draft = Pick<
  Outcome,
  | "state"
  | "reason"
  | "destination"
  | "subject"
  | "mapping"
  | "rule"
  | "versions"
  | "confidential"
  | "content"
> & {
  /** What it answers, so that nobody else is answered the same. */
  claims?: Claim[];
  /** The delivery that waits in vain, in whose place this one is. */
  replaces?: Outcome;
  /** The names of the answers that it takes back. */
  takesBack?: string[];
};

/**
 * Decides where an event of GitLab's goes. Everything is read before anything is decided, so the caller can
 * write the result in one transaction. It waits only when a mapping cannot be read and no good copy
 * of it is known.
 */
export async function routeEvent(
  sql: SqlStorage,
  relay: string,
  configuration: Configuration,
  row: EventRow,
  now: number,
): Promise<Route> {
  const read = readEvent(sql, relay, row);
  if (read === null) {
    return {
      kind: "routed",
      drafts: [draft(row.key, { state: "unreadable", reason: "the body is not a JSON object" })],
    };
  }
  const { event, payload } = read;
  const keys = mappingKeys("gitlab", event.path);
  await configuration.mappings.refresh(keys, now);
  const applying = applyingMappings(configuration, keys);
  if (!applying.usable) return { kind: "waits", reason: applying.reason };
  const mappings = applying.mappings.map(({ value }) => value);
  const versions = applying.mappings.map(({ version }) => version);
  const matches = matchRules(event, payload, mappings).flatMap((verdict) =>
    verdict.destinations.map((destination) => ({ verdict, destination })),
  );
  if (matches.length === 0) {
    const reason = mappings.length === 0 ? "no mapping for its path" : "no rule matched";
    return {
      kind: "routed",
      drafts: [draft(event.subject, { state: "filtered", reason, versions })],
    };
  }
  await refreshTargets(
    configuration,
    matches.map(({ destination }) => destination),
    now,
  );
  const mentions = matches.some(({ verdict }) => verdict.rule.mentions);
  if (mentions) await refreshPeople(configuration, event, now);
  const people = mentions ? peopleOfEvent(configuration, event) : new Map();
  const occasion: Occasion = { event, payload, people };
  const drafts = matches.map(({ verdict, destination }) =>
    draftOf(verdict, destination, occasion, versions, configuration),
  );
  return { kind: "routed", drafts };
}

/** The delivery of a rule's message to a target, or why there is none. */
export function draftOf(
  { rule, mapping, problem: conditionProblem }: Pick<Verdict, "rule" | "mapping" | "problem">,
  destination: string,
  occasion: Occasion,
  versions: number[],
  configuration: Configuration,
): Draft {
  const { event } = occasion;
  const { state, reason, content, problem } = decideDelivery(
    occasion,
    { rule, problem: conditionProblem },
    targetOf(configuration, destination),
  );
  if (problem !== null && content !== null) {
    warn("rule_failed", { id: event.id, mapping: mapping.key, rule: rule.name, reason: problem });
  }
  return draft(event.subject, {
    state,
    reason,
    destination,
    mapping: mapping.key,
    rule: rule.name,
    versions,
    confidential: event.confidential,
    content,
  });
}

/** An outcome of an event: what is not `known` is empty. */
export function draft(subject: string, known: Partial<Draft> & Pick<Draft, "state">): Draft {
  return {
    reason: null,
    destination: "",
    mapping: null,
    rule: null,
    versions: [],
    confidential: false,
    content: null,
    subject,
    ...known,
  };
}
