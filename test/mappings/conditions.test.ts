import { describe, expect, it, test } from "vitest";
import type { Event, Person } from "../../src/event.ts";
import { matchRules } from "../../src/mappings/match-rules.ts";
import { issue, oneRule } from "./rules.ts";

function holds(when: object, event: Event): boolean {
  return matchRules(event, {}, [oneRule({ when })])[0]?.matched === true;
}

function why(when: object, event: Event): string | undefined {
  return matchRules(event, {}, [oneRule({ when })])[0]?.why();
}

function person(username: string, name = "Someone"): Person {
  return { username, name, bot: false };
}

describe("when", () => {
  test.for<[when: object, event: Partial<Event>, holds: boolean]>([
    [{ labels: "License*" }, { labels: ["License Issue"] }, true],
    [{ labels: "license*" }, { labels: ["LICENSE ISSUE"] }, true],
    [{ labels: ["a", "b"] }, { labels: ["b", "z"] }, true],
    [{ labels: ["a", "b"] }, { labels: ["c"] }, false],
    [{ labels: "*" }, { labels: [] }, false],
    [{ labels: { any: ["a", "b"] } }, { labels: ["b"] }, true],
    [{ labels: { all: ["a", "b*"] } }, { labels: ["b1", "a"] }, true],
    [{ labels: { all: ["a", "b"] } }, { labels: ["a"] }, false],
    [{ labels: { none: ["a"] } }, { labels: ["b"] }, true],
    [{ labels: { none: ["a"] } }, { labels: ["b", "a"] }, false],
    [{ labels: { none: "*" } }, { labels: [] }, true],
    [{ labels_added: "bug" }, { labels: ["bug"], labelsAdded: [] }, false],
    [{ labels_added: "bug" }, { labels: ["bug"], labelsAdded: ["bug"] }, true],
    [{ labels_removed: { any: "b*" } }, { labelsRemoved: ["bug"] }, true],
    [{ stage: ["deploy", "release"] }, { stages: ["test", "deploy"] }, true],
    [{ stage: { none: "deploy" } }, { stages: ["deploy"] }, false],
    [{ source: { not: "schedule" } }, { source: "push" }, true],
    [{ source: "schedule" }, { source: null }, false],
    [{ severity: ["critical", "high"] }, { severity: "Critical" }, true],
    [{ severity: "high" }, { severity: null }, false],
    [{ labels: { not: ["a"] } }, { labels: ["a"] }, false],
    [{ labels: { any: "a", none: "b" } }, { labels: ["a", "b"] }, false],
    [{ labels: { none: "b", not: "c" } }, { labels: ["c"] }, false],
    [{ labels: {} }, { labels: [] }, true],
    [{ actor: { not: ["*bot*"] } }, { actor: person("project_1_bot_x") }, false],
    [{ actor: { not: ["*bot*"] } }, { actor: person("aiko") }, true],
    [{ actor: { not: ["*bot*"] } }, { actor: null }, true],
    [{ actor: "aiko" }, { actor: null }, false],
    [{ actor: "Aiko Fujimori" }, { actor: person("aiko", "Aiko Fujimori") }, true],
    [{ actor: { not: "Dependency*" } }, { actor: person("p", "Dependency updates") }, false],
    [{ author: "tobias" }, { author: person("tobias") }, true],
    [{ assignee: "b" }, { assignees: [person("a"), person("b")] }, true],
    [{ reviewer: { all: ["a", "b"] } }, { reviewers: [person("a"), person("b")] }, true],
    [{ branch: "main" }, { ref: "main" }, true],
    [{ branch: "main" }, { ref: "main2" }, false],
    [{ branch: "release/*" }, { ref: "release/1/2" }, true],
    [{ branch: { not: "main" } }, { ref: null }, true],
    [{ status: ["failed", "canceled"] }, { status: "failed" }, true],
    [{ environment: "prod*" }, { environment: "production" }, true],
    [{ milestone: "17.*" }, { milestone: "17.2" }, true],
    [{ noteable: "issue" }, { on: "merge_request" }, false],
    [{ project: "gitlab-com/support/*" }, {}, true],
    [{ project: "gitlab-com" }, {}, false],
    [{ changed: "labels" }, { changed: ["updated_at", "labels"] }, true],
    [{ confidential: true }, { confidential: true }, true],
    [{ confidential: true }, { confidential: false }, false],
    [{ confidential: false }, { confidential: true }, false],
    [{ if: "event.title == 'T'" }, { title: "T" }, true],
    [{ if: "event.title == 'T'" }, { title: "t" }, false],
    [{ if: "event.issue.weight >= 3" }, { attributes: { weight: 3 } }, true],
    [{ if: "event.issue.weight >= 3" }, { attributes: { weight: null } }, false],
    [{ if: "event.issue.weight < 3" }, { attributes: { weight: null } }, false],
    [{ if: "event.issue.nope >= 3" }, { attributes: {} }, true],
    [{ if: "event.title" }, {}, true],
    [{ labels: "a", actor: "aiko" }, { labels: ["a"], actor: person("tobias") }, false],
    [{}, {}, true],
  ])("%j for %j: %s", ([when, event, expected]) => {
    expect(holds(when, issue(event))).toBe(expected);
  });
});

describe("a condition that is false says what it saw", () => {
  test.for<[when: object, event: Partial<Event>, why: string]>([
    [{ labels: "a" }, { labels: ["b", "c"] }, 'labels: found "b", "c"; wanted any of "a"'],
    [{ labels: "a" }, { labels: [] }, 'labels: the event has none; wanted any of "a"'],
    [
      { labels: { all: ["a", "b"] } },
      { labels: ["a"] },
      'labels: found "a"; wanted all of "a", "b"',
    ],
    [
      { actor: { not: ["*bot*"] } },
      { actor: person("my-bot", "My Bot") },
      'actor: found "my-bot", "My Bot"; wanted none of "*bot*"',
    ],
    [{ branch: "main" }, { ref: null }, 'branch: the event has none; wanted any of "main"'],
    [
      { confidential: true },
      { confidential: false },
      "confidential: the event is not confidential",
    ],
    [{ confidential: false }, { confidential: true }, "confidential: the event is confidential"],
    [
      { if: "event.title == 'T'" },
      { title: "t" },
      `if: event.title == 'T' is false; event.title is "t"`,
    ],
  ])("%j", ([when, event, expected]) => {
    expect(why(when, issue(event))).toBe(expected);
  });
});

it("a condition without an answer never loses the event, and says so", () => {
  const rules = [oneRule({ when: { if: "event.nope == 1" } })];
  const problem = "No such key: nope (column 7)";
  const [verdict] = matchRules(issue(), {}, rules);
  expect(verdict).toMatchObject({ matched: true, destinations: ["x"], problem });
  expect(verdict?.why()).toBe(`matched, for \`if\` has no answer (${problem}): to x`);
  expect(matchRules(issue(), {}, [oneRule({})])).toMatchObject([{ problem: null }]);
});

it("a condition without an answer does not outvote one that is false", () => {
  expect(holds({ if: "event.nope == 1", labels: "nope" }, issue())).toBe(false);
});
