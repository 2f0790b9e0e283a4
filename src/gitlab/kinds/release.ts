import type { Reading } from "../../event.ts";
import { field, objects, text, type JsonObject } from "../../json.ts";
import { inUrl, projectUrl } from "../project-url.ts";

export type ReleaseDetails = {
  of: "release";
  tag: string | null;
  tagUrl: string | null;
  /** Files that were attached, beside the archives of the source. */
  links: { name: string; url: string | null }[];
};

/**
 * Releases. The action stands at the top level, and nobody is named.
 *
 * @see https://docs.gitlab.com/user/project/integrations/webhook_events/#release-events
 */
export function releaseEvent(payload: JsonObject, action: string): Reading {
  const tag = text(payload["tag"]);
  return {
    title: text(payload["name"]) ?? tag,
    url: text(payload["url"]),
    text: text(payload["description"]),
    // When it was edited or deleted is not said.
    at: action === "create" ? (text(payload["released_at"]) ?? text(payload["created_at"])) : null,
    subject: tag === null ? null : `release ${tag}`,
    ref: tag,
    details: {
      of: "release",
      tag,
      tagUrl: tag === null ? null : projectUrl(payload, `/-/tags/${inUrl(tag)}`),
      links: objects(field(payload, "assets", "links")).flatMap((link) => {
        const name = text(link["name"]);
        return name === null ? [] : [{ name, url: text(link["url"]) }];
      }),
    },
  };
}
