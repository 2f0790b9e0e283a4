import { changesOf } from "./derived-types.ts";
import type { Event, KindOfEvent } from "./event.ts";
import { pathOfEvent } from "./event-path.ts";
import { issueEvent } from "./issue.ts";
import { field, object, objects, text, type JsonObject } from "./json.ts";
import { mergeRequestEvent } from "./merge-request.ts";
import { noteEvent } from "./note.ts";
import { otherEvent } from "./other-event.ts";
import { actorOf, authorOf, personFrom } from "./person.ts";
import { pipelineEvent } from "./pipeline.ts";

/** What came with a payload and is not in it. */
export type Circumstances = {
  id: string;
  /** The header `X-Gitlab-Event`. */
  hookName: string | null;
  /** The path in the hook's URL; null for the shared endpoint. */
  hookPath: string | null;
  large: boolean;
};

/** Turns GitLab's words into our event. Total: any JSON object is an event of some type. */
export function parseEvent(payload: JsonObject, circumstances: Circumstances): Event {
  const said = kindOf(payload);
  const path = pathOfEvent(payload, circumstances.hookPath);
  const type = said.kind === "unknown" ? "unknown" : `${said.kind}.${said.action}`;
  const projectPath =
    text(field(payload, "project", "path_with_namespace")) ?? text(payload["path_with_namespace"]);
  return {
    id: circumstances.id,
    type,
    types: [...new Set([type, ...said.also.map(typeWord)])],
    kind: said.kind,
    action: said.action,
    at: isoDate(said.at),
    iid: said.iid ?? null,
    title: said.title,
    url: said.url,
    text: said.text,
    confidential: isConfidential(payload, circumstances.hookName),
    labels: (said.labels ?? []).flatMap((label) => text(label["title"]) ?? []),
    changed: Object.keys(changesOf(payload)),
    ref: said.ref ?? null,
    status: said.status ?? null,
    environment: said.environment ?? null,
    milestone: said.milestone ?? null,
    on: said.on ?? null,
    project: projectPath === null ? null : projectOf(payload, projectPath),
    group: projectPath === null && path !== null ? { path } : null,
    path,
    actor: actorOf(payload),
    author: said.kind === "note" ? actorOf(payload) : authorOf(payload),
    assignees: people(payload["assignees"]),
    reviewers: people(payload["reviewers"]),
    subject:
      said.subject === null ? circumstances.id : `${path?.toLowerCase() ?? ""} ${said.subject}`,
    large: circumstances.large,
    attributes: object(payload["object_attributes"]),
  };
}

function typeWord(type: string): string {
  return type.split(".").map(word).join(".");
}

/** A kind or action as one word of a type, whatever a custom template made of it. */
function word(said: string): string {
  return said
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, "_")
    .slice(0, 60);
}

function kindOf(payload: JsonObject): KindOfEvent {
  const said = kindAsSaid(payload);
  return { ...said, kind: word(said.kind), action: word(said.action) };
}

function kindAsSaid(payload: JsonObject): KindOfEvent {
  switch (text(payload["object_kind"])) {
    case "issue":
    case "work_item":
      return issueEvent(payload);
    case "merge_request":
      return mergeRequestEvent(payload);
    case "note":
      return noteEvent(payload);
    case "pipeline":
      return pipelineEvent(payload);
    case null:
    default:
      return otherEvent(payload);
  }
}

/**
 * Whether any sign says so: recorded deliveries have the header without the body's flag and the
 * flag without the `event_type`, and internal notes have a flag of their own.
 */
function isConfidential(payload: JsonObject, hookName: string | null): boolean {
  const signs = [
    field(payload, "object_attributes", "confidential"),
    field(payload, "object_attributes", "internal"),
    field(payload, "issue", "confidential"),
    field(payload, "work_item", "confidential"),
    field(payload, "epic", "confidential"),
    // Emoji events carry the note that they were awarded on.
    field(payload, "note", "internal"),
    field(payload, "note", "confidential"),
  ];
  return (
    signs.includes(true) ||
    (text(payload["event_type"]) ?? "").startsWith("confidential_") ||
    (hookName ?? "").startsWith("Confidential")
  );
}

function projectOf(payload: JsonObject, path: string): Event["project"] {
  const name = text(field(payload, "project", "name")) ?? text(payload["name"]);
  return { path, name: name ?? path, url: text(field(payload, "project", "web_url")) };
}

function people(list: JsonObject[string] | undefined): Event["assignees"] {
  return objects(list).flatMap((user) => personFrom(user) ?? []);
}

/** GitLab writes dates in at least six ways; V8 reads all but the broken ones. */
function isoDate(date: string | null): string | null {
  const milliseconds = Date.parse(date ?? "");
  return Number.isNaN(milliseconds) ? null : new Date(milliseconds).toISOString();
}
