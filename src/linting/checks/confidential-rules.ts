import { KIND_FACTS, kindsOf } from "../event-kinds.ts";
import type { Finding } from "../finding.ts";
import { inList } from "../in-list.ts";
import type { Draft, DraftRule } from "../draft.ts";

/** Kinds of GitLab's that can be confidential: what has a flag for it, and comments and emoji on it. */
const CAN_BE = ["issue", "work_item", "incident", "epic", "note", "emoji"];

/** Rules for confidential events that name a destination which never gets one. */
export function confidentialRules({ mappings, destinations }: Draft): Finding[] {
  return mappings.flatMap(({ key, source, rules }) =>
    rules.flatMap((rule): Finding[] => {
      const { at, to } = rule;
      if (source === "slack" || !isConfidential(rule)) return [];
      const kinds = kindsOf(rule.on);
      if (
        kinds !== null &&
        !kinds.some((kind) => CAN_BE.includes(kind) || !Object.hasOwn(KIND_FACTS, kind))
      ) {
        const message = `it can never hold: events of ${rule.on.join(", ")} are never confidential.`;
        return [
          {
            key,
            path: `${at}.when.confidential`,
            severity: "error",
            code: "never-matches",
            message,
          },
        ];
      }
      return to.flatMap((name): Finding[] => {
        const destination = destinations.get(name) ?? null;
        if (destination === null || destination.confidential === true) return [];
        return [
          {
            key,
            path: inList(`${at}.to`, rule.rule.to, name),
            severity: "error",
            code: "confidential-to-open",
            message: `nothing of this rule ever reaches ${name}: its events are confidential, and destination/${name} does not say confidential: true. Say so there if all who read it may know, or name another.`,
          },
        ];
      });
    }),
  );
}

/** Whether every event of a rule is confidential, for certain. */
function isConfidential({ rule, on }: DraftRule): boolean {
  return (
    rule.when?.confidential === true || on.every((type) => type.endsWith(".made_confidential"))
  );
}
