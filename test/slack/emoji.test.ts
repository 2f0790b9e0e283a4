import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { EMOJI_ALIASES } from "../../src/slack/emoji-aliases.ts";
import { foldEmoji } from "../../src/slack/emoji.ts";

describe("the one name of an emoji", () => {
  test.for<[name: string, folded: string]>([
    ["+1", "+1"],
    ["thumbsup", "+1"],
    ["thumbsdown", "-1"],
    ["poop", "hankey"],
    ["shit", "hankey"],
    ["flag-gb", "gb"],
    ["uk", "gb"],
    ["raised_hand", "hand"],
    [":thumbsup:", "+1"],
    ["ThumbsUp", "+1"],
    ["thumbsup::skin-tone-6", "+1"],
    [":+1::skin-tone-2:", "+1"],
    ["people_holding_hands::skin-tone-2::skin-tone-5", "people_holding_hands"],
    ["ticket", "ticket"],
    [":Our_Fox:", "our_fox"],
    // An emoji by itself, and names that only look as if they had a tone.
    ["skin-tone-6", "skin-tone-6"],
    [":skin-tone-6:", "skin-tone-6"],
    ["hand::skin-tone-7", "hand::skin-tone-7"],
    ["a:b", "a:b"],
  ])("for %s is %s", ([name, folded]) => {
    expect(foldEmoji(name)).toBe(folded);
  });

  test.for([
    "",
    "__proto__",
    "constructor",
    "tostring",
    "hasownproperty",
    "\u202e",
    "\ud83d",
    "👍",
    " ",
  ])("for %j is no other", (name) => {
    expect(foldEmoji(name)).toBe(name);
  });

  it("is nothing where there is nothing but colons", () => {
    expect([foldEmoji(":"), foldEmoji("::::")]).toEqual(["", ""]);
  });

  it("is the same when it is folded again", () => {
    const name = fc.string({
      unit: fc.oneof(
        fc.constantFrom(":", "::", "::skin-tone-3", "skin-tone-6", "-", "Thumbs", "up", "+1"),
        fc.string({ unit: "binary", maxLength: 2 }),
      ),
      maxLength: 12,
    });
    fc.assert(
      fc.property(name, (each) => {
        expect(foldEmoji(foldEmoji(each))).toBe(foldEmoji(each));
      }),
      { numRuns: 500 },
    );
  });
});

describe("the table of aliases", () => {
  it("gives every name to one emoji", () => {
    const names = EMOJI_ALIASES.flatMap((line) => line.split(" "));
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[a-z0-9_+-]+$/.test(name))).toEqual([]);
  });

  it("has an alias on each line, and folds each to the first name of its line", () => {
    for (const line of EMOJI_ALIASES) {
      const [canonical, ...aliases] = line.split(" ");
      expect(aliases).not.toEqual([]);
      for (const name of [canonical, ...aliases]) expect(foldEmoji(name ?? "")).toBe(canonical);
    }
  });
});
