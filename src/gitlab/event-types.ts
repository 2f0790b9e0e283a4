import { changeOf, isBookkeeping, type Changes } from "./changes.ts";
import { identifier, object, own, text, type JsonObject } from "../json.ts";

/** How a pipeline's result compares with the one before it on the same ref. */
export type RefChange = "broken" | "fixed";

/** What happened: GitLab's own word as kind and action, and every type it counts as. */
export type EventTypes = { kind: string; action: string; types: string[] };

/** Object kinds that go by another name here. */
const RENAMED: Record<string, string> = { build: "job" };

/** Types of issues and work items that are a kind of their own; the others stay `work_item`. */
const OWN_KIND: Record<string, string> = { Epic: "epic", Incident: "incident", Issue: "issue" };

/** `event_name`s that are no `<kind>_<action>`, in our words. */
const NAMED_EVENTS: Record<string, [kind: string, action: string]> = {
  user_add_to_group: ["member", "add"],
  user_update_for_group: ["member", "update"],
  user_remove_from_group: ["member", "remove"],
  user_access_request_to_group: ["member", "access_request"],
  user_access_request_denied_for_group: ["member", "access_request_denied"],
  user_access_request_revoked_for_group: ["member", "access_request_revoked"],
  user_add_to_team: ["member", "add"],
  user_update_for_team: ["member", "update"],
  user_remove_from_team: ["member", "remove"],
  user_access_request_to_project: ["member", "access_request"],
  user_access_request_denied_for_project: ["member", "access_request_denied"],
  user_access_request_revoked_for_project: ["member", "access_request_revoked"],
  user_failed_login: ["user", "failed_login"],
  expiring_access_token: ["access_token", "expiring"],
  expiring_deploy_token: ["deploy_token", "expiring"],
  repository_update: ["repository", "update"],
};

/** Fields whose change has a type of its own, beside the lists and switches below. */
const CHANGED_FIELDS: Record<string, string> = {
  title: "title_changed",
  description: "description_changed",
  due_date: "due_date_changed",
  milestone_id: "milestone_changed",
  target_branch: "target_branch_changed",
  weight: "weight_changed",
  severity: "severity_changed",
  health_status: "health_status_changed",
  discussion_locked: "discussion_locked_changed",
};

/** Work items of every sort are issues to GitLab, and an event may count as several of them. */
export const ISSUE_KINDS = ["issue", "work_item", "incident", "epic"];

/** Fields beside {@link CHANGED_FIELDS} whose change has a type. */
const TYPED = ["confidential", "draft", "work_in_progress", "labels", "assignees", "reviewers"];

/** What `system_action` says when GitLab itself took approvals back. */
const APPROVALS_RESET = ["approvals_reset_on_push", "code_owner_approvals_reset_on_push"];

const ZERO_SHA = /^0+$/;

/**
 * Decides what a payload is, in one place for all kinds. A body that names no kind (one made by a
 * custom webhook template) is `unknown`.
 *
 * @param refChange what the Relay knows of a pipeline's ref; GitLab 19 says it in the body.
 * @see https://docs.gitlab.com/user/project/integrations/webhook_events/
 */
export function typesOf(
  payload: JsonObject,
  changes: Changes,
  refChange: RefChange | null,
): EventTypes {
  const attributes = object(payload["object_attributes"]);
  const [saidKind, saidAction] = kindAndAction(payload, attributes);
  const [kind, action] = [word(saidKind), word(saidAction)];
  if (kind === "unknown") return { kind, action, types: ["unknown"] };
  const objectKind = word(text(payload["object_kind"]) ?? saidKind);
  // An incident under the object kind `work_item` counts as both.
  const kinds = isIssue(objectKind) && objectKind !== kind ? [kind, objectKind] : [kind];
  const actions = [action, ...derivedActions(kind, action, attributes, changes, refChange)];
  const types = kinds.flatMap((each) => actions.map((said) => `${each}.${said}`));
  return { kind, action, types: [...new Set(types)] };
}

/**
 * Whether this is the `update` that GitLab sends along with a close or reopen of an issue or merge
 * request, and that says nothing else. Closing changes `closed_at` as well: what only changes
 * `state_id` is news of its own, and so is a field that changed besides and has no type.
 */
export function isEcho({ kind, action }: EventTypes, { fields }: Changes): boolean {
  if (action !== "update") return false;
  const has = (name: string): boolean => Object.hasOwn(fields, name);
  const closes =
    kind === "merge_request"
      ? has("state_id") || has("state")
      : ISSUE_KINDS.includes(kind) && (has("state") || (has("state_id") && has("closed_at")));
  return closes && Object.keys(fields).every((name) => isBookkeeping(name) || hasType(name));
}

/** Whether the change of a field has a type of its own. */
function hasType(field: string): boolean {
  return own(CHANGED_FIELDS, field) !== undefined || TYPED.includes(field);
}

/** Whether an object kind is GitLab's for issues: work items of all sorts have the same body. */
function isIssue(objectKind: string): boolean {
  return objectKind === "issue" || objectKind === "work_item";
}

/** GitLab says what happened in several places; they are asked in this order. */
function kindAndAction(payload: JsonObject, attributes: JsonObject): [string, string] {
  const objectKind = text(payload["object_kind"]);
  const eventName = text(payload["event_name"]);
  const named = own(NAMED_EVENTS, eventName);
  if (named !== undefined) return named;
  if (objectKind === null)
    return eventName === null ? ["unknown", "unknown"] : split(eventName, payload);
  // GitLab should not send what it writes itself under an issue; a rule on comments does not want it.
  if (objectKind === "note" && attributes["system"] === true) return ["note", "system"];
  const kind = own(RENAMED, objectKind) ?? ownKind(objectKind, attributes) ?? objectKind;
  const action =
    text(attributes["action"]) ??
    text(payload["action"]) ??
    (kind === "emoji" ? text(payload["event_type"]) : null) ??
    text(payload["status"]) ??
    text(payload["build_status"]) ??
    text(payload["job_status"]) ??
    text(attributes["status"]) ??
    refAction(payload) ??
    switched(attributes) ??
    (kind === "vulnerability" ? text(attributes["state"]) : null) ??
    (kind === "note" ? "create" : "update");
  return [kind, action];
}

function ownKind(objectKind: string, attributes: JsonObject): string | undefined {
  return isIssue(objectKind) ? own(OWN_KIND, text(attributes["type"])) : undefined;
}

function split(eventName: string, payload: JsonObject): [string, string] {
  if (eventName === "push" || eventName === "tag_push") {
    return [eventName, refAction(payload) ?? "update"];
  }
  const at = eventName.replace(/(?<!_)_+$/, "").lastIndexOf("_");
  return at > 0 ? [eventName.slice(0, at), eventName.slice(at + 1)] : [eventName, "update"];
}

/** What a push did to its ref: GitLab sends a SHA of zeros where there is no commit. */
function refAction(payload: JsonObject): string | null {
  const [before, after] = [text(payload["before"]), text(payload["after"])];
  if (before === null || after === null) return null;
  if (ZERO_SHA.test(after)) return "delete";
  return ZERO_SHA.test(before) ? "create" : "update";
}

function switched(attributes: JsonObject): string | null {
  const active = attributes["active"];
  return typeof active === "boolean" ? (active ? "on" : "off") : null;
}

/** What it really was: an `update` by what it changed, a pipeline by the one before. */
function derivedActions(
  kind: string,
  action: string,
  attributes: JsonObject,
  changes: Changes,
  refChange: RefChange | null,
): string[] {
  switch (kind) {
    case "issue":
    case "work_item":
    case "incident":
    case "epic":
      // A moved issue is closed, and opened anew elsewhere.
      if (action === "close" && identifier(attributes["moved_to_id"]) !== null) return ["moved"];
      return action === "update" ? changedActions(changes) : [];
    case "merge_request": {
      const derived = action === "update" ? changedActions(changes) : [];
      // `oldrev` is sent for pushes only: an update without it has no new commits.
      if (action === "update" && text(attributes["oldrev"]) !== null) derived.push("pushed");
      if (APPROVALS_RESET.includes(text(attributes["system_action"]) ?? "")) {
        derived.push("approvals_reset");
      }
      return derived;
    }
    case "pipeline": {
      // It is the ref's status, not this pipeline's: one that is still running has it too. `failed` is
      // said of the first result of a ref.
      const said = text(attributes["ref_status_name"]);
      if (said === null) return refChange === null ? [] : [refChange];
      if (action === "failed" && (said === "broken" || said === "failed")) return ["broken"];
      return action === "success" && said === "fixed" ? ["fixed"] : [];
    }
    default:
      return [];
  }
}

function changedActions(changes: Changes): string[] {
  const { fields, labels, assignees, reviewers, askedAgain } = changes;
  const actions = Object.keys(fields).flatMap((name) => own(CHANGED_FIELDS, name) ?? []);
  const switchedTo = (name: string, on: string, off: string) => {
    if (Object.hasOwn(fields, name)) {
      actions.push(changeOf(fields, name).current === true ? on : off);
    }
  };
  switchedTo("confidential", "made_confidential", "made_public");
  switchedTo("draft", "draft", "ready");
  switchedTo("work_in_progress", "draft", "ready");
  if (labels.added.length > 0) actions.push("labeled");
  if (labels.removed.length > 0) actions.push("unlabeled");
  if (assignees.added.length > 0) actions.push("assigned");
  if (assignees.removed.length > 0) actions.push("unassigned");
  if (reviewers.added.length > 0) actions.push("review_requested");
  if (reviewers.removed.length > 0) actions.push("review_request_removed");
  if (askedAgain.length > 0) actions.push("review_rerequested");
  return actions;
}

/** A kind or action as one word of a type, whatever a custom template made of it. */
function word(said: string): string {
  return said
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, "_")
    .slice(0, 60);
}
