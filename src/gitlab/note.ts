import type { KindOfEvent } from "./event.ts";
import { field, identifier, object, objects, text, type JsonObject } from "./json.ts";

/** GitLab's `noteable_type` in our words; an unknown one is written in the same manner. */
const NOTEABLES: Record<string, string> = {
  Issue: "issue",
  WorkItem: "work_item",
  Epic: "epic",
  MergeRequest: "merge_request",
  Commit: "commit",
  Snippet: "snippet",
  "DesignManagement::Design": "design",
  "WikiPage::Meta": "wiki_page",
};

/**
 * Comments. The subject is what was commented on, so that a comment never overtakes the opening.
 *
 * @see https://docs.gitlab.com/user/project/integrations/webhook_events/#comment-events
 */
export function noteEvent(payload: JsonObject): KindOfEvent {
  const attributes = object(payload["object_attributes"]);
  const type = text(attributes["noteable_type"]) ?? "";
  const on = Object.hasOwn(NOTEABLES, type) ? (NOTEABLES[type] ?? null) : snakeCase(type);
  const noteable = object(
    payload[on === "work_item" || on === "epic" ? "issue" : (on ?? "")] ?? payload["work_item"],
  );
  const iid = identifier(noteable["iid"]);
  const action = text(attributes["action"]) ?? "create";
  return {
    kind: "note",
    action,
    also: [],
    title: text(noteable["title"]) ?? firstLine(text(noteable["message"])),
    url: text(attributes["url"]),
    text: text(attributes["note"]),
    at: text(attributes["updated_at"]) ?? text(attributes["created_at"]),
    subject: iid === null || on === null ? null : `${on === "merge_request" ? on : "issue"} ${iid}`,
    iid,
    labels: objects(noteable["labels"]),
    ref: text(field(payload, "merge_request", "source_branch")),
    on,
  };
}

function firstLine(message: string | null): string | null {
  return message?.split("\n", 1)[0] ?? null;
}

function snakeCase(type: string): string | null {
  const word = type.split("::").at(-1) ?? "";
  return word === "" ? null : word.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase();
}
