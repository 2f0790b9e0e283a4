import type { Reading } from "../../event.ts";
import { objects, text, type JsonObject } from "../../json.ts";

export type NamespaceDetails = {
  of: "namespace";
  path: string | null;
  /** Its path before it was renamed or moved. */
  oldPath: string | null;
  visibility: string | null;
  owners: string[];
};

/**
 * Projects, groups and subgroups that come, go, and are renamed or moved. Everything stands at the
 * top level, and nobody says who did it.
 *
 * @see https://docs.gitlab.com/administration/system_hooks/
 */
export function namespaceEvent(payload: JsonObject): Reading {
  const path =
    text(payload["path_with_namespace"]) ?? text(payload["full_path"]) ?? text(payload["path"]);
  const owner = text(payload["owner_name"]);
  const owners = objects(payload["owners"]).flatMap((each) => text(each["name"]) ?? []);
  return {
    title: text(payload["name"]) ?? path,
    url: null,
    text: null,
    at: text(payload["updated_at"]) ?? text(payload["created_at"]),
    subject: path === null ? null : `namespace ${path}`,
    actor: null,
    details: {
      of: "namespace",
      path,
      oldPath:
        text(payload["old_path_with_namespace"]) ??
        text(payload["old_full_path"]) ??
        text(payload["old_path"]),
      visibility: text(payload["project_visibility"]),
      owners: owners.length > 0 || owner === null ? owners : [owner],
    },
  };
}
