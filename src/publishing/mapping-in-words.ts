import { isDeepStrictEqual } from "node:util";
import { ruleInWords, whenInWords } from "../mappings/rule-in-words.ts";
import type { Mapping, Rule } from "../mappings/schema.ts";
import { named } from "../words/named.ts";
import { listsInWords } from "./lists-in-words.ts";

/** What another version of a mapping changes, rule by rule; null is no mapping. */
export function mappingInWords(before: Mapping | null, after: Mapping | null): string[] {
  const [was, is] = [before?.rules ?? [], after?.rules ?? []];
  const pairs = paired(was, is);
  const said: string[] = [];
  const inherits = [before?.inherit ?? true, after?.inherit ?? true];
  if (after !== null && inherits[0] !== inherits[1]) {
    said.push(
      inherits[1] === true
        ? "rules of the groups above, and of *, apply here too"
        : "rules of the groups above, and of *, do not apply here",
    );
  }
  for (const [rule, old] of pairs) {
    if (old === null) said.push(`new rule "${rule.name}": ${ruleInWords(rule)}, to ${toOf(rule)}`);
    else said.push(...ruleChanges(old, rule).map((change) => `rule "${old.name}" ${change}`));
  }
  const kept = new Set(pairs.map(([, old]) => old));
  for (const rule of was.filter((each) => !kept.has(each))) {
    said.push(`no rule "${rule.name}" any more: ${ruleInWords(rule)}, to ${toOf(rule)}`);
  }
  for (const [rule, old] of moved(pairs, was)) {
    const place = is.indexOf(rule) + 1;
    said.push(`rule "${old.name}" is asked in place ${place} of ${is.length} now`);
  }
  return said;
}

type Pair = [rule: Rule, old: Rule | null];

/** Each rule with what it was: the one of its name, else one that is the same but for the name. */
function paired(was: Rule[], is: Rule[]): Pair[] {
  const names = new Set(is.map(({ name }) => name));
  const free = was.filter(({ name }) => !names.has(name));
  return is.map((rule): Pair => {
    const old = was.find(({ name }) => name === rule.name);
    if (old !== undefined) return [rule, old];
    const at = free.findIndex((each) => isDeepStrictEqual({ ...each, name: rule.name }, rule));
    return [rule, at === -1 ? null : (free.splice(at, 1)[0] ?? null)];
  });
}

/** What is said of one rule that was there before, to go on with after its name. */
function ruleChanges(was: Rule, is: Rule): string[] {
  const said: string[] = [];
  if (was.name !== is.name) said.push(`is called "${is.name}" now`);
  const [wasOn, isOn] = [was.enabled !== false, is.enabled !== false];
  if (wasOn !== isOn) said.push(isOn ? "is switched on" : "is switched off");
  if ((was.mode ?? "live") !== (is.mode ?? "live")) {
    said.push(is.mode === "shadow" ? "only records now, and sends nothing" : "sends now");
  }
  const [whenWas, whenIs] = [whenInWords(was), whenInWords(is)];
  if (whenWas !== whenIs) said.push(`applies ${whenIs}\n  (before: ${whenWas})`);
  else if (!same(was, is, ["on", "when", "who", "once", "cooldown"])) {
    said.push("has other conditions");
  }
  said.push(...listsInWords([was.to].flat(), [is.to].flat(), "goes to", "no longer goes to"));
  if (!same(was, is, ["message", "style"])) said.push(messageChange(was, is));
  said.push(...variableChanges(was, is));
  if (!same(was, is, ["issue"])) said.push("makes another issue");
  if (!same(was, is, ["undo"])) {
    said.push(is.undo === true ? "is undone with its reaction" : "stays when its reaction is gone");
  }
  return said;
}

function messageChange(was: Rule, is: Rule): string {
  if (is.message === undefined) {
    const style = is.style === "compact" ? "one line" : "a card";
    return `says the default message, as ${style}`;
  }
  return was.message === undefined ? "has words of its own now" : "says something else";
}

function variableChanges(was: Rule, is: Rule): string[] {
  const [before, after] = [was.variables ?? {}, is.variables ?? {}];
  const [old, fresh] = [Object.keys(before), Object.keys(after)];
  const other = fresh.filter((name) => old.includes(name) && before[name] !== after[name]);
  return [
    ...listsInWords(old, fresh, "fills the variable", "no longer fills the variable"),
    ...(other.length === 0 ? [] : [`fills ${named(other)} with something else`]),
  ];
}

function same(was: Rule, is: Rule, fields: (keyof Rule)[]): boolean {
  return fields.every((field) => isDeepStrictEqual(was[field], is[field]));
}

/** The fewest rules that were moved: those that are not in the longest run which kept its order. */
function moved(pairs: Pair[], was: Rule[]): [rule: Rule, old: Rule][] {
  const common = pairs.flatMap(([rule, old]): [Rule, Rule][] =>
    old === null ? [] : [[rule, old]],
  );
  const places = common.map(([, old]) => was.indexOf(old));
  const runs: number[][] = [];
  for (const [at, place] of places.entries()) {
    const before = runs
      .slice(0, at)
      .filter((run) => (places[run.at(-1) ?? 0] ?? 0) < place)
      .toSorted((a, b) => b.length - a.length)[0];
    runs.push([...(before ?? []), at]);
  }
  const kept = new Set(runs.toSorted((a, b) => b.length - a.length)[0]);
  return common.filter((_pair, at) => !kept.has(at));
}

function toOf({ to }: Rule): string {
  return named([to].flat());
}
