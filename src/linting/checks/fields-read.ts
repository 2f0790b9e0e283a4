import { suggestion } from "../../mappings/suggestion.ts";
import { fieldFault, type FieldRead } from "../field-fault.ts";
import type { Finding } from "../finding.ts";
import type { Draft, DraftMapping, DraftRule } from "../draft.ts";
import { KIND_FACTS, kindsOf } from "../event-kinds.ts";

/** A field that is read, and the template or condition that reads it. */
type Read = FieldRead & { at: string };

/** Templates and conditions that read what the event does not have. */
export function fieldsRead({ mappings }: Draft): Finding[] {
  return mappings.flatMap((mapping) =>
    mapping.rules.flatMap((rule) => {
      const faults = readsOf(rule).flatMap((read): Finding[] => {
        const fault = fieldFault(read, mapping.source, rule);
        return fault === null ? [] : [{ key: mapping.key, path: read.at, ...fault }];
      });
      faults.push(...kindsCompared(mapping, rule));
      // What is read twice in a template is said once.
      return faults.filter(
        (each, at) =>
          faults.findIndex(
            ({ path, message }) => path === each.path && message === each.message,
          ) === at,
      );
    }),
  );
}

/** `event.kind == "pipeline"` where the rule is on issues. */
function kindsCompared(
  { key, source }: DraftMapping,
  { at, on, rule, condition }: DraftRule,
): Finding[] {
  const kinds = source === "gitlab" ? kindsOf(on) : null;
  // A type that nothing has is a mistake of its own.
  if (kinds === null || !kinds.every((kind) => Object.hasOwn(KIND_FACTS, kind))) return [];
  return (condition?.compared ?? [])
    .filter(({ path, with: word }) => path.join(".") === "event.kind" && !kinds.includes(word))
    .map(({ with: word }) => ({
      key,
      path: `${at}.when.if`,
      severity: "warning",
      code: "other-kind",
      message: `event.kind is never "${word}" for ${[rule.on].flat().join(", ")}.${suggestion(word, kinds)}`,
    }));
}

function readsOf({ at, templates, condition }: DraftRule): Read[] {
  const asked = condition?.asked ?? [];
  return [
    ...asked.map((path): Read => ({ path, at: `${at}.when.if`, where: "", in: "asked" })),
    ...(condition?.reads ?? [])
      // What is asked for first may be missing.
      .filter((path) => !asked.some((has) => has[1] === path[1]))
      .map((path): Read => ({ path, at: `${at}.when.if`, where: "", in: "condition" })),
    ...templates.flatMap(({ path: place, reads }) =>
      reads.map(({ path, line, column }): Read => ({
        path,
        at: place,
        where: line === 1 && column === 1 ? "" : ` (line ${line}, column ${column})`,
        in: "template",
      })),
    ),
  ];
}
