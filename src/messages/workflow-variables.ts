import type { Event, Person } from "../event.ts";
import { cutText } from "../slack/mrkdwn.ts";
import { plainText } from "../slack/plain-text.ts";
import { markdownToPlain } from "./markdown/gitlab-markdown.ts";
import { kindVariables } from "./kind-variables.ts";
import { noticeOf } from "./notice-of.ts";
import { join, toPlain } from "./phrase.ts";

/** Slack documents no length for a variable; a message is cut at 40,000 characters. */
const MAX_VARIABLE = 3_000;

/**
 * What a workflow's variable of a well-known name is filled with when the rule says nothing, for
 * events of all kinds. `kind-variables.ts` has more for each; docs/events.md lists them.
 */
export const COMMON_VARIABLES: Record<string, (event: Event) => string | null> = {
  summary: (event) => toPlain(noticeOf(event).headline),
  facts: (event) => toPlain(join(noticeOf(event).facts, " · ")),
  id: (event) => event.id,
  type: (event) => event.type,
  kind: (event) => event.kind,
  action: (event) => event.action,
  at: (event) => event.at,
  iid: (event) => event.iid,
  title: (event) => event.title,
  url: (event) => event.url,
  text: (event) => plainMarkdown(event),
  confidential: (event) => (event.confidential ? "confidential" : null),
  project: (event) => event.project?.path ?? null,
  project_name: (event) => event.project?.name ?? null,
  project_url: (event) => event.project?.url ?? null,
  group: (event) => event.group?.path ?? null,
  actor: (event) => nameOf(event.actor),
  actor_username: (event) => event.actor?.username ?? null,
  actor_id: (event) => event.actor?.id ?? null,
  author: (event) => nameOf(event.author),
  author_id: (event) => event.author?.id ?? null,
  assignees: (event) => event.assignees.map(nameOf).join(", "),
  reviewers: (event) => event.reviewers.map(nameOf).join(", "),
  labels: (event) => event.labels.join(", "),
  labels_added: (event) => event.labelsAdded.join(", "),
  labels_removed: (event) => event.labelsRemoved.join(", "),
  changed: (event) => event.changed.join(", "),
  ref: (event) => event.ref,
  branch: (event) => event.ref,
  status: (event) => event.status,
  environment: (event) => event.environment,
  milestone: (event) => event.milestone,
  stage: (event) => event.stages.join(", "),
  source: (event) => event.source,
  severity: (event) => event.severity,
  on: (event) => event.on,
};

/** The default of one variable, safe for a workflow; "" when there is none. */
export function defaultVariable(name: string, event: Event): string {
  const ofKind = kindVariables(event.details);
  const common = Object.hasOwn(COMMON_VARIABLES, name) ? COMMON_VARIABLES[name] : undefined;
  const value = Object.hasOwn(ofKind, name) ? ofKind[name] : common?.(event);
  return variableText(String(value ?? ""));
}

/** A whole value made safe for a workflow, and cut to what it can take. */
export function variableText(value: string): string {
  return cutText(plainText(value), MAX_VARIABLE);
}

function plainMarkdown({ text, project, details }: Event): string | null {
  // Slack's messages are no Markdown.
  if (text === null || details.of === "slack") return text;
  const { text: plain } = markdownToPlain(text, {
    max: MAX_VARIABLE,
    projectUrl: project?.url ?? null,
  });
  return plain;
}

function nameOf(person: Person | null): string {
  return person?.name ?? person?.username ?? person?.id ?? "";
}
