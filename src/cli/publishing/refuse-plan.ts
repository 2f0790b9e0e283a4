import type { Context } from "../context.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import type { Comparison } from "./compare-folder.ts";
import { faultsOf } from "./faults-of.ts";
import { theirs } from "./show-plan.ts";
import { suspiciousRemovals, type Plan } from "./plan.ts";

const NAMED = 30;

/**
 * Throws the {@link Refusal} of a plan that must not be published as it is: what others changed as
 * well, what looks like the wrong folder, and what has mistakes. `force` lets all of them pass but a
 * document that the Worker could not use.
 */
export function refusePlan(
  { terminal }: Context,
  plan: Plan,
  comparison: Comparison,
  force: boolean,
): void {
  refuseConflicts(plan);
  const removed = suspiciousRemovals(plan, comparison.published.size);
  if (!force && (removed !== null || isEmptied(plan, comparison))) {
    throw new Refusal(
      "too_many_removals",
      `This would remove ${removed ?? plan.steps.length} of ${comparison.published.size} published documents. Is it the right folder? If it is meant, add --force; --keep removes nothing.`,
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
  if (force) terminal.note(`Not held against it (--force):\n${shortened(errors)}\n`);
  else throw mistakes(errors);
}

function refuseConflicts({ conflicts }: Plan): void {
  if (conflicts.length === 0) return;
  const lines = conflicts.map((each) => `  ${each.key}: ${theirs(each)}`);
  throw new Refusal(
    "conflict",
    `Nothing was published: somebody else changed the same.\n${lines.join("\n")}\nSee what they made of it with "causeway diff --full", take it over by hand or with "causeway pull --force", or overwrite it with --force.`,
    EXIT.conflict,
  );
}

function isEmptied({ steps }: Plan, { local, published }: Comparison): boolean {
  return local.size === 0 && published.size > 0 && steps.length > 0;
}

function mistakes(errors: string[]): Refusal {
  const count = errors.length === 1 ? "a mistake" : `${errors.length} mistakes`;
  return new Refusal(
    "mistakes",
    `Nothing was published: there ${errors.length === 1 ? "is" : "are"} ${count}.\n${shortened(errors)}\nPut it right, or add --force if you know better.`,
  );
}

function shortened(lines: string[]): string {
  const others = lines.length - NAMED;
  return [...lines.slice(0, NAMED), ...(others > 0 ? [`  and ${others} more`] : [])].join("\n");
}
