import type { Json } from "../json.ts";

/**
 * A document's JSON as the YAML that people read and edit: keys as they stand, texts of several lines
 * as such, and characters that nobody sees as escapes. Ends with a new line.
 */
export function yamlText(json: Json): string {
  return `${node(json, "").trimStart()}\n`;
}

/** With what comes before it on its line: a space, or the lines below. */
function node(json: Json, indent: string): string {
  if (Array.isArray(json)) {
    if (json.length === 0) return " []";
    return json.map((item) => `\n${indent}- ${inner(item, `${indent}  `)}`).join("");
  }
  if (typeof json === "string") return ` ${scalar(json, indent)}`;
  if (typeof json !== "object" || json === null) return ` ${JSON.stringify(json)}`;
  const entries = Object.entries(json);
  if (entries.length === 0) return " {}";
  return entries
    .map(([key, value]) => {
      const below = Array.isArray(value) || isMap(value) ? `${indent}  ` : indent;
      return `\n${indent}${quotedUnlessPlain(key)}:${node(value, below)}`;
    })
    .join("");
}

/** What follows the dash of a list, on the same line. */
function inner(json: Json, indent: string): string {
  return node(json, indent).trimStart();
}

function isMap(json: Json): boolean {
  return typeof json === "object" && json !== null;
}

function scalar(text: string, indent: string): string {
  if (!isBlock(text)) return quotedUnlessPlain(text);
  const lines = text.replace(/\n$/, "").split("\n");
  const below = lines.map((line) => (line === "" ? "" : `${indent}  ${line}`));
  return [text.endsWith("\n") ? "|" : "|-", ...below].join("\n");
}

const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;

/** Whether it can stand as lines: others would lose spaces, or need to be counted. */
function isBlock(text: string): boolean {
  return (
    text.trimEnd().includes("\n") &&
    /^\S/.test(text) &&
    !text.endsWith("\n\n") &&
    text.split("\n").every((line) => !UNSEEN.test(line) && (line === "" || line.trim() !== ""))
  );
}

/** What YAML would take for something else than a text. @see https://yaml.org/spec/1.2.2/#103-core-schema */
const OTHER_TYPE =
  /^(?:~|null|true|false|[-+]?(?:\.?\d[\d_]*(?:\.\d*)?(?:e[-+]?\d+)?|\.inf)|\.nan|0[ox][\da-f]+)$/i;
const PLAIN = /^[^\s\-?:,[\]{}#&*!|>'"%@`=<](?:[^\s]| (?=[^\s#]))*$/u;

function quotedUnlessPlain(text: string): string {
  const isPlain =
    PLAIN.test(text) && !/:(?: |$)/.test(text) && !UNSEEN.test(text) && !OTHER_TYPE.test(text);
  if (isPlain && !text.startsWith("...")) return text;
  if (text.includes('"') && !text.includes("'") && !UNSEEN.test(text)) return `'${text}'`;
  return JSON.stringify(text).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, escaped);
}

function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\U${code.padStart(8, "0")}` : `\\u${code.padStart(4, "0")}`;
}
