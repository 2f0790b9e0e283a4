import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { anyGlob, glob } from "../../src/mappings/glob.ts";

/** The textbook table: whether the first `p` of the pattern match the first `v` of the value. */
function naive(pattern: string, value: string): boolean {
  const [wanted, given] = [Array.from(pattern.toLowerCase()), Array.from(value.toLowerCase())];
  const table = [[true, ...given.map(() => false)]];
  for (const char of wanted) {
    const above = table.at(-1) ?? [];
    const row = [char === "*" && above[0] === true];
    given.forEach((each, v) => {
      const fits = char === "?" || char === each;
      row.push(char === "*" ? above[v + 1] === true || row[v] === true : fits && above[v] === true);
    });
    table.push(row);
  }
  return table.at(-1)?.at(-1) === true;
}

describe("a glob", () => {
  test.for<[pattern: string, value: string, matches: boolean]>([
    ["issue.open", "issue.open", true],
    ["Issue.Open", "issue.OPEN", true],
    ["issue.open", "issueXopen", false],
    ["issue.*", "issue.open", true],
    ["issue.*", "issues.open", false],
    ["*", "", true],
    ["*", "a/b c\n", true],
    ["**", "a/b", true],
    ["?", "", false],
    ["?", "👍", true],
    ["??", "👍", false],
    ["License*", "License Issue", true],
    ["License*", "SM License", false],
    ["*bot*", "project_1_BOT_2", true],
    ["release/*/hotfix", "release/1.2/a/hotfix", true],
    ["a*b*c", "a-c-b", false],
    ["[ab]", "a", false],
    ["[ab]", "[ab]", true],
    ["a.c", "abc", false],
    ["(a|b)+$", "(a|b)+$", true],
    ["\\*", "\\anything", true],
    ["", "", true],
    ["", "a", false],
  ])("%j matches %j: %s", ([pattern, value, matches]) => {
    expect(glob(pattern)(value)).toBe(matches);
  });

  it("matches what the textbook says", () => {
    const letters = fc.constantFrom("a", "b", "A", ".", "👍");
    const value = fc.string({ unit: letters, maxLength: 12 });
    const pattern = fc.string({ unit: fc.oneof(letters, fc.constantFrom("*", "?")), maxLength: 9 });
    fc.assert(
      fc.property(pattern, value, (wanted, given) => {
        expect(glob(wanted)(given)).toBe(naive(wanted, given));
      }),
      { numRuns: 5_000 },
    );
  });

  it("matches whatever a value becomes when parts of it are replaced by stars", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string(), { minLength: 1 }),
        fc.infiniteStream(fc.boolean()),
        (parts, dice) => {
          const pattern = parts.map((part) => (dice.next().value ? "*" : part)).join("");
          expect(glob(pattern)(parts.join(""))).toBe(true);
        },
      ),
    );
  });

  // A matcher that tries every star again would need 20,000⁵ steps for the first of these.
  test.for(["*a*a*a*a*a*b", "*?a?*?a?*b", `${"a*".repeat(50)}b`, `*${"a".repeat(300)}b`])(
    "of the hostile form %j gives up on 20,000 characters",
    (pattern) => {
      expect(glob(pattern)("a".repeat(20_000))).toBe(false);
    },
  );
});

it("of a value that is no name only the beginning is looked at", () => {
  const name = "a".repeat(9_999);
  expect(glob("a*b")(`${name}b`)).toBe(true);
  expect(glob("a*b")(`${name}ab`)).toBe(false);
  expect(glob(`*${"?".repeat(400)}b`)("a".repeat(4_000_000))).toBe(false);
});

it("several globs match when any of them does", () => {
  expect(anyGlob(["issue.*", "note.create"])("note.create")).toBe(true);
  expect(anyGlob("issue.*")("issue.close")).toBe(true);
  expect(anyGlob(["issue.*", "note.create"])("note.update")).toBe(false);
});
