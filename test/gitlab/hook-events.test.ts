import { describe, expect, it, test } from "vitest";
import { EVENT_CATALOGUE } from "../../src/gitlab/event-catalogue.ts";
import { flagsOf, hookNeeds, HOOK_FLAGS, type HookOwner } from "../../src/gitlab/hook-events.ts";
import type { Destination, Mapping } from "../../src/mappings/schema.ts";

const DESTINATIONS = new Map<string, Destination>([
  ["open", { type: "channel", channel: "C0000000001" }],
  ["closed", { type: "channel", channel: "C0000000002", confidential: true }],
]);

/** One rule for each list of types, under one path. */
function mapping(...rules: Partial<Mapping["rules"][number]>[]): Mapping {
  return {
    rules: rules.map((rule, index) => ({
      name: `rule ${index + 1}`,
      on: "issue.open",
      to: "open",
      ...rule,
    })),
  };
}

function needs(path: string, owner: HookOwner, mappings: Record<string, Mapping>) {
  const keyed = Object.entries(mappings).map(([key, each]) => [`mapping/gitlab/${key}`, each]);
  return hookNeeds(path, owner, new Map(keyed as [string, Mapping][]), DESTINATIONS);
}

function flags(on: string | string[], owner: HookOwner = "project", to = "open"): string[] {
  return [...needs("acme/site", owner, { "acme/site": mapping({ on, to }) }).flags.keys()];
}

describe("the flags of a rule's types", () => {
  test.for<[on: string, flags: string[]]>([
    ["issue.open", ["issues_events"]],
    ["issue.labeled", ["issues_events"]],
    ["issue.*", ["issues_events"]],
    ["incident.open", ["issues_events"]],
    ["work_item.*", ["issues_events"]],
    ["merge_request.merge", ["merge_requests_events"]],
    ["note.create", ["note_events"]],
    ["pipeline.broken", ["pipeline_events"]],
    ["job.failed", ["job_events"]],
    ["deployment.success", ["deployment_events"]],
    ["push.update", ["push_events"]],
    ["tag_push.create", ["tag_push_events"]],
    ["release.create", ["releases_events"]],
    ["milestone.close", ["milestone_events"]],
    ["wiki_page.update", ["wiki_page_events"]],
    ["feature_flag.on", ["feature_flag_events"]],
    ["emoji.award", ["emoji_events"]],
    ["vulnerability.detected", ["vulnerability_events"]],
    ["access_token.expiring", ["resource_access_token_events"]],
    ["deploy_token.expiring", ["resource_deploy_token_events"]],
    // A glob over kinds, a type that GitLab adds later, and words in capitals.
    ["*.failed", ["job_events", "pipeline_events", "deployment_events"]],
    ["*push.create", ["push_events", "tag_push_events"]],
    ["issue.gilded", ["issues_events"]],
    ["Issue.Open", ["issues_events"]],
  ])("%s", ([on, expected]) => {
    expect(flags(on)).toEqual(expected);
  });

  test.for(["*", "unknown", "nightly_import.late"])("%s may come by any of them", (on) => {
    const open = (flag: string) => !flag.startsWith("confidential_");
    expect(flags(on)).toEqual(flagsOf("project").filter(open));
    expect(flags(on, "group")).toEqual(HOOK_FLAGS.filter(open));
    expect(flags(on, "project", "closed")).toEqual(flagsOf("project"));
  });

  it("are known for every kind of the catalogue that hooks send", () => {
    const all = flagsOf("group");
    for (const { kind, actions, hook } of EVENT_CATALOGUE) {
      const [action = ""] = Object.keys(actions);
      const found = flags(`${kind}.${action}`, "group");
      const isSystem = hook === "System hooks";
      expect([kind, found.length]).toEqual([kind, isSystem ? 0 : 1]);
      expect(all).toEqual(expect.arrayContaining(found));
    }
  });

  test.for<[on: string, owner: HookOwner, needs: string]>([
    ["epic.open", "project", "a hook of a group"],
    ["member.add", "project", "a hook of a group"],
    ["subgroup.create", "project", "a hook of a group"],
    ["user.create", "group", "a system hook, which an administrator of GitLab sets up"],
    ["key.*", "project", "a system hook, which an administrator of GitLab sets up"],
  ])("of %s are none on a hook of a %s", ([on, owner, what]) => {
    const found = needs("acme/site", owner, { "acme/site": mapping({ on }) });
    expect([...found.flags.keys()]).toEqual([]);
    expect(found.unserved).toEqual([{ rule: "rule 1", on, needs: what }]);
  });

  it("of epics are those of issues on a hook of a group", () => {
    expect(flags(["epic.open", "member.*"], "group")).toEqual(["issues_events", "member_events"]);
  });
});

describe("confidential events", () => {
  test.for<[what: string, rule: Partial<Mapping["rules"][number]>, flags: string[]]>([
    ["to an open destination are not sent", { to: "open" }, ["issues_events"]],
    ["to an unknown destination are not sent", { to: "nobody" }, ["issues_events"]],
    ["to a closed one are", { to: "closed" }, ["issues_events", "confidential_issues_events"]],
    [
      "to one of several are",
      { to: ["open", "closed"], on: "note.create" },
      ["note_events", "confidential_note_events"],
    ],
    [
      "alone are sent alone",
      { to: "closed", when: { confidential: true } },
      ["confidential_issues_events"],
    ],
    [
      "that a rule does not want are not sent",
      { to: "closed", when: { confidential: false } },
      ["issues_events"],
    ],
    [
      "of merge requests have no flag",
      { to: "closed", on: "merge_request.open" },
      ["merge_requests_events"],
    ],
  ])("%s", ([, rule, expected]) => {
    const found = needs("acme/site", "project", { "acme/site": mapping(rule) });
    expect([...found.flags.keys()]).toEqual(expected);
  });
});

describe("the rules of a hook", () => {
  const everywhere = {
    "*": mapping({ on: "release.create" }),
    acme: mapping({ on: "push.update" }),
    "acme/site": mapping({ on: "issue.open" }, { on: "issue.close", name: "second" }),
    "acme/site/deep": mapping({ on: "pipeline.failed" }),
    "acme/site2": mapping({ on: "job.failed" }),
    other: mapping({ on: "note.create" }),
  };

  it("are those of its path, above and below, and of no neighbour", () => {
    const found = needs("Acme/Site", "group", everywhere);
    expect(Object.fromEntries(found.flags)).toEqual({
      issues_events: ["rule 1", "second"],
      push_events: ["rule 1"],
      releases_events: ["rule 1"],
      pipeline_events: ["rule 1"],
    });
    expect(found.rules).toBe(5);
  });

  it("end above where inheriting ends", () => {
    const site = { ...everywhere["acme/site"], inherit: false };
    const found = needs("acme/site", "group", { ...everywhere, "acme/site": site });
    expect([...found.flags.keys()]).toEqual(["issues_events", "pipeline_events"]);
  });

  it("are not those that are switched off; those in shadow are", () => {
    const found = needs("acme/site", "project", {
      "acme/site": mapping({ enabled: false, on: "push.*" }, { mode: "shadow", on: "issue.*" }),
    });
    expect([...found.flags.keys()]).toEqual(["issues_events"]);
  });

  it("are none where no mapping applies", () => {
    const found = needs("acme/site", "project", { other: mapping({}) });
    expect([found.flags.size, found.rules]).toEqual([0, 0]);
  });
});
