import { describe, expect, it, test } from "vitest";
import { EVENT_CATALOGUE } from "../../src/gitlab/event-catalogue.ts";
import { eventOf, FIXTURES } from "./fixtures.ts";

/** The types that the design promises for each body, GitLab's own word first. */
const TYPES: Record<string, string[]> = {
  "access_token.expiring": ["access_token.expiring"],
  "access_token.expiring-project": ["access_token.expiring"],
  "deploy_token.expiring": ["deploy_token.expiring"],
  "deploy_token.expiring-group": ["deploy_token.expiring"],
  "deployment.approved": ["deployment.approved"],
  "deployment.blocked": ["deployment.blocked"],
  "deployment.canceled": ["deployment.canceled"],
  "deployment.failed": ["deployment.failed"],
  "deployment.rejected": ["deployment.rejected"],
  "deployment.running": ["deployment.running"],
  "deployment.success": ["deployment.success"],
  "deployment.success-production": ["deployment.success"],
  "emoji.award": ["emoji.award"],
  "emoji.award-documented": ["emoji.award"],
  "emoji.award-merge_request": ["emoji.award"],
  "emoji.award-note": ["emoji.award"],
  "emoji.award-snippet": ["emoji.award"],
  "emoji.revoke": ["emoji.revoke"],
  "epic.close": ["epic.close", "work_item.close"],
  "epic.description_changed": [
    "epic.update",
    "epic.description_changed",
    "work_item.update",
    "work_item.description_changed",
  ],
  "epic.due_date_changed": [
    "epic.update",
    "epic.due_date_changed",
    "work_item.update",
    "work_item.due_date_changed",
  ],
  "epic.labeled": [
    "epic.update",
    "epic.labeled",
    "epic.unlabeled",
    "work_item.update",
    "work_item.labeled",
    "work_item.unlabeled",
  ],
  "epic.open": ["epic.open", "work_item.open"],
  "epic.update": ["epic.update", "work_item.update"],
  "feature_flag.off": ["feature_flag.off"],
  "feature_flag.on": ["feature_flag.on"],
  "group.create": ["group.create"],
  "group.destroy": ["group.destroy"],
  "group.rename": ["group.rename"],
  "incident.close": ["incident.close", "work_item.close"],
  "incident.open": ["incident.open", "work_item.open"],
  "incident.severity_changed": [
    "incident.update",
    "incident.severity_changed",
    "work_item.update",
    "work_item.severity_changed",
  ],
  "incident.title_changed": [
    "incident.update",
    "incident.title_changed",
    "work_item.update",
    "work_item.title_changed",
  ],
  "incident.unassigned": [
    "incident.update",
    "incident.unassigned",
    "work_item.update",
    "work_item.unassigned",
  ],
  "incident.update": ["incident.update", "work_item.update"],
  "issue.assigned": ["issue.update", "issue.assigned"],
  "issue.close": ["issue.close"],
  "issue.close-update": ["issue.update"],
  "issue.close-update-labels": ["issue.update", "issue.unlabeled"],
  "issue.description_changed": ["issue.update", "issue.description_changed"],
  "issue.discussion_locked_changed": ["issue.update", "issue.discussion_locked_changed"],
  "issue.due_date_changed": ["issue.update", "issue.due_date_changed"],
  "issue.health_status_changed": ["issue.update", "issue.health_status_changed"],
  "issue.labeled": ["issue.update", "issue.labeled"],
  "issue.made_confidential": ["issue.update", "issue.made_confidential"],
  "issue.made_public": ["issue.update", "issue.made_public"],
  "issue.milestone_changed": ["issue.update", "issue.milestone_changed"],
  "issue.moved": ["issue.close", "issue.moved"],
  "issue.update-requirement": ["issue.update"],
  "issue.open": ["issue.open"],
  "issue.open-confidential": ["issue.open"],
  "issue.open-hostile": ["issue.open"],
  "issue.open-licensing": ["issue.open"],
  "issue.open-no-assignees": ["issue.open"],
  "issue.reopen": ["issue.reopen"],
  "issue.severity_changed": [
    "incident.update",
    "incident.severity_changed",
    "issue.update",
    "issue.severity_changed",
  ],
  "issue.title_changed": ["issue.update", "issue.title_changed"],
  "issue.unassigned": ["issue.update", "issue.unassigned"],
  "issue.unlabeled": ["issue.update", "issue.unlabeled"],
  "issue.update": ["issue.update"],
  "issue.update-several": [
    "issue.update",
    "issue.due_date_changed",
    "issue.labeled",
    "issue.unlabeled",
    "issue.assigned",
  ],
  "issue.weight_changed": ["issue.update", "issue.weight_changed"],
  "job.canceled": ["job.canceled"],
  "job.created": ["job.created"],
  "job.failed": ["job.failed"],
  "job.failed-allowed": ["job.failed"],
  "job.failed-old": ["job.failed"],
  "job.manual": ["job.manual"],
  "job.pending": ["job.pending"],
  "job.running": ["job.running"],
  "job.scheduled": ["job.scheduled"],
  "job.skipped": ["job.skipped"],
  "job.success": ["job.success"],
  "job.success-tag": ["job.success"],
  "key.create": ["key.create"],
  "key.destroy": ["key.destroy"],
  "member.access_request": ["member.access_request"],
  "member.access_request_denied": ["member.access_request_denied"],
  "member.access_request_revoked": ["member.access_request_revoked"],
  "member.add": ["member.add"],
  "member.add-project": ["member.add"],
  "member.remove": ["member.remove"],
  "member.update": ["member.update"],
  "merge_request.approval": ["merge_request.approval"],
  "merge_request.approvals_reset": ["merge_request.unapproved", "merge_request.approvals_reset"],
  "merge_request.approved": ["merge_request.approved"],
  "merge_request.assigned": ["merge_request.update", "merge_request.assigned"],
  "merge_request.close": ["merge_request.close"],
  "merge_request.close-from-gone-fork": ["merge_request.close"],
  "merge_request.close-update": ["merge_request.update"],
  "merge_request.description_changed": [
    "merge_request.update",
    "merge_request.description_changed",
  ],
  "merge_request.discussion_locked_changed": [
    "merge_request.update",
    "merge_request.discussion_locked_changed",
  ],
  "merge_request.draft": [
    "merge_request.update",
    "merge_request.title_changed",
    "merge_request.draft",
  ],
  "merge_request.labeled": ["merge_request.update", "merge_request.labeled"],
  "merge_request.merge": ["merge_request.merge"],
  "merge_request.milestone_changed": ["merge_request.update", "merge_request.milestone_changed"],
  "merge_request.open": ["merge_request.open"],
  "merge_request.open-bot-author": ["merge_request.open"],
  "merge_request.open-draft-no-commits": ["merge_request.open"],
  "merge_request.open-fork": ["merge_request.open"],
  "merge_request.open-hostile": ["merge_request.open"],
  "merge_request.open-system": ["merge_request.open"],
  "merge_request.pushed": ["merge_request.update", "merge_request.pushed"],
  "merge_request.ready": [
    "merge_request.update",
    "merge_request.title_changed",
    "merge_request.ready",
  ],
  "merge_request.reopen": ["merge_request.reopen"],
  "merge_request.review_request_removed": [
    "merge_request.update",
    "merge_request.review_request_removed",
  ],
  "merge_request.review_requested": ["merge_request.update", "merge_request.review_requested"],
  "merge_request.review_requested-lists": [
    "merge_request.update",
    "merge_request.review_requested",
  ],
  "merge_request.review_rerequested": ["merge_request.update", "merge_request.review_rerequested"],
  "merge_request.target_branch_changed": [
    "merge_request.update",
    "merge_request.target_branch_changed",
  ],
  "merge_request.title_changed": ["merge_request.update", "merge_request.title_changed"],
  "merge_request.unapproval": ["merge_request.unapproval"],
  "merge_request.unapproved": ["merge_request.unapproved"],
  "merge_request.unassigned": ["merge_request.update", "merge_request.unassigned"],
  "merge_request.unlabeled": ["merge_request.update", "merge_request.unlabeled"],
  "merge_request.update": ["merge_request.update"],
  "merge_request.update-auto_merge": ["merge_request.update"],
  "milestone.close": ["milestone.close"],
  "milestone.create": ["milestone.create"],
  "milestone.create-group": ["milestone.create"],
  "milestone.delete": ["milestone.delete"],
  "milestone.reopen": ["milestone.reopen"],
  "nightly_import.late": ["nightly_import.late"],
  "note.create-commit": ["note.create"],
  "note.create-confidential-issue": ["note.create"],
  "note.create-design": ["note.create"],
  "note.create-epic": ["note.create"],
  "note.create-hostile": ["note.create"],
  "note.create-internal": ["note.create"],
  "note.create-issue": ["note.create"],
  "note.create-merge_request": ["note.create"],
  "note.create-no-action": ["note.create"],
  "note.create-snippet": ["note.create"],
  "note.system": ["note.system"],
  "note.create-wiki_page": ["note.create"],
  "note.create-work_item": ["note.create"],
  "note.update": ["note.update"],
  "note.update-merge_request": ["note.update"],
  "pipeline.broken": ["pipeline.failed", "pipeline.broken"],
  "pipeline.canceled": ["pipeline.canceled"],
  "pipeline.created": ["pipeline.created"],
  "pipeline.failed": ["pipeline.failed"],
  "pipeline.failed-hostile": ["pipeline.failed", "pipeline.broken"],
  "pipeline.failed-many-jobs": ["pipeline.failed", "pipeline.broken"],
  "pipeline.failed-merge-request": ["pipeline.failed"],
  "pipeline.failed-no-jobs": ["pipeline.failed"],
  "pipeline.failed-retry-listed": ["pipeline.failed"],
  "pipeline.fixed": ["pipeline.success", "pipeline.fixed"],
  "pipeline.manual": ["pipeline.manual"],
  "pipeline.pending": ["pipeline.pending"],
  "pipeline.preparing": ["pipeline.preparing"],
  "pipeline.running": ["pipeline.running"],
  "pipeline.running-broken-ref": ["pipeline.running"],
  "pipeline.scheduled": ["pipeline.scheduled"],
  "pipeline.skipped": ["pipeline.skipped"],
  "pipeline.success": ["pipeline.success"],
  "pipeline.success-child": ["pipeline.success"],
  "pipeline.success-old": ["pipeline.success"],
  "pipeline.success-tag": ["pipeline.success"],
  "pipeline.success-warnings": ["pipeline.success"],
  "pipeline.waiting_for_resource": ["pipeline.waiting_for_resource"],
  "project.create": ["project.create"],
  "project.destroy": ["project.destroy"],
  "project.rename": ["project.rename"],
  "project.transfer": ["project.transfer"],
  "project.update": ["project.update"],
  "push.create": ["push.create"],
  "push.create-commits": ["push.create"],
  "push.delete": ["push.delete"],
  "push.update": ["push.update"],
  "push.update-25-commits": ["push.update"],
  "push.update-bot": ["push.update"],
  "push.update-hostile": ["push.update"],
  "push.update-system": ["push.update"],
  "release.create": ["release.create"],
  "release.create-tag-name": ["release.create"],
  "release.delete": ["release.delete"],
  "release.update": ["release.update"],
  "repository.update": ["repository.update"],
  "subgroup.create": ["subgroup.create"],
  "subgroup.destroy": ["subgroup.destroy"],
  "tag_push.create": ["tag_push.create"],
  "tag_push.create-annotated": ["tag_push.create"],
  "tag_push.create-no-message": ["tag_push.create"],
  "tag_push.create-system": ["tag_push.create"],
  "tag_push.delete": ["tag_push.delete"],
  "tag_push.update": ["tag_push.update"],
  unknown: ["unknown"],
  "user.create": ["user.create"],
  "user.destroy": ["user.destroy"],
  "user.failed_login": ["user.failed_login"],
  "user.rename": ["user.rename"],
  "vulnerability.confirmed": ["vulnerability.confirmed"],
  "vulnerability.detected": ["vulnerability.detected"],
  "vulnerability.dismissed": ["vulnerability.dismissed"],
  "vulnerability.resolved": ["vulnerability.resolved"],
  "wiki_page.create": ["wiki_page.create"],
  "wiki_page.delete": ["wiki_page.delete"],
  "wiki_page.update": ["wiki_page.update"],
  "wiki_page.update-message": ["wiki_page.update"],
  "work_item.assigned": ["work_item.update", "work_item.assigned"],
  "work_item.close-objective": ["work_item.close"],
  "work_item.health_status_changed-key_result": [
    "work_item.update",
    "work_item.health_status_changed",
  ],
  "work_item.open-task": ["work_item.open"],
  "work_item.update": ["work_item.update"],
};

it("names a type for every fixture", () => {
  expect(FIXTURES.toSorted()).toEqual(Object.keys(TYPES).toSorted());
});

test.for(FIXTURES)("%s has its types", (name) => {
  const { type, types } = eventOf(name);
  expect([type, new Set(types)]).toEqual([TYPES[name]?.[0], new Set(TYPES[name])]);
  expect(types).toHaveLength(TYPES[name]?.length ?? 0);
});

it("is what a fixture is named after, but for the updates that accompany a close", () => {
  const others = FIXTURES.filter((name) => !eventOf(name).types.includes(name.split("-")[0] ?? ""));
  expect(others.toSorted()).toEqual([
    "issue.close-update",
    "issue.close-update-labels",
    "merge_request.close-update",
  ]);
});

/** Work items of all sorts are read as issues are: what `issue.*` has is not repeated for each. */
const LEFT_TO_ISSUES: Record<string, string[]> = {
  work_item: [
    "reopen",
    "milestone_changed",
    "weight_changed",
    "discussion_locked_changed",
    "made_confidential",
    "made_public",
    "moved",
  ],
  incident: [
    "reopen",
    "labeled",
    "unlabeled",
    "assigned",
    "description_changed",
    "due_date_changed",
    "milestone_changed",
    "weight_changed",
    "health_status_changed",
    "discussion_locked_changed",
    "made_confidential",
    "made_public",
    "moved",
  ],
  epic: [
    "reopen",
    "assigned",
    "unassigned",
    "title_changed",
    "milestone_changed",
    "weight_changed",
    "severity_changed",
    "health_status_changed",
    "discussion_locked_changed",
    "made_confidential",
    "made_public",
    "moved",
  ],
};

/** Bodies of custom webhook templates: one without a kind, one with a kind of its own. */
const NOT_CATALOGUED = ["unknown", "nightly_import.late"];

describe("the catalogue", () => {
  const catalogued = EVENT_CATALOGUE.flatMap(({ kind, actions }) =>
    Object.keys(actions).map((action) => `${kind}.${action}`),
  );
  const produced = new Set(FIXTURES.flatMap((name) => eventOf(name).types));

  it("has a fixture for each of its types, but for those that issues have", () => {
    const left = Object.entries(LEFT_TO_ISSUES).flatMap(([kind, actions]) =>
      actions.map((action) => ({ type: `${kind}.${action}`, like: `issue.${action}` })),
    );
    const missing = catalogued.filter((type) => !produced.has(type));
    expect(missing.toSorted()).toEqual(left.map(({ type }) => type).toSorted());
    expect(left.filter(({ like }) => !produced.has(like))).toEqual([]);
  });

  it("has every type that a fixture produces, but for those of custom templates", () => {
    const unknown = [...produced].filter((type) => !catalogued.includes(type));
    expect(unknown.toSorted()).toEqual(NOT_CATALOGUED.toSorted());
  });
});

const CONFIDENTIAL = [
  "issue.made_confidential",
  "issue.open-confidential",
  "note.create-confidential-issue",
  "note.create-internal",
];

test.for(FIXTURES)("%s is confidential where it says so", (name) => {
  expect(eventOf(name).confidential).toBe(CONFIDENTIAL.includes(name));
});
