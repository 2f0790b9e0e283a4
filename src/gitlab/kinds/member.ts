import type { Event, Reading } from "../../event.ts";
import { identifier, text, type JsonObject } from "../../json.ts";
import { personFrom } from "../person.ts";

export type MemberDetails = {
  of: "member";
  member: NonNullable<Event["actor"]> | null;
  /** GitLab's name of what they are a member of. */
  group: string | null;
  /** Guest, Reporter, Developer, … */
  access: string | null;
  /** The day the membership ends. */
  expiresOn: string | null;
};

/**
 * Members of groups, and of projects (system hooks). The `user_*` fields name the member; nobody says
 * who did it.
 *
 * @see https://docs.gitlab.com/user/project/integrations/webhook_events/#group-member-events
 */
export function memberEvent(payload: JsonObject): Reading {
  const member = personFrom({
    username: payload["user_username"] ?? null,
    name: payload["user_name"] ?? payload["user_username"] ?? null,
  });
  const user = identifier(payload["user_id"]);
  const path = text(payload["project_path_with_namespace"]);
  const name = text(payload["project_name"]);
  return {
    title: member?.name ?? null,
    url: null,
    text: null,
    at: text(payload["updated_at"]) ?? text(payload["created_at"]),
    subject: user === null ? null : `member ${user}`,
    actor: null,
    ...(path === null ? {} : { project: { path, name: name ?? path, url: null } }),
    details: {
      of: "member",
      member,
      group: text(payload["group_name"]) ?? name,
      access: text(payload["group_access"]) ?? text(payload["access_level"]),
      expiresOn: text(payload["expires_at"])?.slice(0, 10) ?? null,
    },
  };
}
