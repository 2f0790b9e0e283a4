import { object, objects, type Json } from "../../json.ts";
import { answeredInWords } from "../../mappings/answered-in-words.ts";
import { compileMapping } from "../../mappings/compile-mapping.ts";
import { messageInWords } from "../../mappings/message-in-words.ts";
import { readMapping } from "../../mappings/parse-document.ts";
import { sayProblems } from "../../mappings/problems.ts";
import { termsInWords } from "../../mappings/rule-in-words.ts";
import { foldType } from "../../mappings/slack-terms.ts";
import type { Rule } from "../../mappings/schema.ts";
import { etagOf } from "../../publishing/etag.ts";

/** A rule of a channel, as the matrix of reactions shows it. */
export type ChannelAnswer = {
  rule: string;
  /** Its place in the mapping, from 0. */
  index: number;
  /** The types it answers, each emoji under its one name. */
  on: string[];
  to: string[];
  /** Where it answers: "in the thread and to oncall". */
  where: string;
  /** The template, where it says one text; else null. */
  text: string | null;
  /** What it says, in words, where it is no text. */
  said: string;
  /** Why it is changed in the editor only; null: its text can be changed by itself. */
  onlyInEditor: string | null;
  /** Whether it asks for more than its occasion: another rule may answer instead. */
  isConditional: boolean;
  /** What it asks for and how often it answers, in words; empty: nothing. */
  terms: string;
  enabled: boolean;
  shadow: boolean;
  undo: boolean;
  /** What tells one version of the rule from another. */
  version: string;
};

/** What a channel's mapping answers; of one that cannot be used the reason. */
export type ChannelAnswers =
  | { ok: true; inherits: boolean; answers: ChannelAnswer[] }
  | { ok: false; problem: string };

/** Reads a document `mapping/slack/<channel id>`. */
export function channelAnswers(key: string, text: string): ChannelAnswers {
  const read = readMapping(key, text);
  if (!read.ok) return { ok: false, problem: sayProblems(read.problems) };
  const compiled = compileMapping(key, read.value);
  if (!compiled.ok) return { ok: false, problem: sayProblems(compiled.problems) };
  const versions = objects(object(JSON.parse(text) as Json)["rules"]).map((rule) =>
    etagOf(JSON.stringify(rule)),
  );
  const { inherit = true, rules } = read.value;
  const answers = rules.map((rule, index) => answerOf(rule, index, versions[index] ?? ""));
  return { ok: true, inherits: inherit, answers };
}

function answerOf(rule: Rule, index: number, version: string): ChannelAnswer {
  const to = [...new Set([rule.to].flat())];
  return {
    rule: rule.name,
    index,
    on: [...new Set([rule.on].flat().map(foldType))],
    to,
    where: to.map(answeredInWords).join(" and "),
    text: typeof rule.message === "string" ? rule.message : null,
    said: messageInWords(rule),
    onlyInEditor: whyOnlyInEditor(rule, to),
    isConditional: rule.when !== undefined || rule.who !== undefined,
    terms: termsInWords(rule),
    enabled: rule.enabled !== false,
    shadow: rule.mode === "shadow",
    undo: rule.undo === true,
    version,
  };
}

function whyOnlyInEditor({ message, variables }: Rule, to: string[]): string | null {
  if (to.length > 1) return "It answers in several places.";
  if (variables !== undefined) return "It fills in the variables of a workflow.";
  if (message === undefined) return "It has no words of its own.";
  if (typeof message !== "string") return "Its message is more than a text.";
  return message.includes("{%") ? "Its text has conditions or loops ({% … %})." : null;
}
