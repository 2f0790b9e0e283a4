import { commitFrom } from "../commit.ts";
import type { Reading } from "../../event.ts";
import {
  field,
  identifier,
  isObject,
  number,
  object,
  objects,
  own,
  text,
  type JsonObject,
} from "../../json.ts";

export type NoteDetails = {
  of: "note";
  /** GitLab's word for the type of the issue that it was written on: Issue, Task, … */
  issueType: string | null;
  /** The file and line that it was written at. */
  file: string | null;
  line: number | null;
  /** Short SHA of the commit, or number of the snippet, that it was written on. */
  reference: string | null;
};

/** GitLab's `noteable_type` in our words; an unknown one is written in the same manner. */
const NOTEABLES: Record<string, string> = {
  Issue: "issue",
  WorkItem: "work_item",
  Epic: "epic",
  MergeRequest: "merge_request",
  Commit: "commit",
  Snippet: "snippet",
  "DesignManagement::Design": "design",
  "WikiPage::Meta": "wiki_page",
};

/**
 * Comments. The subject is what was commented on, so that a comment never overtakes the opening.
 *
 * @see https://docs.gitlab.com/user/project/integrations/webhook_events/#comment-events
 */
export function noteEvent(payload: JsonObject): Reading {
  const attributes = object(payload["object_attributes"]);
  const type = text(attributes["noteable_type"]) ?? "";
  const said = noteableWord(type);
  const noteable = noteableOf(payload, said);
  const issueType = text(noteable["type"]);
  // Notes on epics come as notes on issues.
  const on = said === "issue" && issueType === "Epic" ? "epic" : said;
  const iid = identifier(noteable["iid"]);
  const commit = on === "commit" ? commitFrom(payload["commit"]) : null;
  const position = object(attributes["position"]);
  const file = text(position["new_path"]) ?? text(position["old_path"]);
  return {
    title: text(noteable["title"]) ?? commit?.title ?? (on === "design" ? lastSegment(file) : null),
    url: text(attributes["url"]),
    text: text(attributes["note"]),
    at: text(attributes["updated_at"]) ?? text(attributes["created_at"]),
    subject: iid === null || on === null ? null : `${on === "merge_request" ? on : "issue"} ${iid}`,
    iid,
    labels: objects(noteable["labels"]),
    ref: text(field(payload, "merge_request", "source_branch")),
    on,
    details: {
      of: "note",
      issueType: on === "issue" || on === "work_item" ? issueType : null,
      file: on === "design" ? null : file,
      line: number(position["new_line"]) ?? number(position["old_line"]),
      reference:
        commit?.shortSha ?? (on === "snippet" ? identifier(attributes["noteable_id"]) : null),
    },
  };
}

/** What was commented on: epics and work items stand under one of several keys. */
function noteableOf(payload: JsonObject, on: string | null): JsonObject {
  const keys = on === "work_item" || on === "epic" ? [on, "issue", "work_item"] : [on ?? ""];
  return object(keys.map((key) => payload[key]).find(isObject));
}

function lastSegment(path: string | null): string | null {
  return path?.split("/").at(-1) ?? null;
}

/** GitLab's `noteable_type` in our words; null for none. */
export function noteableWord(type: string): string | null {
  return own(NOTEABLES, type) ?? snakeCase(type);
}

function snakeCase(type: string): string | null {
  const word = type.split("::").at(-1) ?? "";
  return word === "" ? null : word.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase();
}
