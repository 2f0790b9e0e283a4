import type { KindOfEvent } from "./event.ts";
import { field, object, text, type JsonObject } from "./json.ts";

/** `event_name`s that are no `<kind>_<action>`, in our words. */
const NAMED_EVENTS: Record<string, [kind: string, action: string]> = {
  user_add_to_group: ["member", "add"],
  user_update_for_group: ["member", "update"],
  user_remove_from_group: ["member", "remove"],
  user_access_request_to_group: ["member", "access_request"],
  user_access_request_denied_for_group: ["member", "access_request_denied"],
  user_add_to_team: ["member", "add"],
  user_update_for_team: ["member", "update"],
  user_remove_from_team: ["member", "remove"],
  user_failed_login: ["user", "failed_login"],
  expiring_access_token: ["access_token", "expiring"],
  expiring_deploy_token: ["deploy_token", "expiring"],
  repository_update: ["repository", "update"],
};

/** Object kinds that go by another name here. */
const RENAMED: Record<string, string> = { build: "job" };

const ZERO_SHA = /^0+$/;

/**
 * Every other event as `<kind>.<action>`, and a body without a kind (a custom template) as
 * `unknown`: its `payload` is there for templates all the same.
 *
 * @see https://docs.gitlab.com/user/project/integrations/webhook_events/
 */
export function otherEvent(payload: JsonObject): KindOfEvent {
  const attributes = object(payload["object_attributes"]);
  const [kind, action] = kindAndAction(payload, attributes);
  return {
    kind,
    action,
    also: [],
    title:
      (kind === "member" ? text(payload["user_name"]) : null) ??
      text(attributes["title"]) ??
      text(payload["name"]) ??
      text(payload["title"]) ??
      text(attributes["name"]) ??
      text(payload["build_name"]),
    url: text(attributes["url"]) ?? text(payload["url"]) ?? text(payload["deployable_url"]),
    text:
      text(attributes["description"]) ?? text(payload["description"]) ?? text(payload["message"]),
    at:
      text(attributes["updated_at"]) ??
      text(payload["status_changed_at"]) ??
      text(payload["updated_at"]) ??
      text(payload["build_finished_at"]) ??
      text(payload["created_at"]),
    subject: null,
    ref: text(payload["ref"])?.replace(/^refs\/(heads|tags)\//, "") ?? text(payload["tag"]),
    status: text(payload["status"]) ?? text(payload["build_status"]) ?? text(attributes["state"]),
    environment: text(payload["environment"]) ?? text(field(payload, "environment", "name")),
  };
}

/** GitLab says what happened in five places; they are asked in this order. */
function kindAndAction(payload: JsonObject, attributes: JsonObject): [string, string] {
  const objectKind = text(payload["object_kind"]);
  const eventName = text(payload["event_name"]);
  const named = eventName === null ? undefined : own(NAMED_EVENTS, eventName);
  if (named !== undefined) return named;
  if (objectKind === null)
    return eventName === null ? ["unknown", "unknown"] : split(eventName, payload);
  const kind = own(RENAMED, objectKind) ?? objectKind;
  const action =
    text(attributes["action"]) ??
    text(payload["action"]) ??
    (kind === "emoji" ? text(payload["event_type"]) : null) ??
    text(payload["status"]) ??
    text(payload["build_status"]) ??
    text(attributes["status"]) ??
    refAction(payload) ??
    switched(attributes) ??
    text(attributes["state"]) ??
    "update";
  return [kind, action];
}

function split(eventName: string, payload: JsonObject): [string, string] {
  if (eventName === "push" || eventName === "tag_push") {
    return [eventName, refAction(payload) ?? "update"];
  }
  const at = eventName.lastIndexOf("_");
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

function own<T>(table: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
