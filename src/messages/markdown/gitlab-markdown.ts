import { codeBlockMrkdwn, codeMrkdwn, escapeMrkdwn, mrkdwnLink } from "../../slack/mrkdwn.ts";
import { honestLabel, linkTarget } from "./markdown-link.ts";
import { markdownLines, type Line, type Span } from "./markdown-lines.ts";
import { parseGitlabMarkdown } from "./parse-gitlab-markdown.ts";

/** Where a text stands and how much of it is shown. */
export type MarkdownOptions = {
  /** Characters (code points) of visible text at most. */
  max: number;
  /** Lines at most (list items, paragraphs' lines, code lines each count as one); absent: no limit */
  maxLines?: number;
  /** Project's web address, for GitLab's short references and relative links; null: unknown */
  projectUrl: string | null;
};

/** A text, and whether something was left out. */
type Written = { text: string; cut: boolean };

/** How lines are written in the end. */
type Writer = {
  /** What a reader sees of a span. */
  seen: (span: Span) => string;
  line: (spans: Span[]) => string;
  code: (text: string) => string;
};

const ZERO_WIDTH_SPACE = "\u200b";
/** Letters, digits and marks. */
const WORD_START = /^[\p{L}\p{M}\p{N}*_~`]/u;
const WORD_END = /[\p{L}\p{M}\p{N}*_~`]$/u;
/** Markup takes more room than what is seen of it. */
const SOURCE_PER_CHARACTER = 2;
const MORE_SOURCE = 600;
/** The parser's time is quadratic in places. */
const MAX_SOURCE = 8_000;

const MRKDWN: Writer = { seen: ({ text }) => text, line: mrkdwnLine, code: codeBlockMrkdwn };

const PLAIN: Writer = { seen: plainSpan, line: plainLine, code: (text) => text };

/**
 * GitLab Markdown as Slack's mrkdwn, safe and bounded; `cut` says whether something was left out,
 * and then the text ends with an ellipsis. The fences of a code block stand on lines of their own.
 */
export function markdownToMrkdwn(source: string, options: MarkdownOptions): Written {
  return write(source, options, MRKDWN);
}

/**
 * GitLab Markdown as the text that a person would read, without any formatting; bounded like the
 * mrkdwn. It is foreign text as it is, so `plainText` or `escapeMrkdwn` comes before Slack.
 */
export function markdownToPlain(source: string, options: MarkdownOptions): Written {
  return write(source, options, PLAIN);
}

function write(source: string, options: MarkdownOptions, writer: Writer): Written {
  const room = Math.min(options.max * SOURCE_PER_CHARACTER + MORE_SOURCE, MAX_SOURCE);
  const parsed = parseGitlabMarkdown(source, room);
  const lines = markdownLines(parsed.tokens).map((line) => ({
    ...line,
    spans: line.spans.map((span) => linked(span, options.projectUrl)),
  }));
  const all = take(lines, options.max, options, writer);
  if (!parsed.cut && !all.cut) return { text: join(lines, writer), cut: false };
  const text = join(take(lines, options.max - 1, options, writer).lines, writer);
  const isFence = writer === MRKDWN && text.endsWith("```");
  return { text: `${text}${isFence ? "\n" : ""}…`, cut: true };
}

/** As many lines as there is room for, and of the last one as much; `cut` when that is not all. */
function take(
  lines: Line[],
  max: number,
  { maxLines = Infinity }: MarkdownOptions,
  writer: Writer,
): { lines: Line[]; cut: boolean } {
  const kept: Line[] = [];
  let room = max + 1;
  let rows = maxLines;
  for (const line of lines) {
    room -= 1 + length(prefixOf(line));
    rows -= line.of.type === "space" ? 0 : 1;
    if (room < 0 || rows < 0) break;
    const spans: Span[] = [];
    for (const span of line.spans) {
      const size = length(writer.seen(span));
      if (size <= room) spans.push(span);
      // A torn label could pretend to be another address, so it goes nowhere.
      else if (room > 0) spans.push({ ...span, text: first(span.text, room), url: null });
      room -= size;
    }
    kept.push({ ...line, spans });
  }
  const isAll = kept.length === lines.length && room >= 0;
  const end = kept.findLastIndex(({ spans }) => spans.some(({ text }) => text.trim() !== ""));
  return { lines: kept.slice(0, end + 1), cut: !isAll };
}

/** A span with the address that it leads to, and with words that do not deny it. */
function linked(span: Span, projectUrl: string | null): Span {
  const url = span.url === null ? null : linkTarget(span.url, projectUrl);
  return { ...span, url, text: url === null ? span.text : honestLabel(span.text, url) };
}

function join(lines: Line[], writer: Writer): string {
  const parts: string[] = [];
  let code: string[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.of.type === "code") code.push(line.spans[0]?.text ?? "");
    else parts.push(`${prefixOf(line)}${writer.line(line.spans)}`.trimEnd());
    if (code.length === 0 || lines[index + 1]?.of === line.of) continue;
    parts.push(writer.code(code.join("\n")));
    code = [];
  }
  return parts.join("\n");
}

/** Slack shows a bar for one `>` and no deeper quotes; a block of code has a frame of its own. */
function prefixOf({ of, quoted, lead }: Line): string {
  return of.type === "code" ? "" : (quoted ? "> " : "") + lead;
}

/** Spans with their marks, which open before a word and close behind one, the last one first. */
function mrkdwnLine(spans: Span[]): string {
  const parts: string[] = [];
  let open = "";
  let gap = "";
  for (const span of spans) {
    const text = mrkdwnSpan(span);
    const words = text.trim();
    if (words === "") {
      gap += text;
      continue;
    }
    const { marks } = span;
    const kept = sharedLength(open, marks);
    const closing = reversed(open.slice(kept));
    const opening = marks.slice(kept) + words;
    const start = text.indexOf(words);
    gap += text.slice(0, start);
    const before = closing || (parts.at(-1) ?? "");
    const parting = gap === "" && doMeet(before, opening) ? ZERO_WIDTH_SPACE : "";
    parts.push(closing + gap + parting + opening);
    open = marks;
    gap = text.slice(start + words.length);
  }
  // Slack takes the escaped character at the start of a line for a quote's.
  const line = (parts.join("") + reversed(open)).trim();
  return line.replace(/^&gt;/, `${ZERO_WIDTH_SPACE}$&`);
}

function mrkdwnSpan({ is, text, url }: Span): string {
  if (is === "code") return codeMrkdwn(text);
  const shown = url === null ? escapeMrkdwn(text) : mrkdwnLink(url, text);
  return is === "image" ? `:frame_with_picture: ${shown}` : shown;
}

function plainLine(spans: Span[]): string {
  return spans.map(plainSpan).join("").trim();
}

function plainSpan({ text, url }: Span): string {
  const bare = (address: string): string => address.replace(/^https?:\/\//i, "").replace(/\/$/, "");
  return url === null || bare(url) === bare(text) ? text : `${text} (${url})`;
}

/** Slack formats only at the edge of a word. */
function doMeet(before: string, next: string): boolean {
  const isAtMark = /[*_~`]/.test(before.slice(-1) + next.slice(0, 1));
  return isAtMark && WORD_END.test(before.slice(-2)) && WORD_START.test(next);
}

function sharedLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

function reversed(marks: string): string {
  return Array.from(marks).reverse().join("");
}

function length(text: string): number {
  return Array.from(text).length;
}

function first(text: string, count: number): string {
  return Array.from(text).slice(0, count).join("");
}
