import type { Event, Person } from "../event.ts";
import { compileExpression } from "./cel.ts";
import { glob, type Matcher } from "./glob.ts";
import type { Problem } from "./problems.ts";
import type { Globs, When } from "./schema.ts";
import type { Scope } from "./scope.ts";

/** One condition of a rule. Conditions are joined by AND. */
export type Condition = {
  holds: (event: Event, scope: () => Scope) => boolean;
  /** Why it has no answer; a condition without one counts as true. Absent: it always has one. */
  problem?: (event: Event, scope: () => Scope) => string | null;
  /** Why it did not hold, with the value that was seen, for a person. */
  why: (event: Event, scope: () => Scope) => string;
};

/** As many labels as CEL sees; nobody has so many. */
const MAX_VALUES = 1_000;

/** Where each field of `when` looks; a person is found by username and by name. */
const FIELDS: Record<Exclude<keyof When, "confidential" | "if">, (event: Event) => string[]> = {
  labels: (event) => event.labels.slice(0, MAX_VALUES),
  labels_added: (event) => event.labelsAdded,
  labels_removed: (event) => event.labelsRemoved,
  actor: (event) => names(event.actor),
  author: (event) => names(event.author),
  assignee: (event) => event.assignees.flatMap(names),
  reviewer: (event) => event.reviewers.flatMap(names),
  branch: (event) => present(event.ref),
  status: (event) => present(event.status),
  stage: (event) => event.stages,
  source: (event) => present(event.source),
  severity: (event) => present(event.severity),
  environment: (event) => present(event.environment),
  milestone: (event) => present(event.milestone),
  noteable: (event) => present(event.on),
  project: (event) => present(event.project?.path),
  changed: (event) => event.changed,
};

/** Compiles `when`; `path` is where it stands in the document, for the problems it finds. */
export function compileConditions(when: When, path: string, problems: Problem[]): Condition[] {
  const conditions: Condition[] = [];
  for (const [name, valuesOf] of Object.entries(FIELDS)) {
    const globs = when[name as keyof typeof FIELDS];
    if (globs !== undefined) conditions.push(...compileGlobs(name, globs, valuesOf));
  }
  if (when.confidential !== undefined) conditions.push(confidentiality(when.confidential));
  if (when.if !== undefined) {
    const expression = compileExpression(when.if);
    if ("answer" in expression) {
      conditions.push({
        // Without an answer nobody can say that the event is not wanted, so it is delivered.
        holds: (_event, scope) => expression.answer(scope()).value !== false,
        problem: (_event, scope) => expression.answer(scope()).error,
        why: (_event, scope) => {
          const seen = expression.seen(scope());
          return `if: ${when.if} is false${seen === "" ? "" : `; ${seen}`}`;
        },
      });
    } else {
      problems.push({
        path: `${path}.if`,
        message: `not a condition that can be used: ${expression.problem}`,
      });
    }
  }
  return conditions;
}

function compileGlobs(
  name: string,
  globs: Globs,
  valuesOf: (event: Event) => string[],
): Condition[] {
  const forms = typeof globs === "string" || Array.isArray(globs) ? { any: globs } : globs;
  const conditions: Condition[] = [];
  const add = (
    words: string | string[] | undefined,
    holds: (values: string[], matchers: Matcher[]) => boolean,
    said: string,
  ): void => {
    if (words === undefined) return;
    const patterns = [words].flat();
    const matchers = patterns.map(glob);
    conditions.push({
      holds: (event) => holds(valuesOf(event), matchers),
      why: (event) =>
        `${name}: ${seen(valuesOf(event))}; wanted ${said} ${patterns.map(quote).join(", ")}`,
    });
  };
  add(forms.any, (values, matchers) => matchers.some((matcher) => values.some(matcher)), "any of");
  add(forms.all, (values, matchers) => matchers.every((matcher) => values.some(matcher)), "all of");
  for (const none of [forms.none, forms.not]) {
    add(none, (values, matchers) => !matchers.some((matcher) => values.some(matcher)), "none of");
  }
  return conditions;
}

function confidentiality(wanted: boolean): Condition {
  return {
    holds: (event) => event.confidential === wanted,
    why: (event) => `confidential: the event is ${event.confidential ? "" : "not "}confidential`,
  };
}

function names(person: Person | null): string[] {
  return person === null
    ? []
    : [...new Set([...present(person.username), ...present(person.name)])];
}

function present(value: string | null | undefined): string[] {
  return value === null || value === undefined ? [] : [value];
}

function seen(values: string[]): string {
  return values.length === 0 ? "the event has none" : `found ${values.map(quote).join(", ")}`;
}

function quote(word: string): string {
  return JSON.stringify(word);
}
