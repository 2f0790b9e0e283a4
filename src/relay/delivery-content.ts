import type { Destination } from "../mappings/schema.ts";
import { renderDelivery, type Occasion, type Wording } from "../messages/render-delivery.ts";
import { peopleKnown, type Configuration } from "./configuration.ts";
import { findEvent, readEvent } from "./events.ts";
import type { Outcome } from "./outcomes.ts";

const CONDITION = "condition: ";

/** What a rule says for a destination, unless the event is too confidential for it. */
export function contentFor(
  occasion: Occasion,
  rule: Wording,
  destination: Destination,
  conditionProblem: string | null,
): ReturnType<typeof renderDelivery> | "confidential" {
  if (occasion.event.confidential && destination.confidential !== true) return "confidential";
  return renderDelivery(occasion, rule, destination, conditionProblem);
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
  configuration: Configuration,
  outcome: Outcome,
  destination: Destination,
): ReturnType<typeof contentFor> | null {
  const row = findEvent(sql, outcome.seq);
  const read = row === null ? null : readEvent(sql, relay, row);
  if (read === null) return null;
  const rule =
    outcome.versions
      .flatMap((version) => configuration.mappings.version(version) ?? [])
      .find(({ key }) => key === outcome.mapping)
      ?.value.rules.find(({ name }) => name === outcome.rule) ?? null;
  const people = rule?.mentions === true ? peopleKnown(configuration, read.event) : new Map();
  return contentFor({ ...read, people }, rule, destination, conditionProblemIn(outcome));
}

/** The problem of a rule's condition, from the record of a delivery that still waits. */
export function conditionProblemIn({ reason }: Pick<Outcome, "reason">): string | null {
  return reason?.startsWith(CONDITION) === true ? reason.slice(CONDITION.length) : null;
}
