import { warn } from "../log.ts";
import type { CompiledMapping } from "../mappings/compile-mapping.ts";
import { mappingKeys, matchRules, type Match } from "../mappings/match-rules.ts";
import type { Destination } from "../mappings/schema.ts";
import type { Event } from "../gitlab/event.ts";
import type { JsonObject } from "../gitlab/json.ts";
import { renderDelivery, type Wording } from "../messages/render-delivery.ts";
import type { Copy, Documents } from "./documents.ts";
import { findEvent, readEvent, type EventRow } from "./events.ts";
import type { Outcome } from "./outcomes.ts";

/** The documents that a Relay works by. */
export type Configuration = {
  mappings: Documents<CompiledMapping>;
  destinations: Documents<Destination>;
};

/** Where an event goes: its outcomes without their place in the queue; or that it has to wait. */
export type Route = { kind: "routed"; drafts: Draft[] } | { kind: "waits"; reason: string };

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
>;

const CONDITION = "condition: ";

export function destinationKey(name: string): string {
  return `destination/${name}`;
}

/**
 * Decides where an event goes. Everything is read before anything is decided, so the caller can
 * write the result in one transaction. It waits only when a mapping cannot be read and no good copy
 * of it is known.
 */
export async function route(
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
  const keys = mappingKeys(event.path);
  await configuration.mappings.refresh(keys, now);
  const copies = keys.map((key) => [key, configuration.mappings.get(key)] as const);
  const unknown = copies.find(([, copy]) => copy.state === "unknown");
  if (unknown !== undefined) {
    return { kind: "waits", reason: `${unknown[0]} cannot be used: ${unknown[1].problem ?? ""}` };
  }
  const found = copies.flatMap(([, copy]) => (copy.state === "found" ? [copy] : []));
  const versions = found.map((copy) => copy.version);
  const matches = matchRules(
    event,
    payload,
    found.map((copy) => copy.value),
  );
  if (matches.length === 0) {
    const reason = found.length === 0 ? "no mapping for its path" : "no rule matched";
    return {
      kind: "routed",
      drafts: [draft(event.subject, { state: "filtered", reason, versions })],
    };
  }
  await configuration.destinations.refresh(
    matches.map(({ destination }) => destinationKey(destination)),
    now,
  );
  const drafts = matches.map((match) => draftOf(match, event, payload, versions, configuration));
  return { kind: "routed", drafts };
}

function draftOf(
  match: Match,
  event: Event,
  payload: JsonObject,
  versions: number[],
  configuration: Configuration,
): Draft {
  const { rule, mapping, destination, problem } = match;
  const { confidential } = event;
  const common = { destination, mapping: mapping.key, rule: rule.name, versions, confidential };
  const copy = configuration.destinations.get(destinationKey(destination));
  if (copy.state !== "found") {
    const reason = problem === null ? null : `${CONDITION}${problem}`;
    return rule.shadow
      ? draft(event.subject, { ...common, state: "shadow", reason: "mode: shadow" })
      : draft(event.subject, { ...common, state: "pending", reason });
  }
  const content = contentFor(event, payload, rule, copy.value, problem);
  if (content === "confidential") {
    return draft(event.subject, { ...common, state: "filtered", reason: "confidential" });
  }
  const reason = reasonOf(content.problem, problem);
  if (reason !== null)
    warn("rule_failed", { id: event.id, mapping: mapping.key, rule: rule.name, reason });
  return draft(event.subject, {
    ...common,
    state: rule.shadow ? "shadow" : "pending",
    reason: rule.shadow ? "mode: shadow" : reason,
    content: content.outgoing,
  });
}

/** What a rule says for a destination, unless the event is too confidential for it. */
export function contentFor(
  event: Event,
  payload: JsonObject,
  rule: Wording,
  destination: Destination,
  conditionProblem: string | null,
): ReturnType<typeof renderDelivery> | "confidential" {
  if (event.confidential && destination.confidential !== true) return "confidential";
  return renderDelivery(event, payload, rule, destination, conditionProblem);
}

/** What a record says when a rule could not be followed to the letter; null: it could. */
export function reasonOf(problem: string | null, conditionProblem: string | null): string | null {
  if (conditionProblem !== null) return `${CONDITION}${conditionProblem}`;
  return problem === null ? null : `template: ${problem}`;
}

/**
 * Makes up for what routing could not do while the destination was unknown: renders the delivery
 * with the rule as it was then.
 */
export function contentLater(
  sql: SqlStorage,
  relay: string,
  mappings: Documents<CompiledMapping>,
  outcome: Outcome,
  destination: Destination,
): ReturnType<typeof contentFor> | null {
  const row = findEvent(sql, outcome.seq);
  const read = row === null ? null : readEvent(sql, relay, row);
  if (read === null) return null;
  const rule =
    outcome.versions
      .flatMap((version) => mappings.version(version) ?? [])
      .find(({ key }) => key === outcome.mapping)
      ?.value.rules.find(({ name }) => name === outcome.rule) ?? null;
  return contentFor(read.event, read.payload, rule, destination, conditionProblemIn(outcome));
}

/** The problem of a rule's condition, from the record of a delivery that still waits. */
export function conditionProblemIn({ reason }: Pick<Outcome, "reason">): string | null {
  return reason?.startsWith(CONDITION) === true ? reason.slice(CONDITION.length) : null;
}

/** Why a destination document cannot be used, for a pause. */
export function destinationProblem(
  name: string,
  copy: Copy<Destination>,
): { code: string; said: string; fix: string } {
  const key = destinationKey(name);
  return copy.state === "absent"
    ? {
        code: "destination_missing",
        said: `there is no document ${key} in KV`,
        fix: `Publish ${key}, or correct the name in the rule's "to".`,
      }
    : {
        code: "destination_unusable",
        said: `${key} cannot be used: ${copy.problem ?? "unknown"}`,
        fix: `Correct ${key} and publish it again.`,
      };
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
