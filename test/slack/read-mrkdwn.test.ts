import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { escapeMrkdwn } from "../../src/slack/mrkdwn.ts";
import { mentionsIn, readMrkdwn } from "../../src/slack/read-mrkdwn.ts";

const NAMES: Record<string, string> = { U0000000001: "Amina Diallo", W1: "Wei" };

function read(text: string): string {
  return readMrkdwn(text, (id) => (Object.hasOwn(NAMES, id) ? (NAMES[id] ?? null) : null));
}

/** Pieces of markup, whole and broken. */
const markup = fc.string({
  unit: fc.oneof(
    fc.constantFrom("<", ">", "|", "<@", "<#", "<!", "@", "&", "&lt;", "&gt;", "&amp;", "&amp;lt;"),
    fc.constantFrom(
      "<@U0000000001>",
      "<@U9|x>",
      "<!here>",
      "<https://x.test/|x>",
      "U9",
      "^",
      "mailto:",
    ),
    fc.string({ unit: "binary", maxLength: 3 }),
  ),
  maxLength: 20,
});

describe("a message's text as people read it", () => {
  test.for<[text: string, read: string]>([
    // People
    ["<@U0000000001> please", "@Amina Diallo please"],
    ["<@U0000000001|amina>", "@Amina Diallo"],
    ["<@U0000000009|bruno>", "@bruno"],
    ["<@U0000000009>", "@U0000000009"],
    ["<@W1> and <@W1>", "@Wei and @Wei"],
    ["<@constructor> <@__proto__>", "@constructor @__proto__"],
    // Channels
    ["<#C0000000001|general>", "#general"],
    ["<#C0000000001|>", "#C0000000001"],
    ["<#C0000000001>", "#C0000000001"],
    // Specials
    ["<!here> <!channel> <!everyone>", "@here @channel @everyone"],
    ["<!here|here>", "here"],
    ["<!subteam^S0000000001|@managers>", "@managers"],
    ["<!subteam^S0000000001>", "@subteam"],
    [
      "<!date^1392734382^Posted {date_num} {time_secs}|Posted 2014-02-18 6:39:42 AM PST>",
      "Posted 2014-02-18 6:39:42 AM PST",
    ],
    ["<!date^1392734382^{date}^https://x.test/|18 February>", "18 February"],
    // Links
    ["<https://x.test/a>", "https://x.test/a"],
    ["<https://x.test/a|the page>", "the page (https://x.test/a)"],
    ["<https://x.test/a|https://x.test/a>", "https://x.test/a"],
    ["<http://x.test|x.test>", "x.test (http://x.test)"],
    ["<https://x.test/?a=1&amp;b=2>", "https://x.test/?a=1&b=2"],
    ["<https://x.test/?a=1&amp;b=2|https://x.test/?a=1&amp;b=2>", "https://x.test/?a=1&b=2"],
    ["<https://x.test/|a &lt; b>", "a < b (https://x.test/)"],
    ["<mailto:a@b.test|a@b.test>", "a@b.test"],
    ["<mailto:a@b.test|Amina>", "Amina (a@b.test)"],
    ["<tel:+4912345|12345>", "12345 (tel:+4912345)"],
    // Entities
    ["a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"],
    ["&amp;lt;b&amp;gt;", "&lt;b&gt;"],
    ["&lt;!channel&gt; &lt;@U0000000001&gt;", "<!channel> <@U0000000001>"],
    ["&quot; &#39; &nbsp; &LT;", "&quot; &#39; &nbsp; &LT;"],
    // What is no markup
    ["a < b", "a < b"],
    ["a > b", "a > b"],
    ["<", "<"],
    ["<>", ""],
    ["<|>", ""],
    ["<https://x.test/|b|c>", "b|c (https://x.test/)"],
    ["<<https://x.test/>>", "<https://x.test/>"],
    ["*bold* _it_ ~gone~ `code`", "bold it gone `code`"],
    ["*_both_* (~x~), a_b_c 2*3*4 ** *a b*!", "both (x), a_b_c 2*3*4 ** a b!"],
    ["*one\ntwo*", "*one\ntwo*"],
    ["one\ntwo", "one\ntwo"],
    ["", ""],
  ])("%j reads %j", ([text, words]) => {
    expect(read(text)).toBe(words);
  });

  test.for<[text: string, read: string]>([
    ["<https://x.test/a|>", "https://x.test/a"],
    ["<@U0000000009|>", "@U0000000009"],
    ["<!here|>", "@here"],
  ])("%j has an empty label, which is none: %j", ([text, words]) => {
    expect(read(text)).toBe(words);
  });

  it("is made of anything without an exception", () => {
    fc.assert(
      fc.property(markup, (text) => {
        expect(typeof read(text)).toBe("string");
        expect(mentionsIn(text).every((id) => /^[UW][A-Z0-9]+$/.test(id))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it("is plain text where there is no markup, however often it is read", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }).map((text) => text.replace(/[<>&]/g, "")),
        (text) => {
          expect(read(text)).toBe(text);
        },
      ),
    );
  });

  it("is what was meant by somebody who escaped it", () => {
    const unchanged = fc
      .string({
        unit: fc.oneof(
          fc.constantFrom("<", ">", "&", "&lt;", "<@U0000000001>"),
          fc.string({ unit: "grapheme", maxLength: 1 }),
        ),
      })
      .filter((text) => !/[\p{Cc}\p{Cf}*~`_\uff0a\uff3f\uff40]/u.test(text));
    fc.assert(
      fc.property(unchanged, (text) => {
        expect(read(escapeMrkdwn(text))).toBe(text);
      }),
    );
  });

  it("is read in a time that grows with its length, whatever is in it", () => {
    for (const piece of ["<", "<a", "<a|", "|", "&", "<@U1", "<|<"]) {
      const text = piece.repeat(20_000);
      expect(read(text)).toBe(text);
    }
  });

  it("asks who somebody is by the id alone", () => {
    const asked: string[] = [];
    readMrkdwn("<@U1> <@U2|x> <#C1> <!here> <https://x.test/@U3>", (id) => {
      asked.push(id);
      return null;
    });
    expect(asked).toEqual(["U1", "U2"]);
  });
});

describe("the people that a text mentions", () => {
  test.for<[text: string, ids: string[]]>([
    ["<@U1> and <@W2|wei>, <@U1> again", ["U1", "W2"]],
    ["&lt;@U1&gt; @U2 <#C1> <!subteam^S1>", []],
    ["<@B1> <@u1> <@>", []],
    ["", []],
  ])("of %j are %j", ([text, ids]) => {
    expect(mentionsIn(text)).toEqual(ids);
  });
});
