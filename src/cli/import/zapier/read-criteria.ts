import { field, identifier, objects, text, type JsonObject } from "../../../json.ts";
import { readReference, type Reference } from "./placeholders.ts";
import type { Step } from "./read-zaps.ts";

/** How a filter compares. */
type Comparison = "contains" | "equals" | "starts" | "ends" | "greater" | "less" | "exists";

/** One line of a filter. */
export type Criterion = {
  of: Reference;
  comparison: Comparison;
  isNot: boolean;
  /** Any of them will do. */
  values: string[];
};

/** What a filter lets through: one of these, of which all lines must hold; `unread` says what nobody could read. */
export type Criteria = { anyOf: Criterion[][]; unread: string[] };

/**
 * How Zapier names comparisons: `icontains`, `iexact`, `iexist`, `igreater` were seen in exports, the
 * others are read by their words.
 *
 * @see https://help.zapier.com/hc/en-us/articles/8496180919949-Filter-and-path-rules-in-Zaps
 */
const COMPARISONS: [RegExp, Comparison][] = [
  [/contain/, "contains"],
  [/start|begin/, "starts"],
  [/end/, "ends"],
  [/great|more|above|^gt|after/, "greater"],
  [/less|below|^lt|before/, "less"],
  [/exist/, "exists"],
  [/exact|equal|match|^in$|^eq$|true|false/, "equals"],
];
const NOT = /not|doesnt|isnt|^n(?=contain|exact|in|equal|exist|start|end)|^ne$/;

/** Reads a filter: lines of one `group` are joined by "and", groups by "or". */
export function readCriteria({ params }: Step): Criteria {
  const lines = objects(params["filter_criteria"]);
  const unread: string[] = [];
  const groups = new Map<string, Criterion[]>();
  for (const line of lines) {
    const criterion = readCriterion(line);
    if (criterion === null) {
      unread.push(inWords(line));
      continue;
    }
    const group = identifier(line["group"]) ?? "";
    groups.set(group, [...(groups.get(group) ?? []), criterion]);
  }
  const isEmpty = Object.keys(params).every((key) => /filter_criteria|fallback/.test(key));
  if (lines.length === 0 && !isEmpty) {
    unread.push("a filter of a kind that is not known");
  }
  return { anyOf: [...groups.values()], unread };
}

function readCriterion(line: JsonObject): Criterion | null {
  const of = readReference(text(line["key"]) ?? "");
  const stated = (text(line["match"]) ?? "").toLowerCase().replace(/[^a-z]/g, "");
  const word = stated.replace(/^i(?!n$|s)/, "").replace(/^is(?=not|in|true|false)/, "");
  const [, comparison] = COMPARISONS.find(([pattern]) => pattern.test(word.replace(NOT, ""))) ?? [];
  const action = text(line["action"]) ?? "continue";
  const value = identifier(line["value"]) ?? (line["value"] === true ? "true" : "");
  if (of === null || comparison === undefined || action !== "continue") return null;
  if (/regex|pattern/.test(word)) return null;
  // What another step made cannot be compared with.
  if (/\{\{/.test(value)) return null;
  const isNot = NOT.test(word);
  if (/true|false/.test(word)) {
    return { of, comparison, isNot, values: [/true/.test(word) ? "true" : "false"] };
  }
  const isList = /^(not)?in$/.test(word);
  const values = isList ? value.split(",").map((each) => each.trim()) : [value];
  const said = values.filter((each) => each !== "");
  if (said.length === 0 && comparison !== "exists") return null;
  const isOrder = comparison === "greater" || comparison === "less";
  if (isOrder && said.some((each) => !/^-?\d{1,15}(\.\d{1,6})?$/.test(each))) return null;
  return { of, comparison, isNot, values: said };
}

/** A line of a filter for people: `object_attributes__title (icontains) "outage"`. */
function inWords(line: JsonObject): string {
  const key = (text(line["key"]) ?? "?").replace(/[{}]/g, "");
  return `${key} (${text(line["match"]) ?? "?"}) ${JSON.stringify(field(line, "value"))}`;
}
