import { destinationKey } from "../../mappings/destination-key.ts";
import type { Source } from "../../mappings/mapping-keys.ts";
import { suggestion } from "../../mappings/suggestion.ts";
import { COMMON_VARIABLES } from "../../messages/workflow-variables.ts";
import { KIND_FACTS, kindsOf } from "../event-kinds.ts";
import type { Finding } from "../finding.ts";
import type { Draft, DraftRule } from "../draft.ts";

const SLACK_VARIABLES = ["emoji", "channel", "channel_name", "message_url"];

/** Variables that are always sent empty: the workflow declares them, and nobody fills them. */
export function unfilledVariables({ destinations, mappings }: Draft): Finding[] {
  // What a rule that cannot be read would fill is not known.
  if (mappings.some(({ whole }) => !whole)) return [];
  const sendingTo = new Map<string, { source: Source; rule: DraftRule }[]>();
  for (const { source, rules } of mappings) {
    for (const rule of rules) {
      for (const name of rule.to) {
        const sending = sendingTo.get(name) ?? [];
        sending.push({ source, rule });
        sendingTo.set(name, sending);
      }
    }
  }
  return [...destinations].flatMap(([name, destination]): Finding[] => {
    const sending = sendingTo.get(name) ?? [];
    if (destination?.type !== "workflow" || sending.length === 0) return [];
    return (destination.variables ?? []).flatMap((variable, index): Finding[] => {
      const isFilled = sending.some(
        ({ rule, source }) =>
          Object.hasOwn(rule.rule.variables ?? {}, variable) ||
          defaultsFor(source, rule).includes(variable),
      );
      if (isFilled) return [];
      const known = [...new Set(sending.flatMap(({ source, rule }) => defaultsFor(source, rule)))];
      return [
        {
          key: destinationKey(name),
          path: `variables[${index}]`,
          severity: "warning",
          code: "unfilled-variable",
          message: `no rule fills "${variable}", and it has no default, so it is always sent empty.${suggestion(variable, known)}`,
        },
      ];
    });
  });
}

/** Variables that a rule fills and that no workflow which it reaches declares: they are not sent. */
export function undeclaredVariables({ destinations, mappings }: Draft): Finding[] {
  return mappings.flatMap(({ key, rules }) =>
    rules.flatMap(({ at, rule, to }): Finding[] => {
      const given = Object.keys(rule.variables ?? {});
      const reached = to.map((name) => destinations.get(name) ?? null);
      if (given.length === 0) return [];
      const workflows = reached.filter((each) => each?.type === "workflow");
      const isKnown = to.every(
        (name) => !destinations.has(name) || destinations.get(name) !== null,
      );
      if (workflows.length === 0) {
        // What a destination is that cannot be read, or that is missing, is not known.
        if (!isKnown || to.some((name) => isMissing(name, destinations))) return [];
        const message = "variables are for workflows, and the rule reaches none.";
        return [
          { key, path: `${at}.variables`, severity: "warning", code: "unused-words", message },
        ];
      }
      if (reached.includes(null) || workflows.some(({ variables }) => variables === undefined)) {
        return [];
      }
      const declared = [...new Set(workflows.flatMap(({ variables }) => variables ?? []))];
      return given
        .filter((name) => !declared.includes(name))
        .map((name) => ({
          key,
          path: `${at}.variables.${name}`,
          severity: "error",
          code: "undeclared-variable",
          message: `no workflow that the rule reaches declares "${name}", so it is not sent.${suggestion(name, declared)}`,
        }));
    }),
  );
}

/** Messages of rules that reach workflows only, which are given variables and nothing else. */
export function unusedMessages({ destinations, mappings }: Draft): Finding[] {
  return mappings.flatMap(({ key, rules }) =>
    rules.flatMap(({ at, rule, to }): Finding[] => {
      if (rule.message === undefined) return [];
      if (!to.every((name) => destinations.get(name)?.type === "workflow")) return [];
      const message =
        "a workflow is given variables, and the rule reaches workflows only: nobody sees it.";
      return [{ key, path: `${at}.message`, severity: "warning", code: "unused-words", message }];
    }),
  );
}

function isMissing(name: string, destinations: Draft["destinations"]): boolean {
  return !destinations.has(name) && !["thread", "ephemeral", "dm", "gitlab_issue"].includes(name);
}

/** The names that are filled in by themselves for the events of a rule. */
function defaultsFor(source: Source, { on }: DraftRule): string[] {
  const common = Object.keys(COMMON_VARIABLES);
  if (source === "slack") return [...common, ...SLACK_VARIABLES];
  const kinds = kindsOf(on) ?? Object.keys(KIND_FACTS);
  return [...common, ...kinds.flatMap((kind) => KIND_FACTS[kind]?.variables ?? [])];
}
