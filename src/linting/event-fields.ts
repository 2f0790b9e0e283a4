import type { Source } from "../mappings/mapping-keys.ts";
import type { WhenField } from "../mappings/schema.ts";

/** What a field of the event holds: one value, a list of texts, or one or more things with these names below. */
type Shape = "text" | "texts" | { names: string[] };

const PERSON = ["username", "name", "bot"];
const SLACK_PERSON = [...PERSON, "id", "gitlab"];

/** What events of both sources have, as docs/mappings.md and docs/reactions.md list it. */
const COMMON: Record<string, Shape> = {
  id: "text",
  type: "text",
  types: "texts",
  kind: "text",
  action: "text",
  at: "text",
  iid: "text",
  title: "text",
  url: "text",
  link: "text",
  text: "text",
  confidential: "text",
  large: "text",
  labels: "texts",
  labels_added: "texts",
  labels_removed: "texts",
  changed: "texts",
  stages: "texts",
  ref: "text",
  status: "text",
  environment: "text",
  milestone: "text",
  source: "text",
  severity: "text",
  on: "text",
  project: { names: ["path", "name", "url"] },
  group: { names: ["path"] },
  actor: { names: PERSON },
  author: { names: PERSON },
  assignees: { names: PERSON },
  reviewers: { names: PERSON },
};

const SLACK: Record<string, Shape> = {
  ...COMMON,
  actor: { names: SLACK_PERSON },
  author: { names: SLACK_PERSON },
  reactor: { names: SLACK_PERSON },
  channel: { names: ["id", "name"] },
  message: { names: ["ts", "text", "permalink", "thread_ts", "is_reply"] },
  issue: { names: ["url", "title", "reference", "iid", "found"] },
};

/** The fields that an event of a source always has, with what is below them. */
export function eventFields(source: Source): Record<string, Shape> {
  return source === "slack" ? SLACK : COMMON;
}

/** Fields of the event that conditions know by another name; others go by their own. */
const WHEN_NAMES: Record<string, WhenField> = {
  ref: "branch",
  assignees: "assignee",
  reviewers: "reviewer",
  stages: "stage",
  on: "noteable",
};

const SAME_NAMES: string[] = [
  ..."labels labels_added labels_removed actor author status severity environment milestone".split(
    " ",
  ),
  ..."source project changed".split(" "),
];

/** The field of `when` that looks where a field of the event is; null: none does. */
export function whenFieldOf(name: string): WhenField | null {
  if (SAME_NAMES.includes(name)) return name as WhenField;
  return Object.hasOwn(WHEN_NAMES, name) ? (WHEN_NAMES[name] ?? null) : null;
}
