import type { Who, WhenField } from "../../mappings/schema.ts";
import { contradictionOf } from "../contradiction.ts";
import type { Finding } from "../finding.ts";
import type { Draft, DraftMapping, DraftRule } from "../draft.ts";
import { globForms } from "../glob-forms.ts";
import { whyNeverThere } from "../why-never-there.ts";

type Fault = Pick<Finding, "path" | "message"> & { severity?: Finding["severity"] };

/** Rules whose conditions cannot hold together, or ask for what their events never have. */
export function neverMatches({ mappings }: Draft): Finding[] {
  return mappings.flatMap((mapping) =>
    mapping.rules.flatMap((rule) =>
      [...whenFaults(mapping, rule), ...ifFaults(rule), ...whoFaults(rule)].map(
        ({ path, message, severity = "error" }): Finding => ({
          key: mapping.key,
          path: `${rule.at}.${path}`,
          severity,
          code: "never-matches",
          message,
        }),
      ),
    ),
  );
}

function whenFaults(mapping: DraftMapping, rule: DraftRule): Fault[] {
  const { confidential: _confidential, if: _if, ...fields } = rule.rule.when ?? {};
  return Object.entries(fields).flatMap(([name, globs]): Fault[] => {
    if (globs === undefined) return [];
    const field = name as WhenField;
    const path = `when.${field}`;
    const forms = globForms(globs);
    if (Object.values(forms).every((words) => words.length === 0)) {
      const message =
        "it asks for nothing, and always holds: write any, all or none, or leave it out.";
      return [{ path, message, severity: "warning" }];
    }
    const contradiction = contradictionOf(field, forms);
    if (contradiction !== null) return [{ path, message: contradiction }];
    // Nothing that is not there can be what is not wanted.
    if (forms.any.length + forms.all.length === 0) return [];
    const [message, severity] = whyNeverThere(mapping, rule, field, forms) ?? [];
    if (message === undefined) return [];
    return [{ path, message, ...(severity === undefined ? {} : { severity }) }];
  });
}

function ifFaults({ condition }: DraftRule): Fault[] {
  if (condition?.always === false) {
    return [
      {
        path: "when.if",
        message: "it is always false. To switch a rule off write enabled: false.",
      },
    ];
  }
  return condition?.always === true
    ? [{ path: "when.if", message: "it is always true: leave it out.", severity: "warning" }]
    : [];
}

function whoFaults({ rule: { who } }: DraftRule): Fault[] {
  if (who === undefined || typeof who === "string" || Array.isArray(who)) return [];
  const { any, not } = formsOf(who);
  if (not.includes("anyone")) {
    return [{ path: "who", message: "nobody is let in: not: anyone keeps everybody out." }];
  }
  return any.length > 0 && any.every((whom) => not.includes(whom))
    ? [{ path: "who", message: 'nobody is let in: everybody in "any" is in "not" too.' }]
    : [];
}

function formsOf({ any, not }: Exclude<Who, string | string[]>): { any: string[]; not: string[] } {
  return { any: [any ?? []].flat(), not: [not ?? []].flat() };
}
