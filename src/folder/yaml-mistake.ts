import { isCollection, isScalar, visit, type Document, type YAMLParseError } from "yaml";

/** A mistake in a text, in words, and where it is. */
export type YamlMistake = { offset: number; message: string };

/**
 * The first mistake that keeps a text from being YAML; null: it is. Only that one, for what the parser
 * stumbles over behind it is mostly its consequence.
 */
export function yamlMistake(document: Document, source: string): YamlMistake | null {
  const errors = document.errors.toSorted((a, b) => a.pos[0] - b.pos[0]);
  const [first] = [...errors, ...document.warnings];
  if (first === undefined) return null;
  const [offset] = first.pos;
  if (first.code === "BLOCK_IN_FLOW" || /^Missing closing|end with [\]}a-z]/.test(first.message)) {
    const open = unclosedBefore(document, source, offset);
    if (open !== null) {
      const message = `the ${source[open]} that begins here is not closed.`;
      return { offset: open, message };
    }
  }
  return { offset, message: inWords(first, source.slice(offset, offset + 1)) };
}

const INDENTED = "the line is not indented like those that it belongs to.";

/** The parser's mistakes that people make most, in words that need no book about YAML. */
const WORDS: Partial<Record<YAMLParseError["code"], string>> = {
  BAD_INDENT: INDENTED,
  TAB_AS_INDENT: "the line begins with a tab: indent it with spaces.",
  BLOCK_AS_IMPLICIT_KEY:
    'this is one colon too many for its line: put a text that has ": " in it in quotes, or look whether the next line is indented too far.',
  MULTILINE_IMPLICIT_KEY: 'a colon and a space (": ") are missing in this line.',
  BLOCK_IN_FLOW:
    "a list of lines that begin with - cannot stand between brackets or braces: leave these out.",
  DUPLICATE_KEY: "this stands here a second time: leave one of them out.",
  UNEXPECTED_TOKEN:
    "this does not belong to what stands before it: a text with quotes, brackets or braces in it needs quotes around all of it.",
  MULTIPLE_DOCS: "the line --- begins a second document: there can be only one.",
  BAD_DQ_ESCAPE: "between double quotes a backslash is written as two.",
};

/** What a text cannot begin with unless it stands in quotes is taken for something else. */
const UNQUOTED = new Set(["BAD_SCALAR_START", "NON_STRING_KEY", "BAD_ALIAS"]);

/** The parser's message in plain words; as it is, where there are none. `at`: the character where it is. */
function inWords({ code, message }: Pick<YAMLParseError, "code" | "message">, at: string): string {
  if (UNQUOTED.has(code)) return `a text that begins with ${at} needs quotes around it.`;
  if (message.startsWith("Sequence item without")) return INDENTED;
  return WORDS[code] ?? message;
}

/** Where the last list, map or quoted text before a place begins that has no end. */
function unclosedBefore(document: Document, source: string, before: number): number | null {
  let open: number | null = null;
  visit(document, {
    Node(_key, node) {
      const [start, end] = node.range ?? [before, before];
      const isBracketed = isCollection(node) && node.flow === true;
      const isQuoted = isScalar(node) && node.type?.startsWith("QUOTE") === true;
      if (start >= before || !(isBracketed || isQuoted)) return;
      const close = CLOSING[source.charAt(start)];
      if (end - start < 2 || source[end - 1] !== close) open = start;
    },
  });
  return open;
}

const CLOSING: Record<string, string> = { "[": "]", "{": "}", '"': '"', "'": "'" };
