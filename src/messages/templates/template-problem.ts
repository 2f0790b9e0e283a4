import { LiquidError, type Token } from "liquidjs";
import { errorInWords } from "../../words/error-in-words.ts";
import { own } from "../../json.ts";
import { suggestion } from "../../mappings/suggestion.ts";

/** What to do instead of what templates do not have. */
const INSTEAD: Record<string, string> = {
  capture: "Use assign with the filter append.",
  echo: "Write {{ … }}.",
  escape: "What is inserted is always escaped.",
  escape_once: "What is inserted is always escaped.",
  raw: "What is inserted is always escaped.",
};

const INNER_TAGS = ["else", "elsif", "when"];

type Wording = [RegExp, (found: string, more: string) => string];

/** liquidjs speaks to programmers: its sentences, and what to say instead. */
function wordings(filters: string[], tags: string[]): Wording[] {
  return [
    [/^undefined filter: (.*)$/s, (name) => `there is no filter "${name}".${hint(name, filters)}`],
    [
      /^tag "(end\w+|else|elsif|when)" not found$/,
      (name) => `{% ${name} %} stands where nothing is open that it could belong to.`,
    ],
    [
      /^tag "(.*)" not found$/s,
      (name) => `there is no tag "${name}".${hint(name, [...tags, ...INNER_TAGS])}`,
    ],
    [/^output (".*") not closed$/s, (text) => `the output ${text} is not closed with }}.`],
    [/^tag (".*") not closed$/s, (text) => `the tag ${text} is not closed with %}.`],
    [
      /^tag (\{%-?\s*(\w+)\b.*%\}) not closed$/s,
      (tag, name) => `${tag} has no end: {% end${name} %} is missing.`,
    ],
    [
      /^illegal tag: (.*)$/s,
      (tag) => `${tag} is not understood: a loop is {% for item in list %}.`,
    ],
    [/^invalid value expression: ""$/, () => "a value is missing."],
    [/^invalid value expression: (".*")$/s, (text) => `${text} is no value.`],
    [/^unexpected token "".*$/s, () => "a value is missing."],
    [/^unexpected token (".*"), value expected$/s, (text) => `${text} is no value.`],
    [
      /^expected "\|" before filter$/,
      () =>
        "after a value there can only be a filter, with | before it, or a comparison such as ==.",
    ],
    [
      /^expected ":" after filter name$/,
      () => "after the name of a filter its values need a colon.",
    ],
    [/^expected filter name$/, () => "the name of a filter is missing after |."],
    [/^unexpected character (".*")$/s, (text) => `${text} is not understood: values need commas.`],
    [/^invalid range syntax$/, () => "parentheses can only stand around a range, such as (1..3)."],
    [/^\[ not closed$/, () => "a [ is not closed with ]."],
    [/^illegal tag syntax, tag name expected$/, () => "the name of a tag is missing after {%."],
    [/^expected (?:variable name|"=")$/, () => "assign is {% assign name = value %}."],
    [/^unexpected (".*")$/s, (text) => `${text} is too much here. Did you mean {% elsif … %}?`],
    [/^duplicated else$/, () => "there are two {% else %}."],
    [/^unexpected elsif after else$/, () => "{% elsif %} stands behind {% else %}."],
    [/^Maximum call stack size exceeded$/, () => "it is nested too deep."],
  ];
}

/** An error of a template for the person who wrote it: what to do, and in which line and column. */
export function sayTemplateProblem(error: unknown, filters: string[], tags: string[]): string {
  const message = errorInWords(error);
  const [, bare] = /^(.*), line:\d+, col:\d+$/s.exec(message) ?? [];
  const said = reworded(bare ?? message, wordings(filters, tags));
  if (!(error instanceof LiquidError)) return said;
  const before = error.token.input.slice(0, placeOf(bare ?? "", error.token)).split("\n");
  const column = (before.at(-1)?.length ?? 0) + 1;
  return `${said.replace(/\.$/, "")} (line ${before.length}, column ${column})`;
}

/** liquidjs names the output or tag; a filter that does not exist can be found in it. */
function placeOf(message: string, token: Token): number {
  const name = /^undefined filter: (.*)$/s.exec(message)?.[1];
  if (name === undefined) return token.begin;
  const filters = Array.from(token.getText().matchAll(/\|\s*([^\s|:}]+)/g));
  const found = filters.find((filter) => filter[1] === name);
  return token.begin + (found === undefined ? 0 : found.index + found[0].length - name.length);
}

function reworded(message: string, table: Wording[]): string {
  for (const [pattern, say] of table) {
    const [found, first, second] = pattern.exec(message) ?? [];
    if (found !== undefined) return say(first ?? "", second ?? "");
  }
  return message;
}

function hint(name: string, known: string[]): string {
  const instead = own(INSTEAD, name);
  return instead === undefined ? suggestion(name, known) : ` ${instead}`;
}
