import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { CompiledMapping } from "../../src/mappings/compile-mapping.ts";
import { mappingKeys } from "../../src/mappings/mapping-keys.ts";
import { matchRules } from "../../src/mappings/match-rules.ts";
import { eventOf } from "../gitlab/fixtures.ts";
import { issue, mapping, oneRule } from "./rules.ts";

/** Which rule of which mapping reaches which destination. */
function reached(mappings: CompiledMapping[], event = issue()): string[] {
  return matchRules(event, {}, mappings).flatMap(({ mapping: { key }, rule, destinations }) =>
    destinations.map((destination) => `${key.slice(15)}/${rule.name} → ${destination}`),
  );
}

function rule(name: string, to: string | string[], more: object = {}): object {
  return { name, on: "issue.*", to, ...more };
}

describe("the mappings of a path", () => {
  test.for<[path: string | null, keys: string[]]>([
    ["a/b/c", ["a/b/c", "a/b", "a", "*"]],
    ["Acme/Widgets", ["acme/widgets", "acme", "*"]],
    [null, ["*"]],
  ])("%s are %j", ([path, keys]) => {
    expect(mappingKeys("gitlab", path)).toEqual(keys.map((key) => `mapping/gitlab/${key}`));
  });

  it("are read nearest first, rules in document order", () => {
    const near = mapping("a/b", { rules: [rule("one", "p"), rule("two", "q")] });
    const far = mapping("a", { rules: [rule("three", "r")] });
    expect(reached([near, far])).toEqual(["a/b/one → p", "a/b/two → q", "a/three → r"]);
  });

  it("end where one says inherit: false", () => {
    const near = mapping("a/b", { rules: [rule("one", "p")] });
    const closed = mapping("a", { rules: [rule("two", "q")], inherit: false });
    const all = mapping("*", { rules: [rule("three", "r")] });
    expect(reached([near, closed, all])).toEqual(["a/b/one → p", "a/two → q"]);
    expect(reached([closed, all])).toEqual(["a/two → q"]);
  });

  it("end at an empty one that says inherit: false, even where no rule matches", () => {
    const silence = mapping("a/b", { rules: [], inherit: false });
    expect(reached([silence, mapping("*", { rules: [rule("one", "p")] })])).toEqual([]);
  });
});

describe("a destination", () => {
  it("is reached by the first rule that matches, and once", () => {
    const near = mapping("a/b", { rules: [rule("one", ["p", "q"]), rule("two", "p")] });
    const far = mapping("a", { rules: [rule("three", ["q", "r"])] });
    expect(reached([near, far])).toEqual(["a/b/one → p", "a/b/one → q", "a/three → r"]);
  });

  it("is reached once, also when several types of the event match", () => {
    const both = mapping("a", {
      rules: [rule("one", "p", { on: ["issue.update", "issue.labeled"] })],
    });
    expect(reached([both], eventOf("issue.labeled"))).toEqual(["a/one → p"]);
    const split = mapping("a", {
      rules: [rule("one", "p", { on: "issue.labeled" }), rule("two", "p", { on: "issue.update" })],
    });
    expect(reached([split], eventOf("issue.labeled"))).toEqual(["a/one → p"]);
  });

  it("is not used up by a rule that is switched off or does not match", () => {
    const rules = [
      rule("off", "p", { enabled: false }),
      rule("other", "p", { when: { labels: "nope" } }),
      rule("on", "p"),
    ];
    expect(reached([mapping("a", { rules })])).toEqual(["a/on → p"]);
  });

  it("is used up by a shadow rule, which shows what it would have sent", () => {
    const rules = [rule("shadow", "p", { mode: "shadow" }), rule("live", "p")];
    expect(reached([mapping("a", { rules })])).toEqual(["a/shadow → p"]);
  });
});

describe("on", () => {
  test.for<[on: string | string[], fixture: string, matches: boolean]>([
    ["issue.open", "issue.open", true],
    ["issue.open", "issue.close", false],
    ["issue.*", "issue.close", true],
    ["*", "unknown", true],
    ["*.open", "merge_request.open", true],
    [["note.*", "issue.labeled"], "issue.labeled", true],
    ["issue.update", "issue.labeled", true],
    ["issue.labeled", "issue.update", false],
    ["work_item.open", "incident.open", true],
    ["incident.open", "incident.open", true],
    ["issue.open", "incident.open", false],
    ["pipeline.broken", "pipeline.failed", false],
  ])("%j for %s: %s", ([on, fixture, matches]) => {
    expect(matchRules(eventOf(fixture), {}, [oneRule({ on })])).toMatchObject([
      { matched: matches },
    ]);
  });
});

describe("an explanation", () => {
  it("has a sentence for every rule that was looked at", () => {
    const near = mapping("a/b", {
      rules: [
        rule("type", "p", { on: "note.*" }),
        rule("off", "p", { enabled: false }),
        rule("label", "p", { when: { labels: "nope", actor: "nobody" } }),
        rule("yes", ["p", "q"]),
        rule("late", ["p", "r"]),
      ],
      inherit: false,
    });
    const hidden = mapping("a", { rules: [rule("hidden", "s")] });
    const said = matchRules(issue({ labels: ["x"] }), {}, [near, hidden]);
    expect(said.map(({ rule: { name }, matched, why }) => `${name} ${matched}: ${why()}`)).toEqual([
      "type false: on: the event is issue.open; wanted note.*",
      "off false: switched off (enabled: false)",
      'label false: labels: found "x"; wanted any of "nope"',
      "yes true: matched: to p; to q",
      'late true: matched: not to p, which the rule "yes" already reached; to r',
    ]);
    expect(new Set(said.map(({ mapping: { key } }) => key))).toEqual(
      new Set(["mapping/gitlab/a/b"]),
    );
  });
});

it("the words say where an event goes, whatever the rules are", () => {
  const anyRule = fc.record({
    on: fc.constantFrom("issue.open", "issue.*", "note.*"),
    to: fc.subarray(["p", "q", "r"], { minLength: 1 }),
    enabled: fc.boolean(),
    when: fc.constantFrom({}, { labels: "a" }, { labels: { none: "a" } }, { if: "event.nope" }),
  });
  const anyMapping = fc.record({
    inherit: fc.boolean(),
    rules: fc.array(anyRule, { maxLength: 4 }),
  });
  fc.assert(
    fc.property(fc.array(anyMapping, { maxLength: 3 }), fc.boolean(), (documents, labeled) => {
      const mappings = documents.map(({ inherit, rules }, m) =>
        mapping(`m${m}`, { inherit, rules: rules.map((each, n) => ({ name: `r${n}`, ...each })) }),
      );
      const event = issue({ labels: labeled ? ["a"] : [] });
      const verdicts = matchRules(event, {}, mappings);
      const reached = verdicts.flatMap(({ destinations }) => destinations);
      expect(new Set(reached).size).toBe(reached.length);
      for (const { matched, destinations, why } of verdicts) {
        const said = [...why().matchAll(/(?<!not )to ([pqr])\b/g)].map(([, to]) => to);
        expect(said).toEqual(destinations);
        expect(matched || destinations.length === 0).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
});
