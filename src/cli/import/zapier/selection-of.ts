import type { When } from "../../../mappings/schema.ts";
import { celOf, either, patternsOf } from "./cel-of.ts";
import type { Criteria, Criterion } from "./read-criteria.ts";
import type { GitlabField } from "./gitlab-fields.ts";

/** Which events a Zap lets through, in the words of a rule. */
export type Selection = {
  /** Kinds and actions that it asks for; null: any. */
  kinds: string[] | null;
  actions: string[] | null;
  /** The project's path; null: it does not say. */
  path: string | null;
  when: When;
  /** What could not be said. */
  unread: string[];
};

/** Finds the field that a line of a filter is about; null when it is no field of GitLab's. */
export type FieldOf = (criterion: Criterion) => GitlabField | null;

/** GitLab's words for kinds that have another name as an event type. */
const KINDS: Record<string, string> = {
  confidential_issue: "issue",
  confidential_note: "note",
  build: "job",
};

/** What all of these filters let through for which all of the CEL `expressions` hold. */
export function selectionOf(
  filters: Criteria[],
  fieldOf: FieldOf,
  expressions: string[],
): Selection {
  const selection: Selection = { kinds: null, actions: null, path: null, when: {}, unread: [] };
  for (const { anyOf, unread } of filters) {
    selection.unread.push(...unread);
    const [only, ...others] = anyOf;
    if (only === undefined) continue;
    const merged = others.length === 0 ? only : mergedLine(anyOf, fieldOf);
    if (merged !== null) {
      for (const criterion of merged) place(criterion, fieldOf(criterion), selection, expressions);
      continue;
    }
    const said = celOfAll({ anyOf, unread: [] }, fieldOf);
    if (said === null) selection.unread.push("alternatives that cannot all be read");
    else expressions.push(said);
  }
  if (expressions.length > 0) selection.when.if = expressions.join(" && ");
  return selection;
}

/** A whole filter as one CEL expression; null when a part of it cannot be said. */
export function celOfAll({ anyOf, unread }: Criteria, fieldOf: FieldOf): string | null {
  if (unread.length > 0) return null;
  const alternatives: string[] = [];
  for (const lines of anyOf) {
    const parts: string[] = [];
    for (const line of lines) {
      const field = fieldOf(line);
      const said = field === null ? null : celOf(line, field);
      if (said === null) return null;
      parts.push(said);
    }
    alternatives.push(parts.join(" && "));
  }
  return either(alternatives);
}

/** Several alternatives about one field, compared one way, are one line with several values. */
function mergedLine(anyOf: Criterion[][], fieldOf: FieldOf): Criterion[] | null {
  const lines = anyOf.map(([first, ...more]) => (more.length === 0 ? first : undefined));
  const [first] = lines;
  if (first === undefined) return null;
  const template = fieldOf(first)?.template;
  const isSame = (line: Criterion | undefined): line is Criterion =>
    line !== undefined &&
    !line.isNot &&
    line.comparison === first.comparison &&
    template !== undefined &&
    fieldOf(line)?.template === template;
  if (!lines.every(isSame)) return null;
  return [{ ...first, values: [...new Set(lines.flatMap(({ values }) => values))] }];
}

function place(
  criterion: Criterion,
  field: GitlabField | null,
  selection: Selection,
  expressions: string[],
): void {
  if (field === null) {
    selection.unread.push(inWords(criterion));
    return;
  }
  if (isPlaced(criterion, field, selection)) return;
  const said = celOf(criterion, field);
  if (said === null) selection.unread.push(inWords(criterion));
  else expressions.push(said);
}

/** Whether a line became something better than CEL. */
function isPlaced(criterion: Criterion, field: GitlabField, selection: Selection): boolean {
  const { comparison, isNot, values } = criterion;
  const isExact = comparison === "equals" && !isNot;
  switch (field.decides) {
    case "kind": {
      const kinds = values.map((value) => KINDS[value.toLowerCase()] ?? value.toLowerCase());
      if (!isExact || selection.kinds !== null || !kinds.every(isWord)) return false;
      selection.kinds = [...new Set(kinds)];
      return true;
    }
    case "action": {
      const actions = values.map((value) => value.toLowerCase());
      if (!isExact || selection.actions !== null || !actions.every(isWord)) return false;
      selection.actions = [...new Set(actions)];
      return true;
    }
    case "confidential": {
      const [value = ""] = values;
      if (comparison !== "equals" || !/^(true|false)$/i.test(value)) return false;
      if (selection.when.confidential !== undefined) return false;
      selection.when.confidential = /true/i.test(value) !== isNot;
      return true;
    }
    case "path":
      if (isExact && values.length === 1 && selection.path === null) {
        selection.path = values[0] ?? null;
        return true;
      }
      return isGlobbed(criterion, field, selection.when);
    case null:
      return isGlobbed(criterion, field, selection.when);
  }
}

function isGlobbed(
  { comparison, isNot, values }: Criterion,
  field: GitlabField,
  when: When,
): boolean {
  if (field.when === null) return false;
  const plain =
    field.when === "branch"
      ? values.map((value) => value.replace(/^refs\/(heads|tags)\//, ""))
      : values;
  const patterns = comparison === "exists" ? ["*"] : patternsOf(comparison, plain);
  if (patterns === null || patterns.some((pattern) => pattern.length > 500)) return false;
  const before = when[field.when];
  const forms = typeof before === "object" && !Array.isArray(before) ? before : {};
  const form = isNot ? "none" : "any";
  // "Any of these, and any of those" is two conditions; "none of them" is one.
  if (forms[form] !== undefined && !isNot) return false;
  when[field.when] = {
    ...forms,
    [form]: [...new Set([...[forms[form] ?? []].flat(), ...patterns])],
  };
  return true;
}

function isWord(word: string): boolean {
  return /^[a-z_]{1,40}$/.test(word);
}

function inWords({ of, comparison, isNot, values }: Criterion): string {
  return `${of.path.join("__")} ${isNot ? "not " : ""}${comparison} ${values.map((value) => JSON.stringify(value)).join(", ")}`.trim();
}
