import { derivedActions } from "./derived-types.ts";
import type { KindOfEvent } from "./event.ts";
import { field, identifier, object, objects, text, type JsonObject } from "./json.ts";

/** Work item types with a kind of their own; the others stay `work_item`. */
const OWN_KIND: Record<string, string> = { Epic: "epic", Incident: "incident", Issue: "issue" };

/**
 * Issues and work items (tasks, incidents, epics, objectives …): the same body under the object
 * kinds `issue` and `work_item`.
 *
 * @see https://docs.gitlab.com/user/project/integrations/webhook_events/#work-item-events
 */
export function issueEvent(payload: JsonObject): KindOfEvent {
  const attributes = object(payload["object_attributes"]);
  const objectKind = text(payload["object_kind"]) ?? "issue";
  const type = text(attributes["type"]);
  const kind = (type !== null && Object.hasOwn(OWN_KIND, type) && OWN_KIND[type]) || objectKind;
  const action = text(attributes["action"]) ?? "update";
  const actions = [action, ...(action === "update" ? derivedActions(payload) : [])];
  const kinds = kind === objectKind ? [kind] : [kind, objectKind];
  const iid = identifier(attributes["iid"]);
  return {
    kind,
    action,
    also: kinds.flatMap((each) => actions.map((said) => `${each}.${said}`)),
    title: text(attributes["title"]),
    url: text(attributes["url"]),
    text: text(attributes["description"]),
    at: text(attributes["updated_at"]) ?? text(attributes["created_at"]),
    subject: iid === null ? null : `issue ${iid}`,
    iid,
    labels: objects(payload["labels"] ?? attributes["labels"]),
    status: text(attributes["state"]),
    milestone:
      text(field(payload, "milestone", "title")) ?? text(field(attributes, "milestone", "title")),
  };
}
