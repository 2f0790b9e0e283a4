import { Document, isMap, isSeq } from "yaml";
import { parseMapping } from "../../mappings/parse-document.ts";
import { MAX_RULE_NAME, type Rule } from "../../mappings/schema.ts";
import { annotate } from "./annotate.ts";
import type { Draft, DraftDestination, DraftRule, Note, Remark } from "./draft.ts";

/** A file of a configuration folder: its path in it, and its YAML. */
export type ConfigurationFile = { file: string; text: string };

/**
 * The YAML of a draft, with each remark as a comment at the spot and as a note. Every document can be
 * used as it is: what would keep a mapping from being read is taken out, and noted.
 */
export function configurationFiles(draft: Draft): { files: ConfigurationFile[]; notes: Note[] } {
  const notes: Note[] = [...draft.notes];
  const files = [...draft.destinations.values()].map((destination) =>
    destinationFile(destination, notes),
  );
  const rules = Map.groupBy(draft.rules, ({ mapping }) => mapping);
  for (const [mapping, drafts] of rules) {
    const usable = drafts.flatMap((each) => madeUsable(each, notes) ?? []);
    if (usable.length > 0) files.push(mappingFile(mapping, usable, notes));
  }
  return {
    files: files.toSorted((a, b) => (a.file < b.file ? -1 : 1)),
    notes: unique(notes),
  };
}

function destinationFile(
  { name, from, destination, remarks }: DraftDestination,
  notes: Note[],
): ConfigurationFile {
  const file = `destination/${name}.yaml`;
  const document = new Document(destination);
  document.commentBefore = ` Made of ${oneLine(from)}.`;
  if (document.contents !== null) {
    remarkOn(document.contents, remarks, { from, file }, notes);
  }
  return { file, text: written(document) };
}

function mappingFile(mapping: string, drafts: DraftRule[], notes: Note[]): ConfigurationFile {
  const file = `${mapping}.yaml`;
  const names = new Set<string>();
  const document = new Document({
    rules: drafts.map(({ rule }) => ({ ...rule, name: freeName(rule.name, names) })),
  });
  document.commentBefore = ` Made of ${[...new Set(drafts.map(({ from }) => oneLine(from)))].join(", ")}.`;
  const rules: unknown = document.get("rules");
  if (isSeq(rules)) {
    for (const [index, item] of rules.items.entries()) {
      const draft = drafts[index];
      if (!isMap(item) || draft === undefined) continue;
      item.spaceBefore = index > 0;
      remarkOn(item, draft.remarks, { from: draft.from, file }, notes);
    }
  }
  return { file, text: written(document) };
}

function remarkOn(
  node: Parameters<typeof annotate>[0],
  remarks: Remark[],
  about: { from: string; file: string },
  notes: Note[],
): void {
  for (const { kind, at, message } of remarks) {
    annotate(node, at, message);
    notes.push({ kind, ...about, message });
  }
}

/** The rule without what keeps it from being used; null when nothing of use is left. */
function madeUsable(draft: DraftRule, notes: Note[]): DraftRule | null {
  let rule: Rule = { ...draft.rule, name: draft.rule.name.slice(0, MAX_RULE_NAME) };
  const remarks = [...draft.remarks];
  for (;;) {
    const parsed = parseMapping(draft.mapping, JSON.stringify({ rules: [rule] }));
    if (parsed.ok) return { ...draft, rule, remarks };
    const [problem] = parsed.problems;
    const [, key = ""] = /^rules\[0\]\.(\w+)/.exec(problem?.path ?? "") ?? [];
    const said = `${key === "" ? "" : `"${key}": `}${problem?.message ?? ""}`;
    if (!Object.hasOwn(rule, key) || ["name", "on", "to"].includes(key)) {
      notes.push({
        kind: "lost",
        from: draft.from,
        file: null,
        message: `No rule could be made of it. ${said}`,
      });
      return null;
    }
    const { [key as keyof Rule]: _unusable, ...rest } = rule;
    // Without a condition it would tell more than before; in shadow it tells nobody.
    rule = { ...(rest as Rule), mode: "shadow" };
    remarks.push({
      kind: "lost",
      at: null,
      message: `Left out, and in shadow until you have looked at it. ${said}`,
    });
  }
}

function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count += 1) {
    name = `${wanted.slice(0, MAX_RULE_NAME - 10)} (${count})`;
  }
  taken.add(name);
  return name;
}

function written(document: Document): string {
  return document.toString({ lineWidth: 0 });
}

function unique(notes: Note[]): Note[] {
  return [...new Map(notes.map((note) => [JSON.stringify(note), note])).values()];
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}
