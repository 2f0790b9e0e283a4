import type { Rule } from "../mappings/schema.ts";

/** A template of a rule, and its key path within the rule: `message.blocks[0].text.text`. */
type RuleTemplate = { path: string; source: string };

/** All the templates of a rule, in the order in which they stand in a document. */
export function ruleTemplates({ message, variables, issue }: Rule): RuleTemplate[] {
  const { title, description, labels } = issue ?? {};
  return [
    ...textsIn(message, "message"),
    ...Object.entries(variables ?? {}).flatMap(([name, value]) =>
      textsIn(String(value), `variables.${name}`),
    ),
    ...textsIn(title, "issue.title"),
    ...textsIn(description, "issue.description"),
    ...textsIn(labels, "issue.labels"),
  ];
}

function textsIn(value: unknown, path: string): RuleTemplate[] {
  if (typeof value === "string") return [{ path, source: value }];
  if (Array.isArray(value)) return value.flatMap((each, at) => textsIn(each, `${path}[${at}]`));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => textsIn(each, `${path}.${key}`));
}
