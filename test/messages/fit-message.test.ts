import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutMrkdwn, fitMessage, plainFallback } from "../../src/messages/fit-message.ts";
import { checkBlocks } from "../../src/sandbox/check-blocks.ts";
import { escapeMrkdwn, mrkdwnLink } from "../../src/slack/mrkdwn.ts";

const WORDS = /<[^<>]*>|&(?:amp|lt|gt);|[\s\S]/gu;

/** mrkdwn as our messages are made of: escaped text, links, mentions, line breaks. */
const mrkdwn = fc
  .array(
    fc.tuple(
      fc.oneof(
        fc.constantFrom("word ", "é", "👍🏽", "\n", "&amp;", "&lt;", "&gt;", "<!here>", "<@U012>"),
        fc.string({ maxLength: 30 }).map(escapeMrkdwn),
        fc.webUrl().map((url) => mrkdwnLink(url, "a <label> & more 👍")),
      ),
      fc.integer({ min: 1, max: 700 }),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => parts.map(([part, times]) => part.repeat(times)).join(""));

/** Whether `part` ends (and `rest` begins) between the words of mrkdwn, not inside one. */
function isWhole(part: string): boolean {
  const words = part.match(WORDS) ?? [];
  return words.join("") === part && !words.some((word) => word === "<" || word === "&");
}

function sectionsOf(text: string): string[] {
  const { blocks } = fitMessage({ text, blocks: null });
  return (blocks ?? []).map((block) => (block["text"] as { text: string }).text);
}

describe("a message", () => {
  it("becomes sections within Slack's limits, nothing cut inside a link, an entity or a character", () => {
    fc.assert(
      fc.property(mrkdwn, (text) => {
        const message = fitMessage({ text, blocks: null });
        expect(checkBlocks(message.blocks)).toEqual([]);
        expect(message.text.length).toBeLessThanOrEqual(4_000);
        expect(message.text.isWellFormed()).toBe(true);
        expect(isWhole(message.text)).toBe(true);
        for (const section of sectionsOf(text)) {
          expect(section.length).toBeLessThanOrEqual(3_000);
          expect(section.isWellFormed()).toBe(true);
          expect(isWhole(section)).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("loses nothing but white space between its sections", () => {
    fc.assert(
      fc.property(mrkdwn, (text) => {
        fc.pre(text.trim() !== "" && text.length < 100_000);
        expect(sectionsOf(text).join("").replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
      }),
      { numRuns: 150 },
    );
  });

  it("is one section where it is short, in which Slack finds no mentions of its own", () => {
    expect(fitMessage({ text: "a\nb", blocks: null })).toEqual({
      text: "a\nb",
      blocks: [{ type: "section", text: { type: "mrkdwn", text: "a\nb", verbatim: true } }],
    });
  });

  it("breaks at the end of a line where there is one near", () => {
    const [first, second] = sectionsOf(`${"a".repeat(2_500)}\n${"b".repeat(2_500)}`);
    expect([first?.length, second?.length]).toEqual([2_500, 2_500]);
  });

  it("has at most fifty blocks", () => {
    expect(sectionsOf("word ".repeat(60_000))).toHaveLength(50);
    const blocks = Array.from({ length: 60 }, () => ({ type: "divider" }));
    expect(fitMessage({ text: "t", blocks }).blocks).toHaveLength(50);
  });

  it("keeps the blocks it has", () => {
    const blocks = [{ type: "divider" }];
    expect(fitMessage({ text: "t", blocks })).toEqual({ text: "t", blocks });
  });

  it("becomes its text where its blocks are larger than anything Slack takes", () => {
    const blocks = [{ type: "section", text: { type: "mrkdwn", text: "x".repeat(300_000) } }];
    expect(fitMessage({ text: "t", blocks })).toEqual(fitMessage({ text: "t", blocks: null }));
  });

  it("is never empty", () => {
    for (const text of ["", " \n\t "]) {
      expect(fitMessage({ text, blocks: null })).toEqual({
        text: "(empty message)",
        blocks: [expect.objectContaining({ type: "section" })],
      });
    }
  });
});

describe("mrkdwn that is cut", () => {
  it("is the beginning, with an ellipsis, within the limit", () => {
    fc.assert(
      fc.property(mrkdwn, fc.integer({ min: 200, max: 3_000 }), (text, max) => {
        const cut = cutMrkdwn(text, max);
        expect(cut.length).toBeLessThanOrEqual(max);
        const isBeginning = cut.endsWith("…") && text.startsWith(cut.slice(0, -1));
        expect(text.length <= max ? cut === text : isBeginning).toBe(true);
        expect(isWhole(cut)).toBe(true);
        expect(cut.isWellFormed()).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

it("the plain form that stands in for refused blocks has none", () => {
  const fallback = plainFallback("word ".repeat(2_000));
  expect(fallback.blocks).toBeNull();
  expect(fallback.text.length).toBeLessThanOrEqual(3_000);
});
