import { describe, expect, it, test } from "vitest";
import type { JsonObject } from "../../src/json.ts";
import { compileExpression } from "../../src/mappings/cel.ts";
import { boundedScope, eventScope } from "../../src/mappings/scope.ts";
import { eventOf, payloadOf } from "../gitlab/fixtures.ts";
import { issue } from "./rules.ts";

function ask(expression: string, payload: JsonObject = payloadOf("issue.open"), event = issue()) {
  const compiled = compileExpression(expression);
  if ("problem" in compiled) throw new Error(compiled.problem);
  return compiled.answer(boundedScope(event, payload));
}

function refusal(expression: string): string | null {
  const compiled = compileExpression(expression);
  return "problem" in compiled ? compiled.problem : null;
}

describe("a condition is answered", () => {
  test.for<[expression: string, value: boolean]>([
    ["true", true],
    ["event.kind == 'issue' && event.action == 'open'", true],
    ["'Handover::Weekday' in event.labels", true],
    ["'handover::weekday' in event.labels", false],
    ["event.labels.exists(l, l.startsWith('Handover'))", true],
    ["event.labels.all(l, l.glob('handover::*'))", true],
    ["event.title.glob('*handover*')", true],
    ["event.title.glob('handover')", false],
    ["event.assignees.map(a, a.username).exists(u, u == 'pvenkat')", true],
    ["event.actor.bot", false],
    ["event.author == null || event.author.username != ''", true],
    ["event.milestone == null", true],
    ["event.issue.confidential", false],
    ["event.project.path == payload.project.path_with_namespace", true],
    ["has(payload.object_attributes) && !has(payload.nope)", true],
    ["size(event.labels) == 1", true],
    ["event.link == event.url", true],
  ])("%s: %s", ([expression, value]) => {
    expect(ask(expression)).toEqual({ value, error: null });
  });

  it("with the attributes under each kind the event counts as", () => {
    const event = eventOf("incident.open");
    for (const kind of ["incident", "work_item"]) {
      expect(ask(`event.${kind}.iid == 84`, {}, event)).toEqual({ value: true, error: null });
    }
  });

  it("with our own words where an attribute has the name of one", () => {
    const scope = eventScope(issue({ types: ["title.open"], attributes: { a: 1 } }));
    expect(scope["title"]).toBe(issue().title);
  });
});

describe("a condition has no answer", () => {
  test.for<[expression: string, error: string]>([
    ["event.nope", "No such key: nope (column 7)"],
    ["event.nope == null", "No such key: nope (column 7)"],
    ["event.constructor == null", "No such key: constructor (column 7)"],
    ["payload.__proto__ == null", "No such key: __proto__ (column 9)"],
    ["event.title", "expected true or false, found string"],
    ["event.issue.nope >= 3", "No such key: nope (column 13)"],
  ])("to %s", ([expression, error]) => {
    expect(ask(expression)).toEqual({ value: null, error });
  });

  test.for([
    "event.labels > 3",
    "event.title > 3",
    "event.title.glob(event.milestone)",
    `event.title.glob('${"a".repeat(201)}')`,
  ])("to %s", (expression) => {
    expect(ask(expression)).toEqual({ value: null, error: expect.stringMatching(/./) });
  });
});

describe("what is absent", () => {
  const event = issue({ attributes: { weight: null }, milestone: null, title: null });
  test.for(["<", "<=", ">", ">="])("is not %s anything", (operator) => {
    for (const expression of [
      `event.issue.weight ${operator} 3`,
      `3 ${operator} event.issue.weight`,
      `event.issue.weight ${operator} 0.5`,
      `event.title ${operator} 'a'`,
      `event.issue.weight ${operator} event.milestone`,
    ]) {
      expect(ask(expression, {}, event)).toEqual({ value: false, error: null });
    }
  });

  it("is null and nothing else", () => {
    expect(ask("event.title == null", {}, event).value).toBe(true);
    expect(ask("event.title == ''", {}, event).value).toBe(false);
  });
});

describe("a condition is refused", () => {
  const nested = "only one level is supported";
  test.for<[name: string, expression: string, problem: string]>([
    ["that does not end", "event.title ==", "Unexpected token: EOF (column 15)"],
    ["about something unknown", "evnt.title == 'x'", "Unknown variable: evnt (column 1)"],
    ["that is a number", "1 + 1", "found one of type int"],
    ["that is a text", "'yes'", "found one of type string"],
    ["with matches", "event.title.matches('(a+)+$')", "regular expressions are not supported"],
    ["with matches as a function", "matches(event.title, 'a')", "regular expressions are not"],
    ["with cel.bind", "cel.bind(x, event.title, x == '')", "cel.bind is not supported."],
    ["with a loop in a loop", "event.labels.exists(a, event.labels.exists(b, a == b))", nested],
    ["with a loop in a map", "event.labels.map(a, event.labels.map(b, b)) == []", nested],
    ["with a loop in a filter", "event.labels.filter(a, payload.x.all(b, b)) == []", nested],
    [
      "with a loop hidden in a list in a loop",
      "event.labels.exists(a, [1, event.labels.exists_one(b, a == b) ? 1 : 2] == [])",
      nested,
    ],
    ["of 2,001 characters", `event.title == '${"x".repeat(1_984)}'`, "longer than 2000 characters"],
    ["of too many parts", Array.from({ length: 200 }, () => "true").join(" && "), ""],
    ["nested too deep", `${"(".repeat(40)}true${")".repeat(40)}${" == true".repeat(40)}`, ""],
  ])("%s", ([, expression, problem]) => {
    expect(refusal(expression)).toContain(problem);
  });

  it("not with loops one after the other", () => {
    expect(refusal("event.labels.filter(a, a != '').map(b, b).exists(c, c == 'x')")).toBeNull();
    expect(
      refusal("event.labels.exists(a, a == 'x') || event.labels.exists(b, b == 'y')"),
    ).toBeNull();
  });
});

describe("what a condition sees", () => {
  it("is globbed in its first 10,000 characters, however long it is", () => {
    const title = `${"a".repeat(3_000_000)}b`;
    expect(ask("event.title.glob('*a*a*a*a*c')", {}, issue({ title })).value).toBe(false);
    expect(ask("event.title.glob('aa*')", {}, issue({ title })).value).toBe(true);
  });

  it("is cut at 1,000 items of a list", () => {
    const list = Array.from({ length: 5_000 }, (_, n) => n);
    expect(ask("size(payload.list) == 1000", { list }).value).toBe(true);
  });

  it("is cut where it is absurdly deep", () => {
    const deep = JSON.parse(`${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`) as JsonObject;
    expect(ask("has(payload.a.a.a)", deep).value).toBe(true);
    expect(JSON.stringify(boundedScope(issue(), deep)).length).toBeLessThan(10_000);
  });

  it("is never changed by it", () => {
    const payload = payloadOf("issue.open");
    ask("payload.labels.map(l, l.title).exists(t, t == 'x')", payload);
    expect(payload).toEqual(payloadOf("issue.open"));
  });
});

describe("what a condition saw", () => {
  test.for<[expression: string, seen: string]>([
    ["event.constructor != null", "event.constructor is missing"],
    ["event.kind == 'note'", 'event.kind is "issue"'],
    [
      "event.labels.exists(l, l == event.action)",
      'event.labels is ["Handover::Weekday"], event.action is "open"',
    ],
    [
      "event.issue.weight >= 3 && event.issue.nope == 1",
      "event.issue.weight is null, event.issue.nope is missing",
    ],
    [
      "payload.object_attributes.iid == 1 && event.project != null",
      "payload.object_attributes.iid is 1287",
    ],
    ["payload.user.email == ''", 'payload.user.email is "[REDACTED]"'],
    ["true && 1 == 2", ""],
  ])("%s: %s", ([expression, seen]) => {
    const compiled = compileExpression(expression);
    if ("problem" in compiled) throw new Error(compiled.problem);
    expect(
      compiled.seen(boundedScope(issue({ attributes: { weight: null } }), payloadOf("issue.open"))),
    ).toBe(seen);
  });
});
