import type { FoundDocument } from "../../publishing/present-document.ts";
import { counted } from "../../words/counted.ts";
import { moment } from "../terminal/moment.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { changedMeanwhile } from "../targets/conflict.ts";
import { changesInWords } from "../../publishing/changes-in-words.ts";
import type { Difference } from "./differences.ts";
import { isSpoilt, stepOf, type Plan } from "./plan.ts";
import type { Step } from "../../publishing/step.ts";
import { unifiedDiff } from "../../publishing/unified-diff.ts";
import { shownJson, shownText } from "../../publishing/shown-text.ts";

type Change = Pick<Step, "key" | "kind" | "before" | "after">;

const SIGNS = {
  added: ["+", "green"],
  changed: ["~", "yellow"],
  removed: ["-", "red"],
} as const;
/** More documents than this are listed without what changes in them. */
const EXPLAINED = 100;

/** Documents that change, a paragraph each: which, and in words what that does; with `full` as YAML too. */
export function showChanges({ style }: Terminal, changes: Change[], full: boolean): string {
  const width = Math.max(...changes.map(({ key }) => key.length));
  const brief = changes.length > EXPLAINED && !full;
  const shown = changes.map(({ key, kind, before, after }) => {
    const [sign, colour] = SIGNS[kind];
    const head = style(colour, `${sign} ${key.padEnd(width)}  ${kind}`);
    if (brief) return head;
    const words = changesInWords(key, before, after)
      .flatMap((said) => said.split("\n"))
      .map((line) => `    ${line}`);
    const lines = full ? diffOf(before, after).map((line) => `    ${coloured(style, line)}`) : [];
    return [head, ...words, ...lines].join("\n");
  });
  const hint = brief ? [`(What changes in each: causeway diff --full)`] : [];
  return [...shown, ...hint].join("\n");
}

/** A plan as it is shown before the question: what changes, what is left alone, and what is in the way. */
export function showPlan(terminal: Terminal, plan: Plan, full: boolean): string {
  const { steps, meanwhile, conflicts, overwritten, kept } = plan;
  const parts: string[] = [];
  if (steps.length > 0) parts.push(showChanges(terminal, steps, full));
  if (kept.length > 0) {
    parts.push(section("Kept, though not in the folder:", kept, () => "published"));
  }
  if (meanwhile.length > 0) {
    parts.push(section("Left alone, because only others changed it (pull it):", meanwhile, theirs));
  }
  if (overwritten.length > 0) {
    parts.push(section("Overwritten, because of --overwrite:", overwritten, theirs));
  }
  if (conflicts.length > 0) {
    parts.push(
      section("In the way:", conflicts, theirs),
      `What --overwrite would make of it:\n${showChanges(terminal, conflicts.map(stepOf), full)}`,
    );
  }
  return parts.join("\n\n");
}

/** "3 documents: 1 added, 2 changed" */
export function countedChanges(changes: Pick<Step, "kind">[]): string {
  const kinds = (["added", "changed", "removed"] as const).flatMap((kind) => {
    const count = changes.filter((change) => change.kind === kind).length;
    return count === 0 ? [] : [`${count} ${kind}`];
  });
  return `${counted(changes.length, "document")}: ${kinds.join(", ")}`;
}

/** Plans and publishes for programs: with `full` the documents themselves, addresses left out. */
export function changesAsJson(changes: Change[], full: boolean): object[] {
  return changes.map(({ key, kind, before, after }) => ({
    key,
    kind,
    words: changesInWords(key, before, after),
    ...(full ? { before: shownJson(before), after: shownJson(after) } : {}),
  }));
}

/** What others changed, for programs. */
export function strayedAsJson(differing: Difference[]): object[] {
  return differing.map(({ key, published }) => ({
    key,
    by: published?.by ?? null,
    at: published?.at ?? null,
    publish: published?.publish ?? null,
  }));
}

function section(
  title: string,
  differing: Difference[],
  say: (each: Difference) => string,
): string {
  return [title, ...differing.map((each) => `  ${each.key}: ${say(each)}`)].join("\n");
}

/**
 * What others made of a document: "changed meanwhile by amina, 2026-11-23 10:32 UTC (20261123T103200Z-0k3f9x)";
 * where nobody knows since when, "published by …".
 */
export function theirs(difference: Difference): string {
  const { published, changed, local } = difference;
  if (published === null) return "removed meanwhile";
  const by = changed === "unknown" ? publishedBy(published) : changedMeanwhile(published);
  const what = published.publish === null ? by : `${by} (${published.publish})`;
  if (isSpoilt(difference)) return `${what}, and not JSON as it is`;
  if (changed === "unknown") return local === null ? `${what}, and not in the folder` : what;
  return changed === "both" ? `${what}, and changed here` : what;
}

function publishedBy({ by, at, publish }: FoundDocument): string {
  if (by === null && publish === null) return "written past Causeway";
  return `published by ${by ?? "somebody"}${at === null ? "" : `, ${moment(at)}`}`;
}

function diffOf(before: string | null, after: string | null): string[] {
  return unifiedDiff(shownText(before), shownText(after));
}

function coloured(style: Terminal["style"], line: string): string {
  if (line.startsWith("+")) return style("green", line);
  return line.startsWith("-") ? style("red", line) : line;
}
