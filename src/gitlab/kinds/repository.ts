import type { Reading } from "../../event.ts";
import { REF_PREFIX } from "../project-url.ts";
import { field, objects, text, type JsonObject } from "../../json.ts";

export type RepositoryDetails = {
  of: "repository";
  /** Branches and tags that changed, without `refs/heads/`. */
  refs: string[];
};

/**
 * `repository_update`, which system hooks send once for a push of several refs. Its `changes` are a
 * list, unlike all others.
 *
 * @see https://docs.gitlab.com/administration/system_hooks/#repository-update-events
 */
export function repositoryEvent(payload: JsonObject): Reading {
  const refs = objects(payload["changes"]).flatMap((change) => text(change["ref"]) ?? []);
  return {
    title: text(field(payload, "project", "name")),
    url: text(field(payload, "project", "web_url")),
    text: null,
    at: null,
    subject: null,
    details: {
      of: "repository",
      refs: refs.map((ref) => ref.replace(REF_PREFIX, "")),
    },
  };
}
