import { named } from "../words/named.ts";
import { oneLine } from "../words/one-line.ts";
import type { Rule } from "./schema.ts";
import { templateInBrief } from "./template-in-brief.ts";

const MAX_CHARACTERS = 120;

/**
 * What a rule says, as one line of plain text to go on with: "says “New issue: ‹title›”". The document's
 * own words are in it: callers escape.
 */
export function messageInWords(rule: Rule): string {
  const { message, issue } = rule;
  const variables = Object.keys(rule.variables ?? {});
  const said = [
    ...(issue === undefined ? [] : [`makes an issue in ${issue.project}`]),
    ...(message === undefined ? [] : [ownWords(message)]),
    ...(variables.length === 0 ? [] : [filledIn(variables)]),
  ];
  return said.length === 0 ? defaultMessage(rule) : said.join(", and ");
}

function filledIn(variables: string[]): string {
  return `fills in the ${variables.length === 1 ? "variable" : "variables"} ${named(variables)}`;
}

function ownWords(message: NonNullable<Rule["message"]>): string {
  if (typeof message === "string")
    return `says “${oneLine(templateInBrief(message), MAX_CHARACTERS)}”`;
  const blocks = message.blocks === undefined ? "" : ", in blocks of its own";
  return `says “${oneLine(templateInBrief(message.text), MAX_CHARACTERS)}”${blocks}`;
}

function defaultMessage({ style }: Rule): string {
  return `says the default message, as ${style === "compact" ? "one line" : "a card"}`;
}
