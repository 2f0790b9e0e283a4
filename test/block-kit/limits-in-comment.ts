import type { Definition as Schema } from "ts-json-schema-generator";

const AT_MOST =
  /\b(max|maximum|limit|up to|less than|between \d+ and)\b\D*(?<most>\d+(?:,\d{3})*)/i;
const AT_LEAST = /\b(min|minimum|between)\b\D*(?<least>\d+)/i;

/**
 * The limits in a comment of `@slack/types` as JSON Schema: "Maximum length for the text in each
 * item is 2000 characters", "Must be less than 50 characters", "Min `1`, Max `100`".
 */
export function limitsInComment(comment: string): Schema[] {
  const words = comment.replace(/\{\s*@link[^}]*\}/g, "").replace(/\s+/g, " ");
  return words.split(". ").flatMap((sentence) => {
    const most = AT_MOST.exec(sentence)?.groups?.["most"]?.replace(",", "");
    const least = AT_LEAST.exec(sentence)?.groups?.["least"];
    const limits: Schema[] = [];
    if (most !== undefined) {
      limits.push(atMost(sentence.includes("less than") ? Number(most) - 1 : Number(most)));
    }
    if (least !== undefined) limits.push(atLeast(Number(least)));
    return /\beach (item|row)\b/i.test(sentence) ? limits.map((items) => ({ items })) : limits;
  });
}

// A keyword looks only at values of its own type: one limit serves a string, a text object, a list
// and a number.
function atMost(n: number): Schema {
  return { maxLength: n, maxItems: n, maximum: n, properties: { text: { maxLength: n } } };
}

function atLeast(n: number): Schema {
  return { minLength: n, minItems: n, minimum: n, properties: { text: { minLength: n } } };
}
