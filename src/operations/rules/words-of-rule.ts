import { textsIn } from "../../mappings/compile-mapping.ts";
import { messageInWords } from "../../mappings/message-in-words.ts";
import { whenInWords } from "../../mappings/rule-in-words.ts";
import type { Rule } from "../../mappings/schema.ts";

const known = new WeakMap<Rule, string>();

/** All words of a rule, its sentence's and its document's, in lower case: what a search looks in. */
export function wordsOfRule(rule: Rule): string {
  const before = known.get(rule);
  if (before !== undefined) return before;
  const words = [whenInWords(rule), messageInWords(rule), ...textsIn(rule)]
    .join("\n")
    .toLowerCase();
  known.set(rule, words);
  return words;
}
