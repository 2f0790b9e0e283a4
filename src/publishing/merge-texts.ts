import { isDeepStrictEqual } from "node:util";
import { isObject, type Json, type JsonObject } from "../json.ts";

/**
 * Both changes in one text; or where both changed the same, as paths such as `["rules", "New issues", "to"]`:
 * the empty one is the document as a whole.
 */
export type Merged = { ok: true; text: string } | { ok: false; both: string[][] };

/**
 * Puts what two people made of the same document together: fields by their names, rules by theirs, lists
 * and texts as a whole. Nothing is guessed: what both changed otherwise is named, and nothing is merged.
 */
export function mergeTexts(base: string, mine: string, theirs: string): Merged {
  const texts = [base, mine, theirs].map(parsed);
  const [was, ours, others] = texts;
  if (was === undefined || ours === undefined || others === undefined) {
    return { ok: false, both: [[]] };
  }
  const both: string[][] = [];
  const merged = mergeValues(was, ours, others, [], both);
  return both.length === 0 ? { ok: true, text: JSON.stringify(merged) } : { ok: false, both };
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Undefined: it is not there. */
type Value = Json | undefined;

function mergeValues(
  was: Value,
  mine: Value,
  theirs: Value,
  path: string[],
  both: string[][],
): Value {
  if (isDeepStrictEqual(mine, theirs) || isDeepStrictEqual(was, mine)) return theirs;
  if (isDeepStrictEqual(was, theirs)) return mine;
  if (isObject(was) && isObject(mine) && isObject(theirs)) {
    return mergeFields(was, mine, theirs, path, both);
  }
  const [rulesThen, myRules, theirRules] = [was, mine, theirs].map(byName);
  if (rulesThen && myRules && theirRules) {
    const names = orderOf(rulesThen, myRules, theirRules);
    if (names !== null) {
      const merged = mergeFields(
        Object.fromEntries(rulesThen),
        Object.fromEntries(myRules),
        Object.fromEntries(theirRules),
        path,
        both,
      );
      return names.flatMap((name) => merged[name] ?? []);
    }
  }
  both.push(path);
  return theirs;
}

function mergeFields(
  was: JsonObject,
  mine: JsonObject,
  theirs: JsonObject,
  path: string[],
  both: string[][],
): JsonObject {
  const names = [...new Set([...Object.keys(theirs), ...Object.keys(mine)])];
  return Object.fromEntries(
    names.flatMap((name) => {
      const own = (json: JsonObject): Value => (Object.hasOwn(json, name) ? json[name] : undefined);
      const value = mergeValues(own(was), own(mine), own(theirs), [...path, name], both);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** The items of a list by their names; null where one has none, or two have the same. */
function byName(value: Value): Map<string, Json> | null {
  if (!Array.isArray(value)) return null;
  const named = new Map<string, Json>();
  for (const item of value) {
    const name = isObject(item) ? item["name"] : null;
    if (typeof name !== "string" || named.has(name)) return null;
    named.set(name, item);
  }
  return named;
}

type Items = Map<string, Json>;

/**
 * The order of all: theirs, with what is only mine behind what it is behind in mine. Null: both moved
 * what was there.
 */
function orderOf(was: Items, mine: Items, theirs: Items): string[] | null {
  const common = [...was.keys()].filter((name) => mine.has(name) && theirs.has(name));
  const kept = (items: Items): string[] =>
    [...items.keys()].filter((name) => common.includes(name));
  const [iMoved, theyMoved] = [mine, theirs].map(
    (items) => !isDeepStrictEqual(kept(items), common),
  );
  if (iMoved === true && theyMoved === true) return null;
  const [first, second] = iMoved === true ? [mine, theirs] : [theirs, mine];
  const order = [...first.keys()];
  let before: string | null = null;
  for (const name of second.keys()) {
    if (!first.has(name)) order.splice(before === null ? 0 : order.indexOf(before) + 1, 0, name);
    before = name;
  }
  return order;
}
