import type { Reading } from "../../event.ts";
import { noteableWord } from "./note.ts";
import { field, identifier, isObject, object, text, type JsonObject } from "../../json.ts";

export type EmojiDetails = {
  of: "emoji";
  /** GitLab's name of it, which is nearly always Slack's too. */
  emoji: string | null;
  /** Whether it was given to a comment on the thing, not to the thing itself. */
  onComment: boolean;
};

/** Where a body carries what an emoji was given to, and our word for that. */
const AWARDABLES: [key: string, on: string][] = [
  ["issue", "issue"],
  ["work_item", "work_item"],
  ["merge_request", "merge_request"],
  ["epic", "epic"],
  ["project_snippet", "snippet"],
  ["snippet", "snippet"],
  ["commit", "commit"],
];

/**
 * Emoji given to and taken from issues, merge requests, snippets and their comments.
 *
 * @see https://docs.gitlab.com/user/project/integrations/webhook_events/#emoji-events
 */
export function emojiEvent(payload: JsonObject): Reading {
  const attributes = object(payload["object_attributes"]);
  const [key = "", known = null] = AWARDABLES.find(([name]) => isObject(payload[name])) ?? [];
  const noteable = noteableWord(text(field(payload, "note", "noteable_type")) ?? "");
  const on = known ?? noteable;
  const awarded = object(payload[key]);
  const iid = identifier(awarded["iid"]);
  return {
    title: text(awarded["title"]),
    url: text(attributes["awarded_on_url"]) ?? text(awarded["url"]),
    text: text(field(payload, "note", "note")),
    at: text(attributes["updated_at"]) ?? text(attributes["created_at"]),
    subject: iid === null || on === null ? null : `${on === "merge_request" ? on : "issue"} ${iid}`,
    iid,
    on,
    details: {
      of: "emoji",
      emoji: text(attributes["name"]),
      onComment: attributes["awardable_type"] === "Note",
    },
  };
}
