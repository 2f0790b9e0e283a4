import type { Reading } from "../../event.ts";
import { field, identifier, object, text, type JsonObject } from "../../json.ts";
import { projectUrl } from "../project-url.ts";

export type TokenDetails = {
  of: "token";
  /** The day it expires, `2026-10-24`, in GitLab's time zone. */
  expiresOn: string | null;
  /** Last used, as GitLab wrote it. */
  lastUsedAt: string | null;
};

/**
 * Access and deploy tokens that are about to expire: seven days before, and earlier where that is
 * switched on. A token belongs to a project or to a group.
 *
 * @see https://docs.gitlab.com/user/project/integrations/webhook_events/#project-and-group-access-token-events
 */
export function tokenEvent(payload: JsonObject): Reading {
  const attributes = object(payload["object_attributes"]);
  const id = identifier(attributes["id"]);
  const kind = payload["object_kind"] === "deploy_token" ? "deploy_token" : "access_token";
  const page = kind === "deploy_token" ? "/-/settings/repository" : "/-/settings/access_tokens";
  return {
    title: text(attributes["name"]),
    url: projectUrl(payload, page) ?? text(field(payload, "group", "web_url")),
    text: null,
    at: null,
    subject: id === null ? null : `${kind} ${id}`,
    details: {
      of: "token",
      expiresOn: text(attributes["expires_at"])?.slice(0, 10) ?? null,
      lastUsedAt: text(attributes["last_used_at"]),
    },
  };
}
