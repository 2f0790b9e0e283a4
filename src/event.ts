import type { Details } from "./gitlab/kinds/details.ts";
import type { JsonObject } from "./json.ts";
import type { SlackDetails } from "./slack/slack-details.ts";

/** A person, as far as a body says who that is; e-mail addresses are never kept. */
export type Person = {
  username: string | null;
  name: string | null;
  bot: boolean;
  /** Slack's member id; people of GitLab's have none. */
  id?: string;
  /** Who somebody of Slack's is in GitLab; null when no person document says so. */
  gitlab?: string | null;
};

/**
 * Something that happened, in our words: what rules are matched against and what templates and
 * CEL see as `event`. What the source did not say is null or an empty list.
 */
export type Event = {
  /** Opaque; carries the name of the Relay that holds it. */
  id: string;
  /** The source's own word for it, `<kind>.<action>`; the first of {@link Event.types}. */
  type: string;
  /** Every type it counts as, derived ones included: `issue.update`, `issue.labeled`. */
  types: string[];
  kind: string;
  action: string;
  /** The `update` that GitLab sends along with a close or reopen, which is an event of its own. */
  echo: boolean;
  /** When it happened, ISO 8601; null when the source did not say so readably. */
  at: string | null;
  /** The number people know it by: of the issue, merge request, or what a note was written on. */
  iid: string | null;
  title: string | null;
  url: string | null;
  text: string | null;
  confidential: boolean;
  labels: string[];
  /** Labels that this event put on (all of them when it was opened) and took off. */
  labelsAdded: string[];
  labelsRemoved: string[];
  /** Names of the fields that an update changed. */
  changed: string[];
  ref: string | null;
  status: string | null;
  environment: string | null;
  milestone: string | null;
  /** The stage of a job; of a pipeline, the stages in which a job failed. */
  stages: string[];
  /** What started a pipeline: push, schedule, merge_request_event, … */
  source: string | null;
  /** How bad an incident or vulnerability is. */
  severity: string | null;
  /** What a note was written on: issue, merge_request, commit, snippet, … */
  on: string | null;
  project: { path: string; name: string; url: string | null } | null;
  group: { path: string } | null;
  /**
   * The path whose mappings apply: the project's, else the group's, else the hook's; of Slack's events
   * the channel's id.
   */
  path: string | null;
  actor: Person | null;
  author: Person | null;
  assignees: Person[];
  reviewers: Person[];
  /** What it is about, so that messages about the same thing keep their order. */
  subject: string;
  /** True when the body was too large to keep parsed: `payload` is its outline. */
  large: boolean;
  /**
   * GitLab's `object_attributes`, or Slack's `event`; templates see them under the kind:
   * `event.issue.weight`.
   */
  attributes: JsonObject;
  /** What only events of this kind have; messages are made of it. */
  details: Details | SlackDetails;
};

/** What a kind's own file reads from a payload; `parse-event.ts` adds what all kinds share. */
export type Reading = {
  title: string | null;
  url: string | null;
  text: string | null;
  at: string | null;
  /** Id of the subject within its project, such as `issue 12`; null: the event is its own subject. */
  subject: string | null;
  details: Details;
  /** Who did it, where that is not the payload's `user`. */
  actor?: Person | null;
  /** The project, where the payload has no `project`. */
  project?: Event["project"];
  iid?: string | null;
  labels?: JsonObject[];
  ref?: string | null;
  status?: string | null;
  environment?: string | null;
  on?: string | null;
  milestone?: string | null;
  stages?: string[];
  source?: string | null;
  severity?: string | null;
};
