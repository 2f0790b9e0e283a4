import { derivedActions } from "./derived-types.ts";
import type { KindOfEvent } from "./event.ts";
import { field, identifier, object, objects, text, type JsonObject } from "./json.ts";

/** What `system_action` says when GitLab itself took approvals back. */
const APPROVALS_RESET = ["approvals_reset_on_push", "code_owner_approvals_reset_on_push"];

/**
 * Merge requests. `ref` is the source branch.
 *
 * @see https://docs.gitlab.com/user/project/integrations/webhook_events/#merge-request-events
 */
export function mergeRequestEvent(payload: JsonObject): KindOfEvent {
  const attributes = object(payload["object_attributes"]);
  const action = text(attributes["action"]) ?? "update";
  const derived = action === "update" ? derivedActions(payload) : [];
  // `oldrev` is sent for pushes only: an update without it has no new commits.
  if (action === "update" && text(attributes["oldrev"]) !== null) derived.push("pushed");
  if (APPROVALS_RESET.includes(text(attributes["system_action"]) ?? "")) {
    derived.push("approvals_reset");
  }
  const iid = identifier(attributes["iid"]);
  return {
    kind: "merge_request",
    action,
    also: derived.map((said) => `merge_request.${said}`),
    title: text(attributes["title"]),
    url: text(attributes["url"]),
    text: text(attributes["description"]),
    at: text(attributes["updated_at"]) ?? text(attributes["created_at"]),
    subject: iid === null ? null : `merge_request ${iid}`,
    iid,
    labels: objects(payload["labels"] ?? attributes["labels"]),
    ref: text(attributes["source_branch"]),
    status: text(attributes["state"]),
    milestone: text(field(attributes, "milestone", "title")),
  };
}
