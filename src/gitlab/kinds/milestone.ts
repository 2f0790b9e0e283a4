import type { Reading } from "../../event.ts";
import { identifier, object, text, type JsonObject } from "../../json.ts";
import { projectUrl } from "../project-url.ts";

export type MilestoneDetails = {
  of: "milestone";
  /** `2026-09-30` */
  startDate: string | null;
  dueDate: string | null;
};

/**
 * Milestones of projects and groups. The action stands at the top level, and nobody is named.
 *
 * @see https://docs.gitlab.com/user/project/integrations/webhook_events/#milestone-events
 */
export function milestoneEvent(payload: JsonObject): Reading {
  const attributes = object(payload["object_attributes"]);
  const iid = identifier(attributes["iid"]);
  return {
    title: text(attributes["title"]),
    url:
      text(attributes["url"]) ??
      (iid === null ? null : projectUrl(payload, `/-/milestones/${iid}`)),
    text: text(attributes["description"]),
    at: text(attributes["updated_at"]) ?? text(attributes["created_at"]),
    subject: iid === null ? null : `milestone ${iid}`,
    iid,
    status: text(attributes["state"]),
    details: {
      of: "milestone",
      startDate: text(attributes["start_date"]),
      dueDate: text(attributes["due_date"]),
    },
  };
}
