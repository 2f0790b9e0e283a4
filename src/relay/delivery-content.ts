import type { MadeIssue } from "../gitlab/issues-api.ts";
import type { Occasion } from "../messages/render-delivery.ts";
import { peopleOfEvent, type Configuration } from "./configuration.ts";
import type { Target } from "../mappings/address.ts";
import { markerOf } from "../messages/render-issue.ts";
import { conditionProblemIn, contentFor } from "./decide-delivery.ts";
import { findEvent, readEvent } from "./events.ts";
import { findIssue } from "./answering/made-issues.ts";
import type { Outcome } from "./outcomes.ts";

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
  const people = rule?.mentions === true ? peopleOfEvent(configuration, read.event) : new Map();
  const issue = issueOf(sql, read.event, outcome.key);
  const occasion = { ...read, people, ...(issue === null ? {} : { issue }) };
  return contentFor(occasion, rule, target, conditionProblemIn(outcome));
}
