import { parseDestination, parsePerson } from "../mappings/parse-document.ts";
import type { Compiled } from "../mappings/compile-mapping.ts";
import type { Draft } from "./draft.ts";
import type { LintedDocument } from "./finding.ts";
import { readDraftMapping } from "./read-draft-mapping.ts";
import { rulesIn } from "./rules-in.ts";

/** Reads documents as far as they can be read: one bad rule hides no other. */
export function readDraft(documents: LintedDocument[]): Draft {
  const draft: Draft = {
    keys: documents.map(({ key }) => key),
    mappings: [],
    destinations: new Map(),
    people: new Map(),
    named: new Set(),
    problems: [],
  };
  for (const { key, text } of documents) {
    try {
      readInto(draft, key, text);
    } catch (error) {
      // Compilers go into what is nested by calling themselves.
      if (!(error instanceof RangeError)) throw error;
      draft.problems.push({ key, path: "", message: "it is nested too deep.", in: "shape" });
    }
  }
  return draft;
}

function readInto(draft: Draft, key: string, text: string): void {
  const found = <T>(read: Compiled<T>): T | null => {
    if (read.ok) return read.value;
    draft.problems.push(...read.problems.map((each) => ({ key, in: "shape" as const, ...each })));
    return null;
  };
  const name = key.slice(key.indexOf("/") + 1);
  if (/^mapping\/(gitlab|slack)\/./.test(key)) {
    const { mapping, problems } = readDraftMapping(key, text);
    draft.mappings.push(mapping);
    draft.problems.push(...problems.map((problem) => ({ key, ...problem })));
    for (const each of namesIn(text)) draft.named.add(each);
  } else if (/^destination\/./.test(key)) {
    draft.destinations.set(name, found(parseDestination(key, text)));
  } else if (/^person\/./.test(key)) {
    draft.people.set(name, found(parsePerson(key, text)));
  }
}

/** What stands in any rule's `to`, whatever else is wrong with it. */
function namesIn(text: string): string[] {
  return rulesIn(text).flatMap((rule) => {
    const to: unknown = (rule as { to?: unknown } | null)?.to;
    return [to].flat().filter((name) => typeof name === "string");
  });
}
