import { messageInWords } from "../../mappings/message-in-words.ts";
import { ruleInWords } from "../../mappings/rule-in-words.ts";
import type { Rule } from "../../mappings/schema.ts";

const known = new WeakMap<Rule, string>();

/** When a rule applies, whether it is switched on or not. */
export function occasionOf(rule: Rule): string {
  return ruleInWords({ ...rule, enabled: true, mode: "live" });
}

/** All words of a rule, its sentence's and its document's, in lower case: what a search looks in. */
export function wordsOfRule(rule: Rule): string {
  const before = known.get(rule);
  if (before !== undefined) return before;
  const words = [occasionOf(rule), messageInWords(rule), ...textsIn(rule)].join("\n").toLowerCase();
  known.set(rule, words);
  return words;
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
