import { compileMapping } from "../mappings/compile-mapping.ts";
import { sourceOfMapping, type Source } from "../mappings/mapping-keys.ts";
import { readMapping } from "../mappings/parse-document.ts";
import type { Problem } from "../mappings/problems.ts";
import type { Mapping, Rule } from "../mappings/schema.ts";
import { foldType } from "../mappings/slack-terms.ts";
import type { DraftMapping, DraftProblem, DraftRule } from "./draft.ts";
import { readCondition } from "./read-condition.ts";
import { readTemplate } from "./read-template.ts";
import { ruleTemplates } from "./rule-templates.ts";
import { rulesIn } from "./rules-in.ts";

/** A mapping as far as it can be read, and what is wrong with it: one bad rule hides no other. */
export function readDraftMapping(
  key: string,
  text: string,
): { mapping: DraftMapping; problems: Omit<DraftProblem, "key">[] } {
  const read = readMapping(key, text);
  const { value, positions, problems } = read.ok
    ? { value: read.value, positions: null, problems: [] }
    : readGoodRules(key, text, read.problems);
  const at = (index: number): number => positions?.[index] ?? index;
  const compiled = compileMapping(key, value);
  const source = sourceOfMapping(key);
  const mapping: DraftMapping = {
    key,
    source,
    path: key.slice(`mapping/${source}/`.length),
    inherit: value.inherit ?? true,
    rules: value.rules.map((rule, index) => readRule(source, rule, at(index))),
    whole: positions === null,
  };
  const further = compiled.ok ? [] : compiled.problems;
  const placed = further.map(({ path, message }) => ({
    path: path.replace(/\d+/, (index) => String(at(Number(index)))),
    message,
    in: "rules" as const,
  }));
  const misshapen = problems.map((each) => ({ ...each, in: "shape" as const }));
  return { mapping, problems: [...misshapen, ...placed] };
}

/** Of a mapping that cannot be used the rules that nothing is wrong with, and which those are. */
function readGoodRules(
  key: string,
  text: string,
  problems: Problem[],
): { value: Mapping; positions: number[]; problems: Problem[] } {
  const all = rulesIn(text);
  const bad = new Set(problems.map(({ path }) => Number(/^rules\[(\d+)\]/.exec(path)?.[1] ?? -1)));
  const positions = [...all.keys()].filter((index) => !bad.has(index));
  const read = readMapping(key, JSON.stringify({ rules: positions.map((index) => all[index]) }));
  return read.ok
    ? { value: read.value, positions, problems }
    : { value: { rules: [] }, positions: [], problems };
}

function readRule(source: Source, rule: Rule, index: number): DraftRule {
  const types = [rule.on].flat().map((type) => (source === "slack" ? foldType(type) : type));
  return {
    at: `rules[${index}]`,
    rule,
    on: [...new Set(types.map((type) => type.toLowerCase()))],
    to: [...new Set([rule.to].flat())],
    templates: ruleTemplates(rule).map(({ path, source: template }) => ({
      path: `rules[${index}].${path}`,
      ...readTemplate(template),
    })),
    condition: rule.when?.if === undefined ? null : readCondition(rule.when.if),
  };
}
