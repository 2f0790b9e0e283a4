import type { Target } from "../mappings/address.ts";
import type { Verdict } from "../mappings/match-rules.ts";
import {
  renderDelivery,
  type Occasion,
  type Rendered,
  type Wording,
} from "../messages/render-delivery.ts";
import type { OutgoingContent } from "../slack/answer.ts";
import type { Copy } from "./documents.ts";
import type { Outcome } from "./outcomes.ts";

/** What becomes of a rule's message at one destination, before anything is queued. */
export type Decision = {
  /** `pending`: it is to be sent. */
  state: "pending" | "shadow" | "filtered";
  reason: string | null;
  /** Null: filtered, or the destination's document cannot be used and so says nothing. */
  content: OutgoingContent | null;
  /** What could not be followed to the letter, also in shadow; null: all could. */
  problem: string | null;
};

const CONDITION = "condition: ";

/** Decides what a rule that matched sends to a destination, as its document is at this moment. */
export function decideDelivery(
  occasion: Occasion,
  { rule, problem: conditionProblem }: Pick<Verdict, "rule" | "problem">,
  target: Copy<Target>,
): Decision {
  const state = rule.shadow ? "shadow" : "pending";
  const decided = (problem: string | null, content: OutgoingContent | null): Decision => ({
    state,
    reason: rule.shadow ? "mode: shadow" : problem,
    content,
    problem,
  });
  if (target.state !== "found") return decided(reasonOf(null, conditionProblem), null);
  const content = contentFor(occasion, rule, target.value, conditionProblem);
  if (content === "confidential") {
    return { state: "filtered", reason: "confidential", content: null, problem: null };
  }
  return decided(reasonOf(content.problem, conditionProblem), content.outgoing);
}

/** What a rule says for a destination, unless the event is too confidential for it. */
export function contentFor(
  occasion: Occasion,
  rule: Wording,
  target: Target,
  conditionProblem: string | null,
): Rendered | "confidential" {
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

/** The problem of a rule's condition, from the record of a delivery that still waits. */
export function conditionProblemIn({ reason }: Pick<Outcome, "reason">): string | null {
  return reason?.startsWith(CONDITION) === true ? reason.slice(CONDITION.length) : null;
}
