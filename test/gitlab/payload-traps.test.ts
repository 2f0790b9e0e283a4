import { describe, expect, it, test } from "vitest";
import type { Event } from "../../src/event.ts";
import { object, type Json, type JsonObject } from "../../src/json.ts";
import { parseEvent } from "../../src/gitlab/parse-event.ts";
import { eventOf, payloadOf } from "./fixtures.ts";

const ZEROS = "0".repeat(40);
const [BEFORE, AFTER] = ["a5d29c37".repeat(5), "c419be1a".repeat(5)];

function read(payload: JsonObject, hookPath: string | null = null): Event {
  return parseEvent(payload, {
    id: "event-id",
    hookName: null,
    hookPath,
    large: false,
    refChange: null,
  });
}

/** The event of a fixture with some of its `object_attributes` changed; undefined ones are left out. */
function withAttributes(name: string, changes: Record<string, Json | undefined>): Event {
  const attributes = { ...object(payloadOf(name)["object_attributes"]), ...changes };
  return eventOf(name, { object_attributes: JSON.parse(JSON.stringify(attributes)) });
}

/** The event of a fixture without some of its keys. */
function without(name: string, ...keys: string[]): Event {
  const payload = payloadOf(name);
  for (const key of keys) delete payload[key];
  return read(payload);
}

/** What only events of its kind have. */
function detailsOf<Of extends Event["details"]["of"]>(
  of: Of,
  { details }: Event,
): Extract<Event["details"], { of: Of }> {
  expect(details.of).toBe(of);
  return details as Extract<Event["details"], { of: Of }>;
}

describe("the action is found", () => {
  test.for<[where: string, payload: JsonObject, type: string]>([
    [
      "in object_attributes",
      { object_kind: "wiki_page", object_attributes: { action: "delete" } },
      "wiki_page.delete",
    ],
    [
      "at the top level, of a release",
      { object_kind: "release", action: "update" },
      "release.update",
    ],
    [
      "at the top level, of a milestone",
      { object_kind: "milestone", action: "reopen", object_attributes: { state: "active" } },
      "milestone.reopen",
    ],
    [
      "in event_type, of an emoji",
      { object_kind: "emoji", event_type: "revoke", object_attributes: { name: "eyes" } },
      "emoji.revoke",
    ],
    [
      "in event_type of emojis alone",
      { object_kind: "issue", event_type: "issue" },
      "issue.update",
    ],
    [
      "in status, of a deployment",
      { object_kind: "deployment", status: "blocked" },
      "deployment.blocked",
    ],
    ["in build_status, of a job", { object_kind: "build", build_status: "manual" }, "job.manual"],
    ["in job_status, long ago", { object_kind: "job", job_status: "created" }, "job.created"],
    [
      "in object_attributes.status, of a pipeline",
      { object_kind: "pipeline", object_attributes: { status: "waiting_for_resource" } },
      "pipeline.waiting_for_resource",
    ],
    [
      "in a switch, of a feature flag",
      { object_kind: "feature_flag", object_attributes: { active: false } },
      "feature_flag.off",
    ],
    [
      "in the state, of a vulnerability",
      { object_kind: "vulnerability", object_attributes: { state: "dismissed" } },
      "vulnerability.dismissed",
    ],
    ["in the SHAs, of a push", { object_kind: "push", before: ZEROS, after: AFTER }, "push.create"],
    ["in event_name, of a group", { event_name: "group_rename" }, "group.rename"],
    [
      "in event_name, of a token",
      { object_kind: "access_token", event_name: "expiring_access_token" },
      "access_token.expiring",
    ],
    [
      "nowhere, before comments had one",
      { object_kind: "note", object_attributes: {} },
      "note.create",
    ],
  ])("%s", ([, payload, type]) => {
    expect(read(payload).type).toBe(type);
  });

  it("in object_attributes before anywhere else", () => {
    const elsewhere = { action: "b", event_type: "c", status: "d", build_status: "e" };
    for (const kind of ["emoji", "deployment", "build", "release", "push"]) {
      const payload = {
        object_kind: kind,
        ...elsewhere,
        object_attributes: { action: "a", status: "f" },
      };
      expect(read(payload).action).toBe("a");
    }
  });

  it("of an emoji in both of the places that GitLab has had for it", () => {
    const [seen, documented] = ["emoji.award", "emoji.award-documented"].map((name) =>
      payloadOf(name),
    );
    expect(object(seen?.["object_attributes"])).not.toHaveProperty("action");
    expect(object(documented?.["object_attributes"])).toHaveProperty("action", "award");
    expect(eventOf("emoji.award").type).toBe(eventOf("emoji.award-documented").type);
  });
});

describe("a SHA of zeros", () => {
  const zeros256 = "0".repeat(64);

  test.for<[before: string, after: string, action: string]>([
    [ZEROS, AFTER, "create"],
    [BEFORE, AFTER, "update"],
    [BEFORE, ZEROS, "delete"],
    [ZEROS, ZEROS, "delete"],
    [zeros256, "ab".repeat(32), "create"],
    ["ab".repeat(32), zeros256, "delete"],
  ])("%s … %s: %s", ([before, after, action]) => {
    for (const kind of ["push", "tag_push"]) {
      expect(read({ object_kind: kind, before, after }).type).toBe(`${kind}.${action}`);
      expect(read({ event_name: kind, before, after }).type).toBe(`${kind}.${action}`);
    }
  });

  it("leaves nothing to compare with or to look at", () => {
    const [created, deleted] = ["push.create", "push.delete"].map((name) =>
      detailsOf("push", eventOf(name)),
    );
    expect(created).toMatchObject({ compareUrl: null, total: 0, commits: [] });
    expect(created?.refUrl).toMatch(/\/-\/tree\/feature\/quiet-gear$/);
    expect(deleted).toMatchObject({ compareUrl: null, refUrl: null });
  });
});

describe("a system hook's push", () => {
  it("has no object_kind, no commits and no username, and is a push all the same", () => {
    const event = eventOf("push.update-system");
    expect(payloadOf("push.update-system")).not.toHaveProperty("object_kind");
    expect(event).toMatchObject({
      type: "push.update",
      path: "acme/platform/billing-service",
      ref: "trunk",
      actor: { username: null, name: "Niamh Brannigan" },
    });
    expect(detailsOf("push", event)).toMatchObject({ tag: false, commits: [], total: 0 });
    expect(eventOf("tag_push.create-system")).toMatchObject({
      type: "tag_push.create",
      ref: "v118",
      details: { tag: true },
    });
  });
});

it("of a push of many commits GitLab sends 20 and says how many there are", () => {
  const { commits, total } = detailsOf("push", eventOf("push.update-25-commits"));
  expect([commits.length, total]).toEqual([20, 25]);
  expect(commits.at(-1)?.title).toBe("Tidy the change log");
});

describe("repository_update", () => {
  it("has changes that are a list of refs and not of fields", () => {
    const event = eventOf("repository.update");
    expect(event).toMatchObject({ changed: [], types: ["repository.update"], echo: false });
    expect(detailsOf("repository", event).refs).toEqual(["main", "v118", "eu-north"]);
  });

  test.for<[changes: Json]>([[null], [{}], ["x"], [[null, 1, {}]], [[{ ref: null }]]])(
    "takes %j for none",
    ([changes]) => {
      const event = eventOf("repository.update", { changes });
      expect(detailsOf("repository", event).refs).toEqual([]);
    },
  );
});

describe("the changes of an update", () => {
  const bug = { id: 1, title: "bug" };
  const urgent = { id: 2, title: "urgent" };
  const aiko = { id: 3, name: "Aiko", username: "aiko" };

  test.for<[changes: Json | undefined]>([[undefined], [null], [{}], [[]], ["x"], [{ title: "x" }]])(
    "%j change nothing that is known",
    ([changes]) => {
      const payload: JsonObject = { object_kind: "issue", object_attributes: { action: "update" } };
      const event = read(changes === undefined ? payload : { ...payload, changes });
      expect(event).toMatchObject({ types: ["issue.update"], changed: [], echo: false });
    },
  );

  test.for<[kind: string, field: string, previous: Json, current: Json, action: string]>([
    ["issue", "labels", [bug], [bug, urgent], "labeled"],
    ["issue", "labels", [bug, urgent], [bug], "unlabeled"],
    ["issue", "assignees", [], [aiko], "assigned"],
    ["issue", "title", "a", "b", "title_changed"],
    ["issue", "due_date", null, "2026-10-23", "due_date_changed"],
    ["issue", "confidential", false, true, "made_confidential"],
    ["issue", "weight", 2, 5, "weight_changed"],
    ["issue", "severity", "unknown", "critical", "severity_changed"],
    ["issue", "health_status", null, "at_risk", "health_status_changed"],
    ["issue", "discussion_locked", null, true, "discussion_locked_changed"],
    ["merge_request", "reviewers", [], [aiko], "review_requested"],
    ["merge_request", "reviewers", [aiko], [], "review_request_removed"],
    ["merge_request", "draft", true, false, "ready"],
    ["merge_request", "target_branch", "main", "next", "target_branch_changed"],
    ["merge_request", "description", "a", "b", "description_changed"],
    ["merge_request", "milestone_id", null, 7, "milestone_changed"],
  ])(
    "of %s's %s come in both shapes: %j, %j are %s",
    ([kind, field, previous, current, action]) => {
      for (const change of [{ previous, current }, [previous, current]]) {
        const { types, changed } = read({
          object_kind: kind,
          object_attributes: { action: "update" },
          changes: { [field]: change },
        });
        expect({ types, changed }).toEqual({
          types: [`${kind}.update`, `${kind}.${action}`],
          changed: [field],
        });
      }
    },
  );

  it("name labels that were put on and taken off, not all that there are", () => {
    expect(eventOf("issue.update-several")).toMatchObject({
      labels: ["type::bug", "priority::1", "backend"],
      labelsAdded: ["priority::1", "backend"],
      labelsRemoved: ["workflow::ready for dev"],
    });
  });

  it("hold the documentation's lists of reviewers", () => {
    const event = eventOf("merge_request.review_requested-lists");
    const { reviewers } = detailsOf("merge_request", event).changes;
    expect(reviewers.added.map(({ username }) => username)).toEqual(["nbrannigan"]);
    expect(reviewers.removed).toEqual([]);
  });

  test.for([
    ["issue.close-update", true],
    ["issue.close-update-labels", true],
    ["merge_request.close-update", true],
    ["issue.close", false],
    ["issue.update-several", false],
  ] as const)("tell the update that accompanies a close: %s, %s", ([name, echo]) => {
    expect(eventOf(name).echo).toBe(echo);
  });

  it("of old versions have the state as a word", () => {
    const changes = { state: { previous: "opened", current: "closed" } };
    expect(eventOf("issue.update", { changes }).echo).toBe(true);
  });
});

describe("the project", () => {
  test.for<[name: string, path: string | null, project: string | null, group: string | null]>([
    ["epic.close", "acme/platform", null, "acme/platform"],
    ["note.create-epic", "acme/platform", null, "acme/platform"],
    ["milestone.create-group", "acme/platform", null, "acme/platform"],
    ["access_token.expiring", "acme/platform", null, "acme/platform"],
    ["access_token.expiring-project", "acme/widgets", "acme/widgets", null],
    ["deploy_token.expiring-group", "acme/platform", null, "acme/platform"],
    ["subgroup.destroy", "acme/platform/prototypes", null, "acme/platform/prototypes"],
    ["group.rename", "acme/platform-engineering", null, "acme/platform-engineering"],
    ["project.transfer", "acme/finance/billing-service", "acme/finance/billing-service", null],
    ["user.rename", null, null, null],
    ["key.create", null, null, null],
    ["job.failed-old", null, null, null],
  ])("of %s: path %s", ([name, path, project, group]) => {
    const event = eventOf(name);
    expect([event.path, event.project?.path ?? null, event.group?.path ?? null]).toEqual([
      path,
      project,
      group,
    ]);
  });

  it("of a vulnerability stands in its address alone", () => {
    expect(payloadOf("vulnerability.confirmed")).not.toHaveProperty("project");
    expect(eventOf("vulnerability.confirmed").project).toEqual({
      path: "acme/platform/billing-service",
      name: "acme/platform/billing-service",
      url: "https://gitlab.example.com/acme/platform/billing-service",
    });
  });

  it("of a member stands in flat fields", () => {
    expect(eventOf("member.add-project").project?.path).toBe("acme/platform/deploy-infra");
  });

  it("that is missing is the hook's", () => {
    for (const name of ["vulnerability.confirmed", "job.failed-old", "user.rename"]) {
      expect(read(payloadOf(name), "acme/widgets").path).toBe("acme/widgets");
    }
  });
});

describe("people", () => {
  it("who are assigned to or review nothing have no key at all", () => {
    const event = eventOf("issue.open-no-assignees");
    expect(payloadOf("issue.open-no-assignees")).not.toHaveProperty("assignees");
    expect([event.assignees, event.reviewers]).toEqual([[], []]);
  });

  test.for<[list: Json]>([[null], [{}], ["x"], [[null, 7, {}, { name: null }]]])(
    "in a list that is %j are none",
    ([list]) => {
      const event = eventOf("merge_request.open", { assignees: list, reviewers: list });
      expect([event.assignees, event.reviewers]).toEqual([[], []]);
    },
  );

  test.for([
    "milestone.create",
    "release.update",
    "access_token.expiring",
    "vulnerability.resolved",
    "project.rename",
    "group.create",
    "member.remove",
    "user.failed_login",
    "key.destroy",
  ])("who caused %s are not named", (name) => {
    expect(eventOf(name).actor).toBeNull();
  });

  it("of a job have no username", () => {
    expect(object(payloadOf("job.failed")["user"])).not.toHaveProperty("username");
    expect(eventOf("job.failed").actor).toMatchObject({ username: null, name: "Tobias Ekström" });
  });

  it("of old versions have neither id nor address", () => {
    const { actor, author } = eventOf("merge_request.open-system");
    expect(actor).toEqual({ username: "tekstrom", name: "Tobias Ekström", bot: false });
    expect(author).toBeNull();
  });

  it("of a member event are who it is about", () => {
    const { member, group, access, expiresOn } = detailsOf("member", eventOf("member.update"));
    expect({ member: member?.username, group, access, expiresOn }).toEqual({
      member: "nbrannigan",
      group: "Platform",
      access: "Maintainer",
      expiresOn: "2027-06-30",
    });
    expect(detailsOf("member", eventOf("member.add-project"))).toMatchObject({
      group: "deploy-infra",
      access: "Developer",
      expiresOn: null,
    });
  });

  it("whose account was renamed had another username", () => {
    expect(detailsOf("account", eventOf("user.rename"))).toMatchObject({
      account: { username: "jweidenbach-ito" },
      oldUsername: "jweidenbach",
    });
  });

  it("who approve or reject a deployment are its actor; who deploys is not", () => {
    expect(eventOf("deployment.blocked").actor?.username).toBe("afujimori");
    expect(eventOf("deployment.rejected").actor?.username).toBe("mquintero");
  });
});

describe("flat bodies", () => {
  test.for<[name: string, path: string, oldPath: string | null]>([
    ["project.create", "acme/platform/observability/dashboards", null],
    [
      "project.rename",
      "acme/platform/observability/dashboards-and-alerts",
      "acme/platform/observability/dashboards",
    ],
    ["project.transfer", "acme/finance/billing-service", "acme/platform/billing-service"],
    ["group.rename", "acme/platform-engineering", "acme/platform"],
    ["subgroup.destroy", "acme/platform/prototypes", null],
  ])("of %s: %s, before %s", ([name, path, oldPath]) => {
    expect(detailsOf("namespace", eventOf(name))).toMatchObject({ path, oldPath });
  });

  it("of a project name its owners, before GitLab 16 one at most", () => {
    const owners = (changes: JsonObject) =>
      detailsOf("namespace", eventOf("project.update", changes)).owners;
    expect(owners({})).toEqual(["Marisol Quintero"]);
    expect(owners({ owners: [], owner_name: "Tobias Ekström" })).toEqual(["Tobias Ekström"]);
    expect(owners({ owners: null, owner_name: null })).toEqual([]);
  });
});

describe("labels", () => {
  const label = { id: 1, title: "bug" };

  it("stand at the top level, newer ones among the attributes too", () => {
    const { labels: top, ...rest } = payloadOf("issue.unlabeled");
    const attributes = object(rest["object_attributes"]);
    expect(
      read({ ...rest, object_attributes: { ...attributes, labels: top ?? [] } }).labels,
    ).toEqual(eventOf("issue.unlabeled").labels);
    expect(withAttributes("issue.unlabeled", { labels: undefined }).labels).toEqual(
      eventOf("issue.unlabeled").labels,
    );
  });

  it("of a comment are those of what it was written on", () => {
    for (const [name, on] of [
      ["note.create-issue", "issue"],
      ["note.create-merge_request", "merge_request"],
    ] as const) {
      const noteable = { ...object(payloadOf(name)[on]), labels: [label] };
      expect(eventOf(name, { [on]: noteable }).labels).toEqual(["bug"]);
    }
  });
});

describe("a job", () => {
  it("has a commit whose id is the pipeline's", () => {
    const { commit, pipeline } = detailsOf("job", eventOf("job.failed"));
    expect(object(payloadOf("job.failed")["commit"])["id"]).toBe(770188);
    expect(commit?.shortSha).toBe("a5d29c37");
    expect(commit?.url).toMatch(/\/-\/commit\/a5d29c3719b15ccb2c9a9cb8449a68935ce43ae1$/);
    expect(pipeline?.id).toBe("770188");
  });

  it("has its SHA in two places", () => {
    const shas = [without("job.failed", "sha"), eventOf("job.failed", { commit: null })].map(
      (event) => detailsOf("job", event).commit?.shortSha,
    );
    expect(shas).toEqual(["a5d29c37", "a5d29c37"]);
  });

  it("has no address but one that can be made", () => {
    expect(eventOf("job.failed").url).toBe(
      "https://gitlab.example.com/acme/widgets/-/jobs/9900403",
    );
    expect(eventOf("job.failed-old").url).toBeNull();
  });

  it("that did not fail has a reason that says nothing", () => {
    expect(payloadOf("job.success")["build_failure_reason"]).toBe("unknown_failure");
    expect(detailsOf("job", eventOf("job.success")).failureReason).toBeNull();
    expect(detailsOf("job", eventOf("job.failed")).failureReason).toBe("script_failure");
  });

  it("of long ago has keys that begin with job_", () => {
    const event = eventOf("job.failed-old");
    expect(event).toMatchObject({ type: "job.failed", title: "rspec", stages: ["test"] });
    expect(detailsOf("job", event)).toMatchObject({
      failureReason: "script_failure",
      allowedToFail: false,
      pipeline: null,
      commit: { shortSha: "a5d29c37", title: "second try" },
    });
  });

  it("of a tag is no job of a branch", () => {
    const event = eventOf("job.success-tag");
    expect([event.ref, detailsOf("job", event).tag, detailsOf("job", event).retries]).toEqual([
      "v2.5.0",
      true,
      2,
    ]);
  });
});

describe("a pipeline", () => {
  const builds = (...jobs: [id: number, name: string, status: string, allowed?: boolean][]) =>
    jobs.map(([id, name, status, allow_failure = false]) => {
      return { id, name, status, stage: "test", allow_failure };
    });
  const failed = (jobs: Json) => {
    const details = detailsOf("pipeline", eventOf("pipeline.failed", { builds: jobs }));
    return [details.failedJobs, details.allowedToFail].map((list) => list.map(({ name }) => name));
  };

  it("lists no jobs that were retried, and where it does the last run counts", () => {
    expect(failed(builds([1, "unit", "failed"], [2, "unit", "success"]))).toEqual([[], []]);
    expect(failed(builds([2, "unit", "success"], [1, "unit", "failed"]))).toEqual([[], []]);
    expect(failed(builds([1, "unit", "success"], [2, "unit", "failed"]))).toEqual([["unit"], []]);
    const { failedJobs } = detailsOf("pipeline", eventOf("pipeline.failed-retry-listed"));
    expect(failedJobs.map(({ name }) => name)).toEqual(["unit"]);
  });

  it("keeps jobs apart that are allowed to fail", () => {
    expect(failed(builds([1, "unit", "failed"], [2, "lint", "failed", true]))).toEqual([
      ["unit"],
      ["lint"],
    ]);
    const event = eventOf("pipeline.success-warnings");
    expect(detailsOf("pipeline", event)).toMatchObject({
      detailedStatus: "passed with warnings",
      failedJobs: [],
      allowedToFail: [{ name: "spell check" }, { name: "outdated packages" }],
    });
    expect(event.stages).toEqual([]);
  });

  test.for<[jobs: Json]>([[null], [[]], [{}], [[null, {}, { status: "failed", id: null }]]])(
    "whose jobs are %j is none the worse",
    ([jobs]) => {
      const event = eventOf("pipeline.failed", { builds: jobs });
      expect(event).toMatchObject({ type: "pipeline.failed", status: "failed", stages: [] });
    },
  );

  it("has all of its failed jobs", () => {
    const event = eventOf("pipeline.failed-many-jobs");
    expect(detailsOf("pipeline", event).failedJobs).toHaveLength(14);
    expect(event.stages).toEqual(["build", "test", "security"]);
    expect(detailsOf("pipeline", eventOf("pipeline.failed-no-jobs")).failedJobs).toEqual([]);
  });

  it("of old versions has no address but one that can be made", () => {
    expect(object(payloadOf("pipeline.success-old")["object_attributes"])).not.toHaveProperty(
      "url",
    );
    expect(eventOf("pipeline.success-old").url).toBe(
      "https://gitlab.example.com/acme/widgets/-/pipelines/51234",
    );
  });

  it("of a tag, of a merge request and of a parent says so", () => {
    expect(detailsOf("pipeline", eventOf("pipeline.success-tag")).tag).toBe(true);
    expect(detailsOf("pipeline", eventOf("pipeline.success-child")).child).toBe(true);
    const { mergeRequest } = detailsOf("pipeline", eventOf("pipeline.failed-merge-request"));
    expect(mergeRequest?.iid).toBe("208");
  });
});

describe("a merge request", () => {
  const draft = (said: Record<string, Json | undefined>) =>
    detailsOf("merge_request", withAttributes("merge_request.open", said)).draft;

  it("was work in progress before it was a draft", () => {
    expect(draft({ draft: undefined, work_in_progress: true })).toBe(true);
    expect(draft({ draft: undefined, work_in_progress: false })).toBe(false);
    expect(draft({ draft: true, work_in_progress: undefined })).toBe(true);
    expect(draft({ draft: false, work_in_progress: true })).toBe(false);
    expect(draft({ draft: undefined, work_in_progress: undefined })).toBe(false);
    expect(detailsOf("merge_request", eventOf("merge_request.open-system")).draft).toBe(true);
  });

  it("without commits has no last one", () => {
    const event = eventOf("merge_request.open-draft-no-commits");
    expect(detailsOf("merge_request", event).lastCommit).toBeNull();
    for (const last_commit of [undefined, null, {}]) {
      const changed = withAttributes("merge_request.open", { last_commit });
      expect(detailsOf("merge_request", changed).lastCommit).toBeNull();
    }
  });

  it("comes from a fork, from the project, or from one that is gone", () => {
    const forks = ["open-fork", "open", "close-from-gone-fork"].map(
      (name) => detailsOf("merge_request", eventOf(`merge_request.${name}`)).fork,
    );
    expect(forks).toEqual(["dokonkwo/widgets", null, null]);
    expect(
      object(payloadOf("merge_request.close-from-gone-fork")["object_attributes"]),
    ).toHaveProperty("source", null);
  });

  it("loses approvals to a push in two ways", () => {
    for (const action of ["unapproved", "unapproval"]) {
      for (const reset of ["approvals_reset_on_push", "code_owner_approvals_reset_on_push"]) {
        const event = withAttributes("merge_request.approvals_reset", {
          action,
          system_action: reset,
        });
        expect(event.types).toEqual([`merge_request.${action}`, "merge_request.approvals_reset"]);
      }
    }
  });
});

describe("a comment", () => {
  it("on a design has neither an address nor an issue", () => {
    expect(eventOf("note.create-design")).toMatchObject({ url: null, on: "design", iid: null });
  });

  it("on a wiki page says nothing of the page", () => {
    expect(eventOf("note.create-wiki_page")).toMatchObject({ title: null, on: "wiki_page" });
  });

  it("on what is new to us is of a kind in the same manner", () => {
    const event = withAttributes("note.create-wiki_page", {
      noteable_type: "Packages::PackageFile",
    });
    expect(event.on).toBe("package_file");
  });
});

describe("a deployment", () => {
  it("keeps its subject from the request for approval to the end", () => {
    const subjects = ["blocked", "rejected", "failed"].map(
      (status) => eventOf(`deployment.${status}`).subject,
    );
    expect(new Set(subjects)).toEqual(new Set(["acme/platform/deploy-infra deployment 8821"]));
  });

  it("by API has no job to look at", () => {
    const event = eventOf("deployment.approved");
    expect(detailsOf("deployment", event).jobUrl).toBeNull();
    expect(event.url).toBe("https://gitlab.example.com/acme/platform/deploy-infra");
  });
});

describe("a vulnerability", () => {
  it("is at a line, or in a package", () => {
    expect(detailsOf("vulnerability", eventOf("vulnerability.confirmed"))).toMatchObject({
      file: "src/reports/usage_export.py",
      line: 88,
      dependency: null,
    });
    expect(detailsOf("vulnerability", eventOf("vulnerability.resolved"))).toMatchObject({
      file: "package-lock.json",
      line: null,
      dependency: "gearbox 4.0.6",
    });
  });

  it("has identifiers with and without a page", () => {
    const { identifiers } = detailsOf("vulnerability", eventOf("vulnerability.resolved"));
    expect(identifiers).toEqual([
      { name: "WIDGET-2026-0001", url: null },
      { name: "CWE-120", url: "https://cwe.mitre.org/data/definitions/120.html" },
    ]);
  });
});

describe("a date that cannot be read", () => {
  const broken = "2015-04-08T21: 00:25-07:00";
  const commits: Json = [{ id: "a", title: "A commit", timestamp: broken }];

  test.for<[name: string, changes: JsonObject]>([
    ["deployment.success", { status_changed_at: broken }],
    ["release.create", { released_at: broken, created_at: null }],
    ["push.update", { commits }],
    ["job.failed", { build_finished_at: broken }],
    ["member.add", { updated_at: broken }],
    ["project.create", { updated_at: broken }],
    ["group.create", { updated_at: broken }],
    ["user.create", { updated_at: broken }],
    ["key.create", { updated_at: broken }],
    ...[
      "issue.open",
      "merge_request.open",
      "note.create-issue",
      "milestone.close",
      "emoji.award",
      "vulnerability.detected",
    ].map((name): [string, JsonObject] => [
      name,
      {
        object_attributes: { ...object(payloadOf(name)["object_attributes"]), updated_at: broken },
      },
    ]),
    [
      "pipeline.failed",
      { object_attributes: { status: "failed", finished_at: broken, created_at: broken } },
    ],
  ])("leaves the time of %s open", ([name, changes]) => {
    expect(eventOf(name).at).not.toBeNull();
    expect(eventOf(name, changes).at).toBeNull();
  });
});

it("keys that are new change nothing", () => {
  for (const name of ["issue.open", "pipeline.failed", "push.update", "member.add"]) {
    const { attributes: _, ...event } = eventOf(name, { brand_new: { nested: [1] }, "": null });
    const { attributes: __, ...before } = eventOf(name);
    expect(event).toEqual(before);
  }
});
