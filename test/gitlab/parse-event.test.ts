import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Event } from "../../src/event.ts";
import type { Json, JsonObject } from "../../src/json.ts";
import { parseEvent, type Circumstances } from "../../src/gitlab/parse-event.ts";
import { eventOf, FIXTURES, payloadOf } from "./fixtures.ts";

const NOWHERE: Circumstances = {
  id: "event-id",
  hookName: null,
  hookPath: null,
  large: false,
  refChange: null,
};

describe("the event of each fixture", () => {
  test.for(FIXTURES)("%s", async (name) => {
    // The attributes are GitLab's own; they would only make the file long.
    const { attributes, ...event } = eventOf(name);
    expect(attributes).toEqual(payloadOf(name)["object_attributes"] ?? {});
    await expect(`${JSON.stringify(event, null, 2)}\n`).toMatchFileSnapshot(
      `../fixtures/events/${name}.json`,
    );
  });
});

/** What is wrong with an event that may come of anything. */
function flaws(event: Event): string[] {
  const { type, types, at, confidential, subject, labels, assignees, reviewers } = event;
  const { title, url, text, ref, status, environment, milestone, on, path } = event;
  const texts = { title, url, text, ref, status, environment, milestone, on, path };
  const isType = (each: string) => /^(unknown|[a-z0-9_]+\.[a-z0-9_]+)$/.test(each);
  const isText = (each: unknown) => typeof each === "string" && each !== "";
  const checks: [flaw: string, isRight: boolean][] = [
    ["types", types.length > 0 && types.every(isType) && new Set(types).size === types.length],
    ["type", types[0] === type],
    ["at", at === null || !Number.isNaN(Date.parse(at))],
    ["confidential", typeof confidential === "boolean"],
    ["subject", isText(subject)],
    ["labels", labels.every(isText)],
    ["people", [...assignees, ...reviewers].every(({ name }) => isText(name))],
    ...Object.entries(texts).map(([name, each]): [string, boolean] => [
      name,
      each === null || isText(each),
    ]),
  ];
  return checks.filter(([, isRight]) => !isRight).map(([flaw]) => flaw);
}

describe("any JSON object", () => {
  const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;
  const keys = [
    "object_attributes",
    "project",
    "user",
    "labels",
    "assignees",
    "changes",
    "merge_request",
    "issue",
    "commit",
    "group",
    "event_name",
    "event_type",
    "action",
    "status",
    "before",
    "after",
    "ref",
  ];
  const kinds = fc.constantFrom(
    "issue",
    "work_item",
    "merge_request",
    "note",
    "pipeline",
    "build",
    "push",
    "emoji",
    "deployment",
    "feature_flag",
    "release",
    "__proto__",
    "constructor",
    "A.b c",
    "ü",
  );

  it("is an event of some type", () => {
    const body = fc.dictionary(fc.oneof(fc.constantFrom(...keys), fc.string()), json);
    fc.assert(
      fc.property(body, fc.option(fc.oneof(kinds, json)), (payload, kind) => {
        expect(flaws(parseEvent({ ...payload, object_kind: kind }, NOWHERE))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it("that GitLab could have sent, with a part of it changed to anything, is too", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...FIXTURES),
        fc.infiniteStream(fc.nat(30)),
        json,
        (name, dice, value) => {
          const payload = payloadOf(name);
          let at: JsonObject | Json[] = payload;
          for (;;) {
            const names: string[] = Object.keys(at);
            const key: string | undefined =
              names[(dice.next().value ?? 0) % Math.max(1, names.length)];
            if (key === undefined) break;
            const inner: Json | undefined = (at as JsonObject)[key];
            if (typeof inner === "object" && inner !== null && (dice.next().value ?? 0) > 10) {
              at = inner;
            } else {
              (at as JsonObject)[key] = value;
              break;
            }
          }
          expect(flaws(parseEvent(payload, NOWHERE))).toEqual([]);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe("an event is confidential", () => {
  test.for<[name: string, payload: JsonObject, hookName: string | null]>([
    [
      "by its header alone",
      { object_kind: "issue", event_type: "issue" },
      "Confidential Issue Hook",
    ],
    ["by a note's header", { object_kind: "note", event_type: "note" }, "Confidential Note Hook"],
    ["by its event_type alone", { event_type: "confidential_work_item" }, "Issue Hook"],
    [
      "by its flag alone",
      { object_kind: "issue", object_attributes: { confidential: true } },
      null,
    ],
    ["as an internal note", { object_kind: "note", object_attributes: { internal: true } }, null],
    [
      "as a note on a confidential issue",
      { object_kind: "note", issue: { confidential: true } },
      null,
    ],
    [
      "as an emoji on a confidential issue",
      { object_kind: "emoji", issue: { confidential: true } },
      null,
    ],
    ["as an emoji on an internal note", { object_kind: "emoji", note: { internal: true } }, null],
  ])("%s", ([, payload, hookName]) => {
    expect(parseEvent(payload, { ...NOWHERE, hookName }).confidential).toBe(true);
    expect(parseEvent({ object_kind: payload["object_kind"] ?? null }, NOWHERE).confidential).toBe(
      false,
    );
  });
});

describe("the subject", () => {
  it("is shared by an issue, its updates and its comments", () => {
    const subjects = ["issue.close", "issue.assigned", "note.create-issue", "note.update"].map(
      (name) => eventOf(name).subject,
    );
    expect(new Set(subjects).size).toBe(1);
  });

  it("is shared by a merge request and its comments", () => {
    expect(eventOf("note.create-merge_request").subject).toBe(
      eventOf("merge_request.merge").subject,
    );
  });

  it("is shared by a work item and its comments", () => {
    expect(eventOf("note.create-work_item").subject).toBe(eventOf("work_item.open-task").subject);
  });

  it("ignores the case of the path, and tells projects and kinds with one number apart", () => {
    const subjectOf = (kind: string, path: string) =>
      parseEvent(
        {
          object_kind: kind,
          object_attributes: { iid: 7 },
          project: { path_with_namespace: path },
        },
        NOWHERE,
      ).subject;
    expect(subjectOf("issue", "Acme/A")).toBe(subjectOf("issue", "acme/a"));
    expect(subjectOf("issue", "acme/a")).not.toBe(subjectOf("issue", "acme/b"));
    expect(subjectOf("issue", "acme/a")).not.toBe(subjectOf("merge_request", "acme/a"));
  });

  it("is the event itself where there is no other", () => {
    expect(eventOf("unknown", {}, { id: "one" }).subject).toBe("one");
    expect(eventOf("note.create-commit", {}, { id: "two" }).subject).toBe("two");
  });
});

describe("a derived type", () => {
  const update = (kind: string, changes: Json, more: JsonObject = {}) =>
    parseEvent(
      { object_kind: kind, object_attributes: { action: "update", iid: 7, ...more }, changes },
      NOWHERE,
    ).types.slice(1);
  const [a, b] = [
    { id: 1, title: "a", username: "a" },
    { id: 2, title: "b", username: "b" },
  ];

  test.for<[changes: JsonObject, actions: string[]]>([
    [{ labels: { previous: [a], current: [a, b] } }, ["labeled"]],
    [{ labels: { previous: [a, b], current: [b] } }, ["unlabeled"]],
    [{ labels: { previous: [a], current: [b] } }, ["labeled", "unlabeled"]],
    [{ labels: { previous: [a, b], current: [b, a] } }, []],
    [{ labels: { previous: null, current: [a] } }, ["labeled"]],
    [{ assignees: { previous: [a], current: [] } }, ["unassigned"]],
    [{ confidential: { previous: false, current: true } }, ["made_confidential"]],
    [{ confidential: { previous: true, current: false } }, ["made_public"]],
    [{ due_date: { previous: null, current: "2026-01-01" } }, ["due_date_changed"]],
    [{ milestone_id: { previous: 1, current: null } }, ["milestone_changed"]],
    [{ updated_at: { previous: 1, current: 2 } }, []],
    [{ constructor: { previous: 1, current: 2 }, toString: { previous: 1, current: 2 } }, []],
    [{ labels: null, assignees: 3, reviewers: "x" }, []],
  ])("of %j is %j", ([changes, actions]) => {
    expect(update("issue", changes)).toEqual(actions.map((action) => `issue.${action}`));
  });

  test.for<[changes: JsonObject, actions: string[]]>([
    [{ draft: { previous: true, current: false } }, ["ready"]],
    [{ draft: { previous: false, current: true } }, ["draft"]],
    [{ work_in_progress: { previous: true, current: false } }, ["ready"]],
    [{ reviewers: { previous: [], current: [a] } }, ["review_requested"]],
    [{ reviewers: [[], [a]] }, ["review_requested"]],
    [{ reviewers: { previous: [a], current: [] } }, ["review_request_removed"]],
    [
      { reviewers: { previous: [a], current: [{ ...a, re_requested: true }] } },
      ["review_rerequested"],
    ],
  ])("of a merge request's %j is %j", ([changes, actions]) => {
    expect(update("merge_request", changes)).toEqual(
      actions.map((action) => `merge_request.${action}`),
    );
  });

  it("says pushed only where there are new commits", () => {
    expect(update("merge_request", {}, { oldrev: "c419be1" })).toEqual(["merge_request.pushed"]);
    expect(update("merge_request", {}, { oldrev: null })).toEqual([]);
  });

  it("is not looked for in an opening or a close, which list changes too", () => {
    for (const action of ["open", "close", "reopen"]) {
      const changes = { labels: { previous: [], current: [a] } };
      expect(update("issue", changes, { action })).toEqual([]);
    }
  });

  it("of an incident stands under both of its kinds", () => {
    const changes = { labels: { previous: [], current: [a] } };
    expect(new Set(update("work_item", changes, { type: "Incident" }))).toEqual(
      new Set(["incident.labeled", "work_item.update", "work_item.labeled"]),
    );
  });
});

describe("a date", () => {
  test.for([
    ["2013-12-03 17:23:34 UTC", "2013-12-03T17:23:34.000Z"],
    ["2026-01-31 19:03:34 +0100", "2026-01-31T18:03:34.000Z"],
    ["2013-12-03T17:23:34Z", "2013-12-03T17:23:34.000Z"],
    ["2026-05-28T05:52:18.310Z", "2026-05-28T05:52:18.310Z"],
    ["2020-12-03T17:23:34+01:00", "2020-12-03T16:23:34.000Z"],
    ["2026-08-02T10:41:35.000+00:00", "2026-08-02T10:41:35.000Z"],
    ["2024-01-26", "2024-01-26T00:00:00.000Z"],
    ["2015-04-08T21: 00:25-07:00", null],
    ["soon", null],
    ["", null],
  ] as const)("%j is read as %s", ([date, expected]) => {
    const payload = { object_kind: "issue", object_attributes: { updated_at: date } };
    expect(parseEvent(payload, NOWHERE).at).toBe(expected);
  });
});

describe("a bot", () => {
  test.for([
    ["project_12_bot_ab3", true],
    ["group_7_bot", true],
    ["renovate-bot", true],
    ["dependabot[bot]", true],
    ["bot", true],
    ["release.bot", true],
    ["service_account_group_7_4f2a", true],
    ["dependabot", true],
    ["GitLabDuo", true],
    ["talbot", false],
    ["abbott", false],
    ["robotnik", false],
    ["talbot", false],
    ["aiko", false],
  ] as const)("%s: %s", ([username, bot]) => {
    const payload = { object_kind: "issue", user: { username, name: "A Name" } };
    expect(parseEvent(payload, NOWHERE).actor?.bot).toBe(bot);
  });
});

describe("the update that comes along with a close", () => {
  const closed = { closed_at: { previous: null, current: "2026-10-13 15:21:44 UTC" } };
  const state = { state_id: { previous: 1, current: 2 } };
  test.for<[name: string, kind: string, changes: JsonObject, isEcho: boolean]>([
    [
      "of an issue",
      "issue",
      { ...state, ...closed, updated_at: { previous: 1, current: 2 } },
      true,
    ],
    ["of a merge request", "merge_request", state, true],
    ["of an issue of old", "issue", { state: { previous: "opened", current: "closed" } }, true],
    [
      "with labels changed",
      "issue",
      { ...state, ...closed, labels: { previous: [], current: [] } },
      true,
    ],
    [
      "with time spent",
      "issue",
      { ...state, ...closed, total_time_spent: { previous: 0, current: 60 } },
      false,
    ],
    ["when only the state changed, as of a requirement", "issue", state, false],
    ["when it is none", "issue", { title: { previous: "a", current: "b" } }, false],
    ["of another kind", "release_train", { state: { previous: "a", current: "b" } }, false],
  ])("%s", ([, kind, changes, isEcho]) => {
    const payload = { object_kind: kind, object_attributes: { action: "update", iid: 7 }, changes };
    expect(parseEvent(payload, NOWHERE).echo).toBe(isEcho);
  });
});

describe("a ref's status in a pipeline's body", () => {
  test.for<[status: string, said: string, types: string[]]>([
    ["failed", "broken", ["pipeline.failed", "pipeline.broken"]],
    ["failed", "failed", ["pipeline.failed", "pipeline.broken"]],
    ["failed", "still_failing", ["pipeline.failed"]],
    ["success", "fixed", ["pipeline.success", "pipeline.fixed"]],
    ["success", "success", ["pipeline.success"]],
    ["running", "broken", ["pipeline.running"]],
    ["success", "broken", ["pipeline.success"]],
    ["canceled", "fixed", ["pipeline.canceled"]],
  ])("%s, %s", ([status, said, types]) => {
    const attributes = { id: 7, status, ref_status_name: said };
    const payload = { object_kind: "pipeline", object_attributes: attributes };
    expect(parseEvent(payload, NOWHERE).types).toEqual(types);
  });
});

it("a project that only an address names is none where the hook's path says otherwise", () => {
  const payload = payloadOf("vulnerability.detected");
  const at = (hookPath: string | null) =>
    parseEvent(payload, { ...NOWHERE, hookPath }).project?.path;
  expect(at(null)).toBe("acme/widgets");
  expect(at("acme")).toBe("acme/widgets");
  expect(at("other/group")).toBeUndefined();
});
