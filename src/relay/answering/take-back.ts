import type { Event } from "../../event.ts";
import type { CompiledMapping, CompiledRule } from "../../mappings/compile-mapping.ts";
import type { SlackDetails } from "../../slack/slack-details.ts";
import { claimsOf } from "./answer-claims.ts";
import { answerTarget } from "./answer-target.ts";
import { findAnswer } from "./answers.ts";
import { draft, type Draft } from "../route-event.ts";

/** An answer can be taken back for so long. */
const FRESH_MS = 10 * 60_000;

/** Whether a reaction taken back takes a rule's answer to it along. */
export function isUndoneBy(rule: CompiledRule, { kind, action }: Event): boolean {
  const undoes = kind === "reaction_removed" && rule.slack?.undo === true;
  return undoes && rule.on([`reaction.${action}`]);
}

/**
 * The answers that a reaction taken back at `at` (milliseconds) takes along: those that it brought
 * itself, by rules with `undo`, while they are fresh.
 */
export function takeBack(
  sql: SqlStorage,
  event: Event,
  details: SlackDetails,
  mappings: CompiledMapping[],
  versions: number[],
  at: number,
): Draft[] {
  const undoing = mappings.flatMap((mapping) =>
    mapping.rules
      .filter((rule) => rule.enabled && isUndoneBy(rule, event))
      .flatMap((rule) => rule.to.map((destination) => ({ mapping, rule, destination }))),
  );
  return undoing.flatMap(({ mapping, rule, destination }): Draft[] => {
    // GitLab may be making it at this moment.
    if (destination === "gitlab_issue") return [];
    const { once, cooldown } = claimsOf({ mapping, rule }, destination, event, details, "reaction");
    const given = findAnswer(sql, once.name);
    const target = answerTarget(destination, rule, event, details);
    if (given === null || target === null || given.by !== once.by) return [];
    const common = { destination: target, mapping: mapping.key, rule: rule.name, versions };
    if (at - given.at > FRESH_MS) {
      const reason = `too late to take it back: answered ${new Date(given.at).toISOString()}`;
      return [draft(event.subject, { ...common, state: "filtered", reason })];
    }
    const content = { kind: "undo" as const, of: { key: given.key, n: given.n } };
    const undo = draft(event.subject, { ...common, state: "pending", content });
    return [{ ...undo, takesBack: [once.name, cooldown.name] }];
  });
}
