import type { Context } from "../context.ts";
import { firstFew } from "../../words/first-few.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import type { Comparison } from "./compare-folder.ts";
import { faultsOf } from "./faults-of.ts";
import { strayedAsJson, theirs } from "./show-plan.ts";
import { suspiciousRemovals, type Plan } from "./plan.ts";

const NAMED = 30;

/** Which dangers were accepted by name. */
type Accepted = { despiteMistakes: boolean; removeMany: boolean };

/**
 * Throws the {@link Refusal} of a plan that must not be published as it is: what others changed as
 * well, what looks like the wrong folder, and what has mistakes. A document that the Worker could not
 * use is never accepted.
 */
export function refusePlan(
  { terminal }: Context,
  plan: Plan,
  comparison: Comparison,
  { despiteMistakes, removeMany }: Accepted,
): void {
  refuseConflicts(plan, comparison);
  const removed = suspiciousRemovals(plan, comparison.published.size);
  if (!removeMany && (removed !== null || isEmptied(plan, comparison))) {
    throw new Refusal(
      "too_many_removals",
      `This would remove ${removed ?? plan.steps.length} of ${comparison.published.size} published documents. Is it the right folder? If it is meant, add --remove-many; --keep removes nothing.`,
      EXIT.usage,
    );
  }
  const before = new Map([...comparison.published].map(([key, { text }]) => [key, text]));
  const after = new Map(before);
  for (const { key, after: text } of plan.steps) {
    if (text === null) after.delete(key);
    else after.set(key, text);
  }
  const faults = faultsOf({ before, after });
  const said = faults.map(({ key, path, severity, message }) => {
    const file = comparison.local.get(key);
    const position = file?.positionOf(path);
    const where =
      file === undefined || position === undefined
        ? key
        : `${file.file}:${position.line}:${position.column}`;
    return { severity, line: `  ${where}: ${path === "" ? "" : `${path}: `}${message}` };
  });
  const [errors, warnings] = (["error", "warning"] as const).map((severity) =>
    said.filter((each) => each.severity === severity).map(({ line }) => line),
  ) as [string[], string[]];
  if (warnings.length > 0) terminal.note(`Worth a look:\n${shortened(warnings)}\n`);
  if (errors.length === 0) return;
  if (despiteMistakes)
    terminal.note(`Published despite them (--despite-mistakes):\n${shortened(errors)}\n`);
  else throw mistakes(errors);
}

function refuseConflicts({ conflicts }: Plan, { base }: Comparison): void {
  if (conflicts.length === 0) return;
  const lines = conflicts.map((each) => `  ${each.key}: ${theirs(each)}`);
  const why =
    base === null
      ? "this folder was never pulled from there or pushed to it, and what is published differs."
      : "somebody else changed the same.";
  const kept = conflicts.some(({ local }) => local === null)
    ? " What the folder lacks stays with --keep."
    : "";
  throw new Refusal(
    "conflict",
    `Nothing was published: ${why}\n${lines.join("\n")}\nSee what it is with "causeway diff --full", and take it over with "causeway pull". Where the folder is the truth, as in CI, push with --overwrite.${kept}`,
    EXIT.conflict,
    { conflicts: strayedAsJson(conflicts) },
  );
}

function isEmptied({ steps }: Plan, { local, published }: Comparison): boolean {
  return local.size === 0 && published.size > 0 && steps.length > 0;
}

function mistakes(errors: string[]): Refusal {
  const count = errors.length === 1 ? "a mistake" : `${errors.length} mistakes`;
  return new Refusal(
    "mistakes",
    `Nothing was published: there ${errors.length === 1 ? "is" : "are"} ${count}.\n${shortened(errors)}\nPut it right, or add --despite-mistakes if you know better.`,
    EXIT.found,
    { mistakes: errors.map((line) => line.trim()) },
  );
}

function shortened(lines: string[]): string {
  return firstFew(lines, NAMED, (more) => `  and ${more} more`).join("\n");
}
