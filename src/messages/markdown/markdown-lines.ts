import type { Token, Tokens } from "marked";
import { cleanText } from "../../slack/mrkdwn.ts";

/**
 * A piece of a line; `marks` are those of `*`, `_` and `~` around it, in this order; `url` is where
 * it links to, as it is written.
 */
export type Span = {
  is: "text" | "code" | "image";
  text: string;
  marks: string;
  url: string | null;
};

/** A line as it is shown. Lines of one block have the same `of`, which is a space for a blank one. */
export type Line = { of: Token; quoted: boolean; lead: string; spans: Span[] };

type Block =
  | (Tokens.Blockquote | Tokens.Code | Tokens.Heading | Tokens.HTML | Tokens.List)
  | (Tokens.Paragraph | Tokens.Space | Tokens.Table | Tokens.Text)
  | (Tokens.Checkbox | Tokens.Def | Tokens.Hr);
type Inline =
  | (Tokens.Br | Tokens.Codespan | Tokens.Del | Tokens.Em | Tokens.Escape | Tokens.Image)
  | (Tokens.Link | Tokens.Strong | Tokens.Tag | Tokens.Text)
  | Tokens.Checkbox;

const MARKS = ["*", "_", "~"];
const INDENT = "    ";
const SPACE: Token = { type: "space", raw: "" };
const BREAK = textSpan("\n", "");

/**
 * Those that no sentence is likely to begin with.
 *
 * @see https://docs.gitlab.com/user/project/quick_actions/
 */
const QUICK_ACTIONS = [
  "approve|assign|assign_reviewer|award|blocked_by|blocks|cc|clear_[a-z_]+|clone|close|confidential",
  "done|draft|due|duplicate|epic|estimate|estimate_time|health_status|iteration|labels?|milestone",
  "promote|promote_to|ready|reassign|reassign_reviewer|rebase|relabel|relate|remove_[a-z_]+|reopen",
  "request_review|severity|shrug|spend|spend_time|spent|subscribe|target_branch|title|todo",
  "un(?:approve|assign|assign_reviewer|label|link|lock|relate|subscribe)|weight|wip",
].join("|");
/** Lines that speak to GitLab and not to a reader. */
const INSTRUCTION = new RegExp(`^(?:/(?:${QUICK_ACTIONS})(?: .*)?|\\[\\[_?TOC_?]]|\\[TOC])$`);

/** Character references that people write; the others stay as they are. */
const CHARACTERS = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
  ["nbsp", " "],
]);

/** What is to be read of GitLab Markdown, line by line, whatever it is written as in the end. */
export function markdownLines(tokens: Token[]): Line[] {
  const lines: Line[] = [];
  for (const line of tokens.flatMap((token) => linesOf(token as Block))) {
    const before = lines.at(-1)?.of.type ?? "space";
    if (line.of.type !== "space" || !["space", "heading"].includes(before)) lines.push(line);
  }
  return lines.at(-1)?.of.type === "space" ? lines.slice(0, -1) : lines;
}

function linesOf(token: Block): Line[] {
  switch (token.type) {
    case "space":
      return [lineOf(token)];
    case "heading":
      return [lineOf(SPACE), ...textLines(token, spansOf(token.tokens, "*"))];
    case "paragraph":
    case "text":
      return textLines(token, spansOf(token.tokens ?? [], "")).filter(
        ({ spans }) => spans[0]?.is === "code" || !INSTRUCTION.test(wordsOf(spans)),
      );
    case "code":
      return codeLines(token);
    case "blockquote":
      return markdownLines(token.tokens).map((line) => ({ ...line, quoted: true }));
    case "list":
      return token.items.flatMap((item, index) => {
        const number = token.ordered ? `${Number(token.start) + index}. ` : "";
        const box = item.task ? (item.checked === true ? "☑ " : "☐ ") : "";
        return itemLines(item, `${number}${box}` || "• ");
      });
    case "table":
      return [token.header, ...token.rows].flatMap((row, index) =>
        rowLines(token, row, index === 0 ? "*" : ""),
      );
    case "html":
      return htmlLines(token);
    case "checkbox":
    case "def":
    case "hr":
      return [];
  }
}

function codeLines(code: Tokens.Code): Line[] {
  const text = code.text.replace(/^(?:[ \t]*\n)+/, "").trimEnd();
  return text === "" ? [] : text.split("\n").map((line) => lineOf(code, [textSpan(line, "")]));
}

/** An item's first line begins with its marker, and the others are moved below it. */
function itemLines(item: Tokens.ListItem, marker: string): Line[] {
  const lines = markdownLines(item.tokens).filter(({ of }) => of.type !== "space");
  if (lines[0]?.of.type === "code") lines.unshift(lineOf(item));
  return lines.map((line, index) => ({
    ...line,
    lead: (index === 0 ? marker : INDENT) + line.lead,
  }));
}

function rowLines(table: Token, row: Tokens.TableCell[], marks: string): Line[] {
  if (row.every(({ text }) => text === "")) return [];
  const spans = row.flatMap(({ tokens }, index) => [
    ...(index === 0 ? [] : [textSpan(" | ", marks)]),
    ...spansOf(tokens, marks),
  ]);
  const inOneLine = spans.map((span) => (span === BREAK ? textSpan(" ", marks) : span));
  return [lineOf(table, inOneLine)];
}

function htmlLines(html: Tokens.HTML | Tokens.Tag): Line[] {
  const text = htmlText(html).split("\n");
  const spans = text.flatMap((line) => [BREAK, textSpan(decoded(line), "")]);
  // The parser takes the blank line that ends a block of HTML for a part of it.
  return [...textLines(html, spans), ...(/\n$(?<=\n\s*\n)/.test(html.raw) ? [lineOf(SPACE)] : [])];
}

function textLines(of: Token, spans: Span[]): Line[] {
  const lines = [lineOf(of)];
  for (const span of spans) {
    if (span === BREAK) lines.push(lineOf(of));
    else lines.at(-1)?.spans.push(span);
  }
  return lines.filter((line) => wordsOf(line.spans) !== "");
}

function spansOf(tokens: Token[], marks: string): Span[] {
  const within = (mark: string, inner: Token[]): Span[] => {
    const all = MARKS.filter((each) => each === mark || marks.includes(each));
    return spansOf(inner, all.join(""));
  };
  return (tokens as Inline[]).flatMap((token) => {
    switch (token.type) {
      case "text":
        return [textSpan(decoded(token.raw), marks)];
      case "escape":
        return [textSpan(token.text, marks)];
      case "strong":
        return within("*", token.tokens);
      case "em":
        return within("_", token.tokens);
      case "del":
        return within("~", token.tokens);
      case "codespan":
        return [{ is: "code" as const, text: token.text, marks, url: null }];
      case "br":
        return [BREAK];
      case "html":
        return htmlText(token).includes("\n") ? [BREAK] : [];
      case "link":
        return [linkSpan(token, "text", marks)];
      case "image":
        return [linkSpan(token, "image", marks)];
      case "checkbox":
        return [];
    }
  });
}

/** Slack formats nothing within a label, so the words of a link are one span. */
function linkSpan(link: Tokens.Link | Tokens.Image, is: Span["is"], marks: string): Span {
  const isLiteral = link.type === "link" && link.autolink === true;
  const words = isLiteral ? link.text : wordsOf(spansOf(link.tokens, ""));
  const text = is === "image" && words === "" ? "image" : words;
  return { is, text, marks, url: isLiteral ? link.href : decoded(link.href) };
}

function lineOf(of: Token, spans: Span[] = []): Line {
  return { of, quoted: false, lead: "", spans };
}

function textSpan(text: string, marks: string): Span {
  return { is: "text", text, marks, url: null };
}

function wordsOf(spans: Span[]): string {
  return spans
    .map(({ text }) => text)
    .join("")
    .replace(/\s+/g, " ")
    .trim();
}

/** The text of HTML, in which what begins a new line for a reader does. */
function htmlText({ text }: Tokens.HTML | Tokens.Tag): string {
  if (/^\s*<(?:script|style)\b/i.test(text)) return "";
  return text
    .replace(/<!--[\s\S]*?(?:-->|$)/g, "")
    .replace(/<(?:br|\/(?:details|div|h[1-6]|li|p|summary|tr))\b[^<>]*>/gi, "\n")
    .replace(/<[/!?a-z][^<>]*>/gi, "");
}

/** Text with its character references as characters, in one line whatever they are. */
function decoded(source: string): string {
  const text = source.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi,
    (all, decimal?: string, hexadecimal?: string, name?: string) => {
      if (name !== undefined) return CHARACTERS.get(name.toLowerCase()) ?? all;
      const code = decimal === undefined ? parseInt(hexadecimal ?? "", 16) : Number(decimal);
      return code > 0x10ffff ? "\ufffd" : String.fromCodePoint(code);
    },
  );
  return cleanText(text).replace(/\s/g, " ");
}
