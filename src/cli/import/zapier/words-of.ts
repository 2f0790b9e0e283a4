import { fillIn, type Reference } from "./placeholders.ts";
import { gitlabField, isGitlabPath } from "./gitlab-fields.ts";
import type { Step, Zap } from "./read-zaps.ts";
import { literal } from "../literal.ts";

/** A text of a Zap as a template, and what in it has no equivalent. */
export type Words = { template: string; lost: string[] };

/** Turns a text of a step into a template: placeholders by a table, everything else as it is. */
export function wordsOf(source: string, zap: Zap): Words {
  const lost: string[] = [];
  const template = fillIn(
    source,
    (reference, written) => {
      const said = reference === null ? null : templateOf(reference, zap, lost);
      if (said !== null) return `{{ ${said} }}`;
      lost.push(
        `${JSON.stringify(written.replace(/[{}]/g, "").slice(0, 120))} has no equivalent and is left out of the text.`,
      );
      return "";
    },
    literal,
  );
  return { template, lost };
}

/** What a placeholder asks for, as an expression of a template; null when nothing here has it. */
function templateOf(reference: Reference, zap: Zap, lost: string[], depth = 0): string | null {
  const step = zap.steps.get(reference.step);
  if (isOfTrigger(reference, zap)) {
    return gitlabField(reference.path, isShort(zap))?.template ?? null;
  }
  if (step?.app !== "formatter" || depth > 4) return null;
  // What the Formatter was given is better than nothing.
  const given = inputOf(step);
  let found: string | null = null;
  fillIn(
    given ?? "",
    (inner) => {
      found ??= inner === null ? null : templateOf(inner, zap, lost, depth + 1);
      return "";
    },
    () => "",
  );
  if (found !== null) {
    lost.push(
      `Formatter by Zapier${step.title === null ? "" : ` (${step.title})`} changed this value; here it is as GitLab sent it. Filters such as upcase, date and truncate_words stand in docs/mappings.md.`,
    );
  }
  return found;
}

/**
 * Whether a placeholder asks for GitLab's webhook. In exports whose steps were numbered anew some
 * placeholders kept the old number; then the path tells.
 */
export function isOfTrigger(reference: Reference, zap: Zap): boolean {
  const step = zap.steps.get(reference.step);
  return step === undefined ? isGitlabPath(reference.path) : step.parent === null;
}

/** Zapier's own GitLab steps may leave `object_attributes` out. */
export function isShort(zap: Zap): boolean {
  return [...zap.steps.values()].some(({ parent, app }) => parent === null && app === "gitlab");
}

/** The first text of a step that asks for something. */
function inputOf({ params }: Step): string | null {
  const inputs = params["inputs"];
  const candidates = [
    ...Object.values(params),
    ...(typeof inputs === "object" && inputs !== null ? Object.values(inputs) : []),
  ];
  return (
    candidates.find(
      (value): value is string => typeof value === "string" && value.includes("{{"),
    ) ?? null
  );
}

/** A step for people: `step 3, Delay by Zapier`. */
export function stepInWords(step: Step, zap: Zap): string {
  const name =
    step.title === null ? step.appName : `${step.appName}: ${step.title.replace(/\s+/g, " ")}`;
  return `step ${[...zap.steps.values()].indexOf(step) + 1}, ${name}`;
}
