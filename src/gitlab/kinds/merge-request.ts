import type { Changes } from "../changes.ts";
import { commitFrom, type Commit } from "../commit.ts";
import type { Reading } from "../../event.ts";
import { field, identifier, object, objects, text, type JsonObject } from "../../json.ts";

export type MergeRequestDetails = {
  of: "merge_request";
  targetBranch: string | null;
  /** Path of the fork that it comes from; null when it comes from the project itself. */
  fork: string | null;
  draft: boolean;
  lastCommit: Commit | null;
  changes: Changes;
};

/**
 * Merge requests. `ref` is the source branch.
 *
 * @see https://docs.gitlab.com/user/project/integrations/webhook_events/#merge-request-events
 */
export function mergeRequestEvent(payload: JsonObject, changes: Changes): Reading {
  const attributes = object(payload["object_attributes"]);
  const iid = identifier(attributes["iid"]);
  const source = text(field(attributes, "source", "path_with_namespace"));
  const target = text(field(attributes, "target", "path_with_namespace"));
  return {
    title: text(attributes["title"]),
    url: text(attributes["url"]),
    text: text(attributes["description"]),
    at: text(attributes["updated_at"]) ?? text(attributes["created_at"]),
    subject: iid === null ? null : `merge_request ${iid}`,
    iid,
    labels: objects(payload["labels"] ?? attributes["labels"]),
    ref: text(attributes["source_branch"]),
    status: text(attributes["state"]),
    milestone: text(field(attributes, "milestone", "title")),
    details: {
      of: "merge_request",
      targetBranch: text(attributes["target_branch"]),
      fork: source === target ? null : source,
      draft: (attributes["draft"] ?? attributes["work_in_progress"]) === true,
      lastCommit: commitFrom(attributes["last_commit"]),
      changes,
    },
  };
}
