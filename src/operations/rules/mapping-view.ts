import { compileMapping } from "../../mappings/compile-mapping.ts";
import { sourceOfMapping, type Source } from "../../mappings/mapping-keys.ts";
import { readMapping } from "../../mappings/parse-document.ts";
import { sayProblems } from "../../mappings/problems.ts";
import type { Rule } from "../../mappings/schema.ts";

/** A mapping as people see it in a list. */
export type MappingView = {
  source: Source;
  /** A group's or project's path, or a Slack channel's id; `*`: everything. */
  place: string;
  /** Why it cannot be used; then it has no rules. */
  problem: string | null;
  rules: Rule[];
};

/** What a list shows of the text of a mapping. */
export function mappingView(key: string, text: string): MappingView {
  const view = { source: sourceOfMapping(key), place: key.split("/").slice(2).join("/") };
  const read = readMapping(key, text);
  const compiled = read.ok ? compileMapping(key, read.value) : read;
  return read.ok && compiled.ok
    ? { ...view, problem: null, rules: read.value.rules }
    : { ...view, problem: sayProblems(compiled.ok ? [] : compiled.problems), rules: [] };
}
