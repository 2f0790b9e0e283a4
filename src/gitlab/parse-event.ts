import { accountEvent } from "./kinds/account.ts";
import { changesOf, type Changes } from "./changes.ts";
import { deploymentEvent } from "./kinds/deployment.ts";
import { emojiEvent } from "./kinds/emoji.ts";
import type { Event, Reading } from "../event.ts";
import { isWithin, pathOfEvent } from "./event-path.ts";
import { isEcho, typesOf, type EventTypes, type RefChange } from "./event-types.ts";
import { featureFlagEvent } from "./kinds/feature-flag.ts";
import { issueEvent } from "./kinds/issue.ts";
import { jobEvent } from "./kinds/job.ts";
import { field, object, objects, text, type JsonObject } from "../json.ts";
import { memberEvent } from "./kinds/member.ts";
import { mergeRequestEvent } from "./kinds/merge-request.ts";
import { milestoneEvent } from "./kinds/milestone.ts";
import { namespaceEvent } from "./kinds/namespace.ts";
import { noteEvent } from "./kinds/note.ts";
import { actorOf, authorOf, personFrom } from "./person.ts";
import { pipelineEvent } from "./kinds/pipeline.ts";
import { pushEvent } from "./kinds/push.ts";
import { releaseEvent } from "./kinds/release.ts";
import { repositoryEvent } from "./kinds/repository.ts";
import { tokenEvent } from "./kinds/token.ts";
import { unknownEvent } from "./kinds/unknown.ts";
import { vulnerabilityEvent } from "./kinds/vulnerability.ts";
import { wikiPageEvent } from "./kinds/wiki-page.ts";

/** What came with a payload and is not in it. */
export type Circumstances = {
  id: string;
  /** The header `X-Gitlab-Event`. */
  hookName: string | null;
  /** The path in the hook's URL; null for the shared endpoint. */
  hookPath: string | null;
  large: boolean;
  /** How a pipeline compares with the one before on its ref, from the Relay's memory. */
  refChange: RefChange | null;
};

/** What lists show of an event; all that is read of it before it is committed. */
export type EventSummary = Pick<Event, "kind" | "types" | "title" | "at">;

/** The summary of a payload, at a part of the cost of {@link parseEvent}. */
export function summarizeEvent(payload: JsonObject): EventSummary {
  const changes = changesOf(payload);
  const said = typesOf(payload, changes, null);
  const { title, at } = readKind(payload, said, changes);
  return { kind: said.kind, types: said.types, title, at: isoDate(at) };
}

/** Turns GitLab's words into our event. Total: any JSON object is an event of some type. */
export function parseEvent(payload: JsonObject, circumstances: Circumstances): Event {
  const changes = changesOf(payload);
  const said = typesOf(payload, changes, circumstances.refChange);
  const { kind, action, types } = said;
  const reading = readKind(payload, said, changes);
  const path = pathOfEvent(payload, circumstances.hookPath);
  const project = withinHook(projectOf(payload) ?? reading.project ?? null, path);
  const labels = (reading.labels ?? []).flatMap((label) => text(label["title"]) ?? []);
  return {
    id: circumstances.id,
    type: types[0] ?? "unknown",
    types,
    kind,
    action,
    echo: isEcho(said, changes),
    at: isoDate(reading.at),
    iid: reading.iid ?? null,
    title: reading.title,
    url: reading.url,
    text: reading.text,
    confidential: isConfidential(payload, circumstances.hookName),
    labels,
    labelsAdded: action === "open" ? labels : changes.labels.added,
    labelsRemoved: changes.labels.removed,
    changed: Object.keys(changes.fields),
    ref: reading.ref ?? null,
    status: reading.status ?? null,
    environment: reading.environment ?? null,
    milestone: reading.milestone ?? null,
    stages: reading.stages ?? [],
    source: reading.source ?? null,
    severity: reading.severity ?? null,
    on: reading.on ?? null,
    project,
    group: project === null && path !== null ? { path } : null,
    path,
    actor: reading.actor === undefined ? actorOf(payload) : reading.actor,
    author: kind === "note" ? actorOf(payload) : authorOf(payload),
    assignees: people(payload["assignees"]),
    reviewers: people(payload["reviewers"]),
    subject:
      reading.subject === null
        ? circumstances.id
        : `${path?.toLowerCase() ?? ""} ${reading.subject}`,
    large: circumstances.large,
    attributes: object(payload["object_attributes"]),
    details: reading.details,
  };
}

function readKind(payload: JsonObject, { kind, action }: EventTypes, changes: Changes): Reading {
  switch (kind) {
    case "issue":
    case "work_item":
    case "incident":
    case "epic":
      return issueEvent(payload, changes);
    case "merge_request":
      return mergeRequestEvent(payload, changes);
    case "note":
      return noteEvent(payload);
    case "pipeline":
      return pipelineEvent(payload);
    case "job":
      return jobEvent(payload);
    case "deployment":
      return deploymentEvent(payload);
    case "push":
    case "tag_push":
      return pushEvent(payload, action);
    case "release":
      return releaseEvent(payload, action);
    case "milestone":
      return milestoneEvent(payload);
    case "wiki_page":
      return wikiPageEvent(payload);
    case "feature_flag":
      return featureFlagEvent(payload);
    case "emoji":
      return emojiEvent(payload);
    case "access_token":
    case "deploy_token":
      return tokenEvent(payload);
    case "vulnerability":
      return vulnerabilityEvent(payload);
    case "member":
      return memberEvent(payload);
    case "project":
    case "group":
    case "subgroup":
      return namespaceEvent(payload);
    case "user":
    case "key":
      return accountEvent(payload);
    case "repository":
      return repositoryEvent(payload);
    default:
      return unknownEvent(payload);
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
    // Templates of custom hooks make texts of flags.
    signs.some((sign) => sign === true || sign === "true") ||
    (text(payload["event_type"]) ?? "").startsWith("confidential_") ||
    (hookName ?? "").startsWith("Confidential")
  );
}

function projectOf(payload: JsonObject): Event["project"] {
  const path =
    text(field(payload, "project", "path_with_namespace")) ?? text(payload["path_with_namespace"]);
  if (path === null) return null;
  const name = text(field(payload, "project", "name")) ?? text(payload["name"]);
  return { path, name: name ?? path, url: text(field(payload, "project", "web_url")) };
}

/** A project that is not where the event belongs is none: a hook's own secret cannot speak for others. */
function withinHook(project: Event["project"], path: string | null): Event["project"] {
  return project === null || path === null || isWithin(project.path, path) ? project : null;
}

function people(list: JsonObject[string] | undefined): Event["assignees"] {
  return objects(list).flatMap((user) => personFrom(user) ?? []);
}

/** GitLab writes dates in at least six ways; V8 reads all but the broken ones. */
function isoDate(date: string | null): string | null {
  const milliseconds = Date.parse(date ?? "");
  return Number.isNaN(milliseconds) ? null : new Date(milliseconds).toISOString();
}
