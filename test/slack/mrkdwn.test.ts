import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { renderMrkdwn } from "../../src/slack-look/render-mrkdwn.ts";
import { cutText, escapeMrkdwn, mrkdwnLink, webAddress } from "../../src/slack/mrkdwn.ts";

/** Text of the kind that tries to break out. */
const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom("<", ">", "|", "!", "@", "&", "&lt;", "here", "U01", "*", "_", "~", "`", "\n"),
    fc.constantFrom("https://evil.test", "javascript:", "\u202e", "\u0000", " ", "\\", "👍"),
    fc.string({ unit: "binary", maxLength: 3 }),
  ),
  maxLength: 30,
});

/** What Slack shows for escaped text. */
function shown(escaped: string): string {
  return escaped
    .replace(
      /[\u2217\u223c\u02cb\u02cd]/g,
      (each) => ({ "\u2217": "*", "\u223c": "~", "\u02cb": "`" })[each] ?? "_",
    )
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

describe("escaped text", () => {
  it("has no bracket and no ampersand but those of entities", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const escaped = escapeMrkdwn(text);
        expect(escaped).not.toMatch(/[<>]/);
        expect(escaped).not.toMatch(/&(?!(amp|lt|gt);)/);
      }),
      { numRuns: 1_000 },
    );
  });

  it("has no character that formats", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const escaped = escapeMrkdwn(text);
        expect(escaped).not.toMatch(/[*~`]/);
        expect(escaped).not.toMatch(/(^|[^\p{L}\p{N}])_|_([^\p{L}\p{N}]|$)/u);
      }),
      { numRuns: 1_000 },
    );
  });

  it("is not formatted by what draws Slack's messages in our own stand-in", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const drawn = JSON.stringify(
          renderMrkdwn(escapeMrkdwn(text), { names: () => undefined, verbatim: true }),
        );
        expect(drawn).not.toMatch(/<(strong|em|del|code|pre)/);
      }),
      { numRuns: 1_000 },
    );
  });

  it("is shown as it was, but for what is invisible", () => {
    const visible = fc
      .string({ unit: "grapheme" })
      .filter((text) => !/[\p{Cc}\u2217\u223c\u02cb\u02cd\uff0a\uff3f\uff40]/u.test(text));
    fc.assert(
      fc.property(visible, (text) => {
        expect(shown(escapeMrkdwn(text))).toBe(text);
      }),
    );
  });

  test.for([
    ["<!channel>", "&lt;!channel&gt;"],
    ["a & b &amp; c", "a &amp; b &amp;amp; c"],
    ["my_branch_name", "my_branch_name"],
    ["größe_ä", "größe_ä"],
    ["_it_", "\u02cdit\u02cd"],
    ["a\r\nb\rc", "a\nb\nc"],
    ["a\u202etxt.exe\u2066\u0007", "atxt.exe"],
    ["\ttab", "\ttab"],
    ["", ""],
  ] as const)("%j is %j", ([text, escaped]) => {
    expect(escapeMrkdwn(text)).toBe(escaped);
  });
});

describe("a link", () => {
  it("cannot be broken out of, whatever its address and label are", () => {
    const address = fc.oneof(
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      hostile,
    );
    const url = fc.tuple(address, hostile).map(([start, more]) => start + more);
    fc.assert(
      fc.property(url, hostile, (href, label) => {
        const link = mrkdwnLink(href, label);
        const target = /^<(https?:\/\/[^<>|\s]+)\|[^<>|\n]+>$/i.exec(link)?.[1];
        const isWhole = target !== undefined && URL.canParse(target.replaceAll("&amp;", "&"));
        expect(isWhole || !/[<>|]/.test(link)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test.for<[url: string | null, label: string, link: string]>([
    ["https://x.test/a", "label", "<https://x.test/a|label>"],
    ["HTTPS://x.test/a", "label", "<https://x.test/a|label>"],
    ["https://x.test/?a=1&b=2", "a & b", "<https://x.test/?a=1&amp;b=2|a &amp; b>"],
    ["https://x.test/a|b", "a|b>", "<https://x.test/a%7Cb|a¦b&gt;>"],
    ["https://x.test/a b", "two\nlines", "<https://x.test/a%20b|two lines>"],
    ["https://x.test/>\n<!here>", "a", "<https://x.test/%3E%3C!here%3E|a>"],
    ["https://x.test/", "", "<https://x.test/|https://x.test/>"],
    ["javascript:alert(1)", "label", "label"],
    ["JavaScript://x.test/%0aalert(1)", "label", "label"],
    ["data:text/html,x", "label", "label"],
    ["mailto:a@example.com", "label", "label"],
    ["//x.test/a", "label", "label"],
    ["/relative", "label", "label"],
    ["https://", "label", "label"],
    ["", "a|<b>", "a¦&lt;b&gt;"],
    [null, "label", "label"],
  ])("to %j called %j is %j", ([url, label, link]) => {
    expect(mrkdwnLink(url, label)).toBe(link);
  });

  it("has no address where there is none of the web", () => {
    expect(webAddress("ftp://x.test/")).toBeNull();
    expect(webAddress(" https://x.test/")).toBeNull();
  });
});

describe("cut text", () => {
  it("has at most so many characters, and is the beginning", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 30 }),
        fc.integer({ min: 1, max: 20 }),
        (text, max) => {
          const cut = cutText(text, max);
          expect(Array.from(cut).length).toBeLessThanOrEqual(max);
          expect(text.startsWith(cut.replace(/…$/u, "")) || cut === text).toBe(true);
          expect(cut === text).toBe(Array.from(text).length <= max);
        },
      ),
    );
  });
});
