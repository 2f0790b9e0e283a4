import * as fc from "fast-check";
import { Marked } from "marked";
import { describe, expect, it, test } from "vitest";
import { escapeMarkdown, markdownLink } from "../../src/gitlab/escape-markdown.ts";
import { cleanText } from "../../src/slack/mrkdwn.ts";

/** Text of the kind that tries to do something in GitLab. */
const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      "\n",
      "\n\n",
      "\n    ",
      "\n\t",
      " ",
      "  ",
      "\\",
      "/",
      "/close",
      "@all",
      "@",
      "a",
      "1",
    ),
    fc.constantFrom(
      "#1",
      "!2",
      "~bug",
      "%3",
      "$4",
      "&5",
      "^6",
      "[x](y)",
      "![",
      "](",
      ")",
      "[^1]",
      "{+",
    ),
    fc.constantFrom(
      "```",
      "~~~",
      "`",
      "*",
      "_",
      "**",
      "- ",
      "+ ",
      "1. ",
      "2) ",
      "# ",
      "> ",
      ">>> ",
      "===",
    ),
    fc.constantFrom(
      "---",
      "***",
      "|",
      "|-|\n",
      ":-:",
      ":smile:",
      "<b>",
      "</b>",
      "<!--",
      "-->",
      "&lt;",
      "$$",
    ),
    fc.constantFrom(
      "[[_TOC_]]",
      "[ ] ",
      "a@b.test",
      "javascript:x",
      "\u202e",
      "\0",
      "é",
      "👍",
      "\u00a0",
    ),
    fc.string({ unit: "binary", maxLength: 3 }),
  ),
  maxLength: 30,
});

const markdown = new Marked({ gfm: true });

const ENTITIES: Record<string, string> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&amp;": "&",
};

/** What Markdown makes of a text: its elements, where its links lead, and what it reads. */
function rendered(source: string) {
  const html = markdown.parse(source, { async: false });
  return {
    elements: new Set(Array.from(html.matchAll(/<([^\s>/]+)/g), ([, name]) => name)),
    links: Array.from(html.matchAll(/<a href="([^"]*)"/g), ([, href]) => decoded(href ?? "")),
    text: bare(textOf(html)),
    /** What no link holds: there GitLab looks for people and issues. */
    outsideLinks: decoded(html.replace(/<a [^>]*>.*?<\/a>|<[^>]*>/gs, " ")),
  };
}

function textOf(html: string): string {
  return decoded(html.replace(/<[^>]*>/g, ""));
}

function decoded(html: string): string {
  return html.replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] ?? "");
}

/** An address as `marked` writes it: what is percent-encoded stays so. */
function inHtml(address: string): string {
  return encodeURI(address).replaceAll("%25", "%");
}

/** A text without white space and zero-width spaces, which may come and go. */
function bare(text: string): string {
  return text.replace(/[\s\u200b]/g, "");
}

/** Where there is none of these, nothing becomes a link. */
const ADDRESS_LIKE = /https?:\/\/|www\./i;

/** The elements that foreign text should not become. */
function beyondPlain(elements: ReadonlySet<string | undefined>): (string | undefined)[] {
  return [...elements].filter((name) => !["a", "br", "p"].includes(name ?? ""));
}

describe("foreign text in GitLab", () => {
  it("reads as it was, and is nothing but paragraphs", () => {
    fc.assert(
      fc.property(
        hostile.filter((text) => !ADDRESS_LIKE.test(text)),
        (text) => {
          const { elements, text: read } = rendered(escapeMarkdown(text));
          expect(beyondPlain(elements)).toEqual([]);
          expect(read).toBe(bare(cleanText(text)));
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it("commands nothing: no line begins with a slash", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(escapeMarkdown(text)).not.toMatch(/^[ \t]*\//m);
      }),
      { numRuns: 1_000 },
    );
  });

  it("refers to nothing: each sign that could has a backslash, which GitLab heeds", () => {
    fc.assert(
      fc.property(
        hostile.filter((text) => !ADDRESS_LIKE.test(text)),
        (text) => {
          const unescaped = escapeMarkdown(text).replace(/\\[^\n]/g, "");
          expect(unescaped).not.toMatch(/[`*_[\]<>~#|$!%&"^{}:]/);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it("mentions nobody, wherever it stands", () => {
    const lookalikes = hostile.map((text) => text.replaceAll("javascript:", "https:///"));
    fc.assert(
      fc.property(lookalikes, (text) => {
        expect(rendered(escapeMarkdown(text)).outsideLinks).not.toMatch(/@\w/);
      }),
      { numRuns: 1_000 },
    );
  });

  it("keeps its lines", () => {
    expect(rendered(escapeMarkdown("one\ntwo\n\nthree")).elements).toEqual(new Set(["p", "br"]));
    expect(escapeMarkdown("one\r\ntwo\rthree\n\nfour")).toBe("one\\\ntwo\\\nthree\n\nfour");
  });

  it("is text whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(escapeMarkdown(text).isWellFormed()).toBe(true);
      }),
    );
  });

  test.for<[text: string, escaped: string]>([
    // Quick actions: docs.gitlab.com/user/project/quick_actions
    ["/close", "\\/close"],
    ["  \t/close", "\\/close"],
    ["Hello\n/assign @root\n /close", "Hello\\\n\\/assign @\u200broot\\\n\\/close"],
    ["Hello\r/close", "Hello\\\n\\/close"],
    ["\u0000/close", "\\/close"],
    ["and/or", "and/or"],
    // People
    ["@all", "@\u200ball"],
    ["@_x", "@\u200b\\_x"],
    ["ask @root, @root/team", "ask @\u200broot, @\u200broot/team"],
    ["a@b.test", "a@\u200bb.test"],
    // References
    ["#1", "\\#1"],
    ["g/p!2", "g/p\\!2"],
    ["~bug", "\\~bug"],
    ['%"17.0"', '\\%\\"17.0\\"'],
    ["$4", "\\$4"],
    ["&5", "\\&5"],
    ["^6", "\\^6"],
    ["[vulnerability:7]", "\\[vulnerability\\:7\\]"],
    // HTML
    ["<b>&lt;", "\\<b\\>\\&lt;"],
    ["<!-- x -->", "\\<\\!-- x --\\>"],
    // Formatting
    ["[a](b) ![c](d)", "\\[a\\](b) \\!\\[c\\](d)"],
    ["```\nx\n```", "\\`\\`\\`\\\nx\\\n\\`\\`\\`"],
    ["- a\n+ b\n* c\n1. d\n2) e", "\\- a\\\n\\+ b\\\n\\* c\\\n1\\. d\\\n2\\) e"],
    ["a\n===\nb\n---", "a\\\n\\===\\\nb\\\n\\---"],
    ["# a\n> b", "\\# a\\\n\\> b"],
    ["    code", "code"],
    ["a|b\n-|-", "a\\|b\\\n\\-\\|-"],
    [":tada:", "\\:tada\\:"],
    ["\\*", "\\\\\\*"],
    ["3.5 is - as 2 + 2 = 4 -", "3\\.5 is - as 2 + 2 = 4 -"],
    ["", ""],
  ])("%j is written %j", ([text, escaped]) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });

  it("mentions nobody whose name begins with a dot", () => {
    // GitLab's PATH_START_CHAR is [a-zA-Z0-9_.].
    expect(escapeMarkdown("@.hidden")).not.toContain("@.");
  });
});

describe("an address in foreign text", () => {
  test.for([
    "https://x.test/",
    "https://x.test/a_b_c",
    "https://x.test/*a*/~b~/|c|",
    "https://x.test/?a=1&b=%20#note_7",
    "https://x.test/@root",
    "http://x.test:8080/a/-/issues/1",
    "https://gitlab.com/g/p/-/compare/a...b",
    "https://gitlab.com/g/p/-/issues?label_name[]=bug_report",
    "https://en.wikipedia.org/wiki/A_(b)_c",
    "https://x.test/it's_a_b",
  ])("stays whole, and leads where it led: %s", (address) => {
    for (const text of [address, `see ${address}`, `${address} there`]) {
      const { links, text: read } = rendered(escapeMarkdown(text));
      expect([text, links]).toEqual([text, [inHtml(address)]]);
      expect(read).toBe(bare(text));
    }
  });

  it("at the end of a line is followed by another line", () => {
    const { elements, links } = rendered(escapeMarkdown("https://x.test/a\nthanks"));
    expect(links).toEqual(["https://x.test/a"]);
    expect(elements).toEqual(new Set(["p", "a", "br"]));
  });

  it("without a scheme reads as it was", () => {
    expect(rendered(escapeMarkdown("www.x.test/my_page_a")).text).toBe("www.x.test/my_page_a");
  });

  it("that is none formats nothing", () => {
    const pieces = fc.constantFrom(
      "https://",
      "http://",
      "/",
      "_x",
      "*a*",
      "**",
      "~~a~~",
      "a",
      ".",
      " ",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (words) => {
        const { elements } = rendered(escapeMarkdown(words.join("")));
        expect(beyondPlain(elements)).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it("reads as it was between other things", () => {
    const address = fc.webUrl({ withQueryParameters: true, withFragments: true });
    const between = fc.constantFrom(" ", "\n", "\n\n", " \n", ", ", ") ", " (", "> ");
    fc.assert(
      fc.property(fc.array(fc.tuple(between, address, between, hostile)), (parts) => {
        const text = parts.flat().join("");
        const { elements, text: read } = rendered(escapeMarkdown(text));
        expect(beyondPlain(elements)).toEqual([]);
        expect(read).toBe(bare(cleanText(text)));
      }),
      { numRuns: 500 },
    );
  });
});

describe("a link in GitLab", () => {
  const ADDRESS = "https://x.test/a";

  it("reads as its label and leads to its address, whatever the label is", () => {
    const label = hostile
      // `marked` takes `\\[x\\](y)` inside a label for its end, which CommonMark does not.
      .map((text) => text.replaceAll("](", "] ("))
      .filter((text) => bare(cleanText(text)) !== "");
    fc.assert(
      fc.property(label, (text) => {
        const { elements, links, text: read } = rendered(`See ${markdownLink(ADDRESS, text)}.`);
        expect(elements).toEqual(new Set(["p", "a"]));
        expect(links).toEqual([ADDRESS]);
        expect(read).toBe(`See${bare(cleanText(text))}.`);
      }),
      { numRuns: 3_000 },
    );
  });

  it("may be called like another address, and leads to its own", () => {
    const { links, text } = rendered(markdownLink(ADDRESS, "https://y.test/a_b"));
    expect([links, text]).toEqual([[ADDRESS], "https://y.test/a_b"]);
  });

  it("cannot be left early, whatever its address is", () => {
    const address = fc
      .tuple(fc.webUrl({ withQueryParameters: true }), hostile)
      .map(([start, more]) => cleanText(start + more));
    fc.assert(
      fc.property(address, (url) => {
        const { elements, links, text } = rendered(`See ${markdownLink(url, "this")}.`);
        expect(elements).toEqual(new Set(["p", "a"]));
        expect(links).toHaveLength(1);
        expect(text).toBe("Seethis.");
      }),
      { numRuns: 1_000 },
    );
  });

  test.for<[address: string, label: string, link: string]>([
    ["https://x.test/a", "label", "[label](<https://x.test/a>)"],
    ["https://x.test/(a)_b", "a_b", "[a\\_b](<https://x.test/(a)_b>)"],
    ["https://x.test/<a>\\ b", "a", "[a](<https://x.test/%3Ca%3E%5C%20b>)"],
    ["https://x.test/", "a](b)\n\nc", "[a\\](b) c](<https://x.test/>)"],
    ["https://x.test/", "@all", "[@\u200ball](<https://x.test/>)"],
  ])("to %j called %j is %j", ([address, label, link]) => {
    expect(markdownLink(address, label)).toBe(link);
  });
});
