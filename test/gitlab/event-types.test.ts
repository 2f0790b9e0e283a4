import { expect, it, test } from "vitest";
import { eventOf, FIXTURES } from "./fixtures.ts";

/** The types that the design promises for each body, GitLab's own word first. */
const TYPES: Record<string, string[]> = {
  "access_token.expiring": ["access_token.expiring"],
  "deploy_token.expiring": ["deploy_token.expiring"],
  "deployment.approved": ["deployment.approved"],
  "deployment.success": ["deployment.success"],
  "emoji.award": ["emoji.award"],
  "epic.open": ["epic.open", "work_item.open"],
  "feature_flag.on": ["feature_flag.on"],
  "incident.open": ["incident.open", "work_item.open"],
  "issue.assigned": ["issue.update", "issue.assigned"],
  "issue.close": ["issue.close"],
  "issue.close-update": ["issue.update"],
  "issue.due_date_changed": ["issue.update", "issue.due_date_changed"],
  "issue.labeled": ["issue.update", "issue.labeled"],
  "issue.made_confidential": ["issue.update", "issue.made_confidential"],
  "issue.made_public": ["issue.update", "issue.made_public"],
  "issue.milestone_changed": ["issue.update", "issue.milestone_changed"],
  "issue.open": ["issue.open"],
  "issue.open-confidential": ["issue.open"],
  "issue.open-hostile": ["issue.open"],
  "issue.open-licensing": ["issue.open"],
  "issue.open-no-assignees": ["issue.open"],
  "issue.reopen": ["issue.reopen"],
  "issue.retitled": ["issue.update", "issue.title_changed"],
  "issue.unassigned": ["issue.update", "issue.unassigned"],
  "issue.unlabeled": ["issue.update", "issue.unlabeled"],
  "issue.update": ["issue.update"],
  "job.failed": ["job.failed"],
  "member.add": ["member.add"],
  "merge_request.approval": ["merge_request.approval"],
  "merge_request.approvals_reset": ["merge_request.unapproved", "merge_request.approvals_reset"],
  "merge_request.approved": ["merge_request.approved"],
  "merge_request.close": ["merge_request.close"],
  "merge_request.close-from-gone-fork": ["merge_request.close"],
  "merge_request.draft": [
    "merge_request.update",
    "merge_request.draft",
    "merge_request.title_changed",
  ],
  "merge_request.labeled": ["merge_request.update", "merge_request.labeled"],
  "merge_request.merge": ["merge_request.merge"],
  "merge_request.open": ["merge_request.open"],
  "merge_request.open-bot-author": ["merge_request.open"],
  "merge_request.open-fork": ["merge_request.open"],
  "merge_request.ready": [
    "merge_request.update",
    "merge_request.ready",
    "merge_request.title_changed",
  ],
  "merge_request.reopen": ["merge_request.reopen"],
  "merge_request.retargeted": ["merge_request.update", "merge_request.target_branch_changed"],
  "merge_request.retitled": ["merge_request.update", "merge_request.title_changed"],
  "merge_request.review_requested": ["merge_request.update", "merge_request.review_requested"],
  "merge_request.review_rerequested": ["merge_request.update", "merge_request.review_rerequested"],
  "merge_request.unapproval": ["merge_request.unapproval"],
  "merge_request.unapproved": ["merge_request.unapproved"],
  "merge_request.update-pushed": ["merge_request.update", "merge_request.pushed"],
  "milestone.close": ["milestone.close"],
  "note.create-commit": ["note.create"],
  "note.create-confidential-issue": ["note.create"],
  "note.create-design": ["note.create"],
  "note.create-internal": ["note.create"],
  "note.create-issue": ["note.create"],
  "note.create-merge_request": ["note.create"],
  "note.create-no-action": ["note.create"],
  "note.create-snippet": ["note.create"],
  "note.create-work_item": ["note.create"],
  "note.update": ["note.update"],
  "pipeline.broken": ["pipeline.failed", "pipeline.broken"],
  "pipeline.canceled": ["pipeline.canceled"],
  "pipeline.failed": ["pipeline.failed"],
  "pipeline.failed-merge-request": ["pipeline.failed"],
  "pipeline.failed-retry-listed": ["pipeline.failed"],
  "pipeline.fixed": ["pipeline.success", "pipeline.fixed"],
  "pipeline.running": ["pipeline.running"],
  "pipeline.success": ["pipeline.success"],
  "pipeline.success-child": ["pipeline.success"],
  "pipeline.success-old": ["pipeline.success"],
  "project.create": ["project.create"],
  "push.created": ["push.create"],
  "push.deleted": ["push.delete"],
  "push.push": ["push.update"],
  "release.create": ["release.create"],
  "subgroup.create": ["subgroup.create"],
  "system.user_create": ["user.create"],
  "tag_push.created": ["tag_push.create"],
  unknown: ["unknown"],
  "vulnerability.detected": ["vulnerability.detected"],
  "wiki_page.update": ["wiki_page.update"],
  "work_item.close-objective": ["work_item.close"],
  "work_item.open-task": ["work_item.open"],
};

it("names a type for every fixture", () => {
  expect(FIXTURES.toSorted()).toEqual(Object.keys(TYPES).toSorted());
});

test.for(FIXTURES)("%s has its types", (name) => {
  const { type, types } = eventOf(name);
  expect([type, new Set(types)]).toEqual([TYPES[name]?.[0], new Set(TYPES[name])]);
  expect(types).toHaveLength(TYPES[name]?.length ?? 0);
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
