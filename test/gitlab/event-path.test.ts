import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { ancestors, isWithin, pathOfEvent, relayNameFor } from "../../src/gitlab/event-path.ts";
import type { JsonObject } from "../../src/json.ts";
import { payloadOf } from "./fixtures.ts";

const segment = fc.stringMatching(/^[a-zA-Z0-9_.-]{1,8}$/);
const path = fc.array(segment, { minLength: 1, maxLength: 5 }).map((parts) => parts.join("/"));

describe("the path of an event", () => {
  const project = { project: { path_with_namespace: "acme/widgets" } };
  const flat = { path_with_namespace: "acme/flat" };
  const group = { group: { full_path: "acme/group" } };
  const epic = (groupPath: string) => ({
    object_attributes: { url: `https://gitlab.example.com/groups/${groupPath}/-/epics/9` },
  });

  test.for<[name: string, payload: JsonObject, hookPath: string | null, path: string | null]>([
    ["the project's", { ...epic("acme/url"), ...group, ...flat, ...project }, "h", "acme/widgets"],
    ["else the flat one", { ...epic("acme/url"), ...group, ...flat }, "h", "acme/flat"],
    ["else the group's", { ...epic("acme/url"), ...group }, "h", "acme/group"],
    ["else a flat group's", { full_path: "acme/sub" }, "h", "acme/sub"],
    ["else a member's group", { group_path: "acme" }, null, "acme"],
    ["else the group in the address", epic("acme/url"), "h", "acme/url"],
    ["else the hook's", { object_kind: "vulnerability" }, "acme/hook", "acme/hook"],
    ["else nothing", { object_kind: "vulnerability" }, null, null],
    ["not a project that is null", { project: null, ...group }, null, "acme/group"],
    ["not an empty text", { project: { path_with_namespace: "" }, ...flat }, null, "acme/flat"],
    ["not a number", { project: { path_with_namespace: 7 } }, "h", "h"],
    [
      "not one too long for a key of KV",
      { project: { path_with_namespace: "é/".repeat(200) } },
      "h",
      "h",
    ],
    [
      "not a project in the address",
      { object_attributes: { url: "https://x.test/a/b/-/issues/1" } },
      null,
      null,
    ],
    [
      "not a group in the query",
      { object_attributes: { url: "https://x.test/a?x=/groups/evil/-/" } },
      "h",
      "h",
    ],
    [
      "not a group that is only called groups",
      { object_attributes: { url: "https://x.test/acme/groups/widgets/-/security/1" } },
      "acme",
      "acme",
    ],
  ])("is %s", ([, payload, hookPath, expected]) => {
    expect(pathOfEvent(payload, hookPath)).toBe(expected);
  });

  it("of a nested group's member is the hook's, because GitLab names the last segment alone", () => {
    const member = { event_name: "user_add_to_group", group_path: "support" };
    expect(pathOfEvent(member, "acme/support")).toBe("acme/support");
    expect(pathOfEvent(member, "Support")).toBe("support");
  });

  test.for([
    ["epic.open", "acme/platform"],
    ["project.create", "acme/platform/observability/dashboards"],
    ["subgroup.create", "acme/platform/observability"],
    ["access_token.expiring", "acme/platform"],
    ["deployment.success", "acme/platform/deploy-infra"],
    ["vulnerability.detected", null],
    ["unknown", null],
  ] as const)("of %s is %s", ([fixture, expected]) => {
    expect(pathOfEvent(payloadOf(fixture), null)).toBe(expected);
  });
});

describe("a path within another", () => {
  test.for<[inner: string, scope: string, within: boolean]>([
    ["acme", "acme", true],
    ["acme/widgets", "acme", true],
    ["acme/widgets/deep", "acme/widgets", true],
    ["ACME/Widgets", "acme/widgets", true],
    ["acme/widgets", "Acme/", true],
    ["acme", "acme/widgets", false],
    ["acme2", "acme", false],
    ["acme/widgets2", "acme/widgets", false],
    ["acme-evil/widgets", "acme", false],
    ["evil/acme", "acme", false],
    ["evil/acme/widgets", "acme/widgets", false],
  ])("%s in %s: %s", ([inner, scope, within]) => {
    expect(isWithin(inner, scope)).toBe(within);
  });

  it("is each of its own ancestors' and no longer path's", () => {
    fc.assert(
      fc.property(path, segment, (inner, more) => {
        for (const scope of ancestors(inner)) expect(isWithin(inner, scope)).toBe(true);
        expect(isWithin(inner, `${inner}/${more}`)).toBe(false);
        expect(isWithin(`${inner}x`, inner)).toBe(false);
      }),
    );
  });
});

describe("ancestors", () => {
  it("are the path and those above it, nearest first, in lower case", () => {
    expect(ancestors("Acme/Platform/API")).toEqual(["acme/platform/api", "acme/platform", "acme"]);
    expect(ancestors("/acme//widgets/")).toEqual(["acme/widgets", "acme"]);
    expect(ancestors(null)).toEqual([]);
  });
});

describe("the Relay of a path", () => {
  test.for<[path: string | null, name: string]>([
    ["acme/widgets", "gitlab/acme"],
    ["Acme", "gitlab/acme"],
    ["/acme/widgets", "gitlab/acme"],
    [null, "gitlab/-"],
    ["", "gitlab/-"],
    ["/", "gitlab/-"],
  ])("%s is %s", ([of, name]) => {
    expect(relayNameFor(of)).toBe(name);
  });

  it("is the same for all paths of a namespace", () => {
    fc.assert(
      fc.property(path, (inner) => {
        const names = [inner, inner.toUpperCase(), ...ancestors(inner)].map(relayNameFor);
        expect(new Set(names).size).toBe(1);
      }),
    );
  });
});
