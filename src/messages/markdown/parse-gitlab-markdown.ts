import { Lexer, type Token, Tokenizer, type Tokens } from "marked";
import { cleanText } from "../../slack/mrkdwn.ts";

/** Deeper than people write, and so shallow that nesting costs neither time nor the stack. */
const MAX_DEPTH = 12;
/** Characters in which the end of emphasis may be looked for in vain. */
const MAX_LOOKED_THROUGH = 100_000;

/** GitLab's YAML at the start of a text; a rule, prose and another rule are not that. */
const FRONT_MATTER = /^---[ \t]*\n(?=[\w-]+:)[\s\S]*?\n---[ \t]*(?:\n|$)/;
const MATH = /\$(`[^`\n]+`)\$/g;

/**
 * The tokens of GitLab Markdown, of which no more than `limit` characters are read; `cut` says
 * whether there were more.
 *
 * @see https://docs.gitlab.com/user/markdown/
 */
export function parseGitlabMarkdown(
  source: string,
  limit: number,
): { tokens: Token[]; cut: boolean } {
  const shown = withoutComments(source, limit);
  const read = cleanText(beginning(shown, limit)).replace(FRONT_MATTER, "").replace(MATH, "$1");
  const tokenizer = new GitlabTokenizer();
  // Silent: a fault of the parser may cost the rest of a text, but not the message.
  const lexer = new Lexer({ gfm: true, breaks: true, silent: true, tokenizer });
  // Keeps a `*` in the label of a reference from closing emphasis, and takes quadratic time for it.
  tokenizer.rules.inline = { ...tokenizer.rules.inline, reflinkSearch: /(?!)/g };
  return { tokens: lexer.lex(read), cut: shown.length > limit };
}

/**
 * The beginning of a text, a little more than `limit` of it, without the comments that stand on
 * lines of their own: templates of issues begin with long ones, for whoever fills them in.
 */
function withoutComments(source: string, limit: number): string {
  let text = "";
  let at = 0;
  while (text.length <= limit && at < source.length) {
    const open = source.indexOf("<!--", at);
    if (open < 0) return text + source.slice(at, at + limit + 1);
    const ownLine = open === 0 || source[open - 1] === "\n";
    const close = ownLine ? source.indexOf("-->", open) : open + 1;
    text += source.slice(at, Math.min(ownLine ? open : close + 3, at + limit + 1));
    // One that is never closed hides the rest.
    if (close < 0) return text;
    at = close + 3;
  }
  return text;
}

/** Whole lines where there are some, so that no link is torn. */
function beginning(source: string, limit: number): string {
  const head = source.slice(0, limit);
  const end = source.length > limit ? head.lastIndexOf("\n") : limit;
  return (end > limit / 2 ? head.slice(0, end) : head).replace(/[\ud800-\udbff]$/, "");
}

/** marked's, with GitLab's own syntax, and with limits: strangers choose what it reads. */
class GitlabTokenizer extends Tokenizer {
  #depth = 0;
  #patience = MAX_LOOKED_THROUGH;

  override blockquote(src: string): Tokens.Blockquote | undefined {
    return this.#nested(() => this.#fencedQuote(src) ?? super.blockquote(src));
  }

  override list(src: string): Tokens.List | undefined {
    return this.#nested(() => super.list(src));
  }

  override emStrong(src: string, masked: string, prev = ""): ReturnType<Tokenizer["emStrong"]> {
    const opens = src.startsWith("*") || (src.startsWith("_") && !/[\p{L}\p{N}]/u.test(prev));
    return opens ? this.#closed(src, () => super.emStrong(src, masked, prev)) : undefined;
  }

  /** A single `~` begins the name of a label. */
  override del(src: string, masked: string, prev?: string): Tokens.Del | undefined {
    const opens = src.startsWith("~~");
    return opens ? this.#closed(src, () => super.del(src, masked, prev)) : undefined;
  }

  /** GitLab's editor writes the size of an image behind it: `![a](b.png){width=600 height=400}`. */
  override link(src: string): ReturnType<Tokenizer["link"]> {
    const token = super.link(src);
    if (token?.type === "image")
      token.raw += /^\{[^{}\n]*\}/.exec(src.slice(token.raw.length))?.[0] ?? "";
    return token;
  }

  // marked's patterns for these three look through the rest of the text before they fail.

  override table(src: string): Tokens.Table | undefined {
    const [, header = "", rule = ""] = /^(.*)\n([ \t|:-]+)(?:\n|$)/.exec(src) ?? [];
    const isTable = /[|:]/.test(rule) && columns(header) === columns(rule);
    return isTable ? super.table(src) : undefined;
  }

  override url(src: string): Tokens.Link | undefined {
    return /^(?:https?:|www\.|[\w.+-]{1,64}@)/i.test(src) ? super.url(src) : undefined;
  }

  override inlineText(src: string): Tokens.Text | undefined {
    return super.inlineText(src.slice(0, 500));
  }

  /** A quote between two lines of `>>>`. */
  #fencedQuote(src: string): Tokens.Blockquote | undefined {
    const [raw, text] = /^>>>[ \t]*\n([\s\S]*?)\n>>>[ \t]*(?=\n|$)/.exec(src) ?? [];
    if (raw === undefined || text === undefined) return undefined;
    const { state } = this.lexer;
    const { top } = state;
    state.top = true;
    const tokens = this.lexer.blockTokens(text);
    state.top = top;
    return { type: "blockquote", raw, text, tokens };
  }

  /** What opens and is never closed is looked for to the end of the text, each time. */
  #closed<T>(src: string, read: () => T): T | undefined {
    if (this.#patience <= 0) return undefined;
    const token = this.#nested(read);
    if (token === undefined) this.#patience -= src.length;
    return token;
  }

  #nested<T>(read: () => T): T | undefined {
    if (this.#depth === MAX_DEPTH) return undefined;
    this.#depth += 1;
    try {
      return read();
    } finally {
      this.#depth -= 1;
    }
  }
}

function columns(row: string): number {
  const cells = row.trim().replace(/^\||(?<!\\)\|$/g, "");
  return cells === "" ? 0 : cells.split(/(?<!\\)\|/).length;
}
