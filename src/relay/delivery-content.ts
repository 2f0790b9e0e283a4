import type { Event } from "../gitlab/event.ts";
import type { JsonObject } from "../gitlab/json.ts";
import type { CompiledMapping } from "../mappings/compile-mapping.ts";
import type { Destination } from "../mappings/schema.ts";
import { renderDelivery, type Wording } from "../messages/render-delivery.ts";
import type { Documents } from "./documents.ts";
import { findEvent, readEvent } from "./events.ts";
import type { Outcome } from "./outcomes.ts";

const CONDITION = "condition: ";

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
