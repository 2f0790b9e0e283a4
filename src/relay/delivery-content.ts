import type { MadeIssue } from "../gitlab/issues-api.ts";
import { renderDelivery, type Occasion, type Wording } from "../messages/render-delivery.ts";
import { peopleKnown, type Configuration } from "./configuration.ts";
import type { Target } from "../mappings/address.ts";
import { markerOf } from "../messages/render-issue.ts";
import { findEvent, readEvent } from "./events.ts";
import { findIssue } from "./answering/made-issues.ts";
import type { Outcome } from "./outcomes.ts";

const CONDITION = "condition: ";

/** What a rule says for a destination, unless the event is too confidential for it. */
export function contentFor(
  occasion: Occasion,
  rule: Wording,
  target: Target,
  conditionProblem: string | null,
): ReturnType<typeof renderDelivery> | "confidential" {
  if (occasion.event.confidential && !mayBeTold(target)) return "confidential";
  return renderDelivery(occasion, rule, target, conditionProblem);
}

/** Whether a target may receive confidential events. */
export function mayBeTold(target: Target): boolean {
  return "confidential" in target && target.confidential === true;
}

/** What a record says when a rule could not be followed to the letter; null: it could. */
export function reasonOf(problem: string | null, conditionProblem: string | null): string | null {
  if (conditionProblem !== null) return `${CONDITION}${conditionProblem}`;
  return problem === null ? null : `template: ${problem}`;
}

/** The GitLab issue that was made of the message that an event of Slack's is about. */
function issueOf(sql: SqlStorage, { details }: Occasion["event"], key: string): MadeIssue | null {
  if (details.of !== "slack" || details.channel === null || details.message === null) return null;
  return findIssue(sql, markerOf(details.channel.id, details.message.ts), key);
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
  target: Target,
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
  const issue = issueOf(sql, read.event, outcome.key);
  const occasion = { ...read, people, ...(issue === null ? {} : { issue }) };
  return contentFor(occasion, rule, target, conditionProblemIn(outcome));
}

/** The problem of a rule's condition, from the record of a delivery that still waits. */
export function conditionProblemIn({ reason }: Pick<Outcome, "reason">): string | null {
  return reason?.startsWith(CONDITION) === true ? reason.slice(CONDITION.length) : null;
}
