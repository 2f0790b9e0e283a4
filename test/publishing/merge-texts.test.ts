import { describe, expect, it } from "vitest";
import { mergeTexts } from "../../src/publishing/merge-texts.ts";

type Rules = { name: string; to?: string; on?: string; when?: object }[];

const A = { name: "A", on: "issue.open", to: "one" };
const B = { name: "B", on: "issue.open", to: "two" };
const C = { name: "C", on: "issue.open", to: "three" };

function merge(was: object, mine: object, theirs: object): unknown {
  const merged = mergeTexts(JSON.stringify(was), JSON.stringify(mine), JSON.stringify(theirs));
  return merged.ok ? JSON.parse(merged.text) : merged.both;
}

function mergeRules(was: Rules, mine: Rules, theirs: Rules): unknown {
  const merged = merge({ rules: was }, { rules: mine }, { rules: theirs });
  return Array.isArray(merged) ? merged : (merged as { rules: Rules }).rules;
}

describe("two changes of one document", () => {
  it.each<[string, Rules, Rules, Rules, Rules]>([
    [
      "of different rules",
      [A, B],
      [{ ...A, to: "x" }, B],
      [A, { ...B, to: "y" }],
      [
        { ...A, to: "x" },
        { ...B, to: "y" },
      ],
    ],
    [
      "of different fields of a rule",
      [A],
      [{ ...A, to: "x" }],
      [{ ...A, on: "note.*" }],
      [{ ...A, to: "x", on: "note.*" }],
    ],
    ["that say the same", [A], [{ ...A, to: "x" }], [{ ...A, to: "x" }], [{ ...A, to: "x" }]],
    ["where I add a rule", [A, B], [A, C, B], [{ ...A, to: "x" }, B], [{ ...A, to: "x" }, C, B]],
    ["where I add one before all", [A], [C, A], [A, B], [C, A, B]],
    ["where both add one", [A], [A, B], [A, C], [A, B, C]],
    ["where I remove a rule", [A, B], [B], [A, { ...B, to: "x" }], [{ ...B, to: "x" }]],
    ["where they remove a rule", [A, B], [A, { ...B, to: "x" }], [B], [{ ...B, to: "x" }]],
    [
      "where I move a rule",
      [A, B, C],
      [C, A, B],
      [A, B, { ...C, to: "x" }],
      [{ ...C, to: "x" }, A, B],
    ],
    ["where they move a rule and I add one", [A, B], [A, B, C], [B, A], [B, C, A]],
  ])("%s are put together", (_name, was, mine, theirs, both) => {
    expect(mergeRules(was, mine, theirs)).toEqual(both);
  });

  it.each<[string, Rules, Rules, Rules, string[][]]>([
    ["of the same field", [A], [{ ...A, to: "x" }], [{ ...A, to: "y" }], [["rules", "A", "to"]]],
    ["of a rule that they removed", [A, B], [{ ...A, to: "x" }, B], [B], [["rules", "A"]]],
    ["of the order of the same rules", [A, B, C], [B, A, C], [A, C, B], [["rules"]]],
    ["of rules that have no names apart", [A], [A, A], [{ ...A, to: "x" }], [["rules"]]],
  ])("%s are not", (_name, was, mine, theirs, both) => {
    expect(mergeRules(was, mine, theirs)).toEqual(both);
  });

  it("keeps fields apart, and takes lists as a whole", () => {
    const was = { type: "workflow", url: "secret:A", variables: ["a"] };
    expect(merge(was, { ...was, limit: "1/hour" }, { ...was, confidential: true })).toEqual({
      ...was,
      limit: "1/hour",
      confidential: true,
    });
    expect(
      merge(was, { ...was, variables: ["a", "b"] }, { ...was, variables: ["a", "c"] }),
    ).toEqual([["variables"]]);
  });

  it("are not put together where one is no JSON", () => {
    expect(mergeTexts("{", "{}", "{}")).toEqual({ ok: false, both: [[]] });
  });
});
