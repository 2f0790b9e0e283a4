import type { Changes } from "../changes.ts";
import type { Reading } from "../../event.ts";
import { field, identifier, number, object, objects, text, type JsonObject } from "../../json.ts";

export type IssueDetails = {
  of: "issue";
  /** GitLab's word for its type: Issue, Task, Key Result, …; null before there were types. */
  type: string | null;
  /** `2026-12-18` */
  dueDate: string | null;
  weight: number | null;
  healthStatus: string | null;
  changes: Changes;
};

/**
 * Issues and work items (tasks, incidents, epics, objectives …): the same body under the object
 * kinds `issue` and `work_item`.
 *
 * @see https://docs.gitlab.com/user/project/integrations/webhook_events/#work-item-events
 */
export function issueEvent(payload: JsonObject, changes: Changes): Reading {
  const attributes = object(payload["object_attributes"]);
  const iid = identifier(attributes["iid"]);
  return {
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
    severity: known(text(attributes["severity"])),
    details: {
      of: "issue",
      type: text(attributes["type"]),
      dueDate: text(attributes["due_date"]),
      weight: number(attributes["weight"]),
      healthStatus: text(attributes["health_status"]),
      changes,
    },
  };
}

/** Every issue has a severity, which is `unknown` but for incidents. */
function known(severity: string | null): string | null {
  return severity?.toLowerCase() === "unknown" ? null : severity;
}
