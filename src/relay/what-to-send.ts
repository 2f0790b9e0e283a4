import type { Target } from "../mappings/address.ts";
import type { Outgoing } from "../slack/answer.ts";
import { alertOutgoing } from "./alert.ts";
import type { Configuration } from "./configuration.ts";
import { conditionProblemIn, mayBeTold, reasonOf } from "./decide-delivery.ts";
import { contentLater } from "./delivery-content.ts";
import { hasIssue, isMadeElsewhere } from "./answering/made-issues.ts";
import { findOutcome, type Outcome } from "./outcomes.ts";

/** What is sent, with what was written for it just now; or how the delivery ends without a send. */
export type WhatToSend =
  | { outgoing: Outgoing; written?: Pick<Outcome, "content" | "reason"> }
  | { end: Pick<Outcome, "state" | "reason"> };

/** Decides what a delivery whose turn has come sends to its target. */
export function whatToSend(
  sql: SqlStorage,
  relay: string,
  configuration: Configuration,
  outcome: Outcome,
  target: Target,
): WhatToSend {
  const { content } = outcome;
  if (content?.kind === "alert") return { outgoing: alertOutgoing(content.text, target) };
  if (content?.kind === "undo") {
    const posted = findOutcome(sql, content.of.key, content.of.n)?.posted ?? null;
    return posted === null
      ? filtered("there is no message to take back")
      : { outgoing: { kind: "deletion", ...posted } };
  }
  if (outcome.confidential && !mayBeTold(target)) return filtered("confidential");
  if (content?.kind === "issue") {
    const { marker } = content.draft;
    if (hasIssue(sql, marker)) return filtered("its issue was made before");
    if (isMadeElsewhere(sql, marker, outcome)) return filtered("another delivery makes its issue");
  }
  if (outcome.role === "test" && target.type === "workflow") {
    return filtered("it was a test, and its destination is no channel any more");
  }
  // Content that was made for another kind of destination, when its document said so, is made anew.
  const fits = (content?.kind === "workflow") === (target.type === "workflow");
  if (content !== null && fits) return { outgoing: content };
  const rendered = contentLater(sql, relay, configuration, outcome, target);
  if (rendered === "confidential") return filtered(rendered);
  if (rendered === null)
    return { end: { state: "failed", reason: "the event is no longer stored" } };
  const reason = reasonOf(rendered.problem, conditionProblemIn(outcome));
  return { outgoing: rendered.outgoing, written: { content: rendered.outgoing, reason } };
}

function filtered(reason: string): WhatToSend {
  return { end: { state: "filtered", reason } };
}
