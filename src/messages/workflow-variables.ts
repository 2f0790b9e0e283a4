import type { Event, Person } from "../gitlab/event.ts";
import { plainText } from "../slack/plain-text.ts";
import { cutText } from "../slack/mrkdwn.ts";

/** Slack documents no length for a variable; a message is cut at 40,000 characters. */
const MAX_VARIABLE = 3_000;

/**
 * What a workflow's variable of a well-known name is filled with when the rule says nothing.
 * docs/mappings.md lists them.
 */
export const DEFAULT_VARIABLES: Record<string, (event: Event) => string | null> = {
  id: (event) => event.id,
  type: (event) => event.type,
  kind: (event) => event.kind,
  action: (event) => event.action,
  at: (event) => event.at,
  title: (event) => event.title,
  url: (event) => event.url,
  text: (event) => event.text,
  project: (event) => event.project?.path ?? null,
  project_name: (event) => event.project?.name ?? null,
  project_url: (event) => event.project?.url ?? null,
  group: (event) => event.group?.path ?? null,
  actor: (event) => nameOf(event.actor),
  actor_username: (event) => event.actor?.username ?? null,
  author: (event) => nameOf(event.author),
  assignees: (event) => event.assignees.map(nameOf).join(", "),
  reviewers: (event) => event.reviewers.map(nameOf).join(", "),
  labels: (event) => event.labels.join(", "),
  ref: (event) => event.ref,
  branch: (event) => event.ref,
  status: (event) => event.status,
  environment: (event) => event.environment,
  milestone: (event) => event.milestone,
};

/** The default of one variable, safe for a workflow; "" when there is none. */
export function defaultVariable(name: string, event: Event): string {
  const valueOf = Object.hasOwn(DEFAULT_VARIABLES, name) ? DEFAULT_VARIABLES[name] : undefined;
  return variableText(valueOf?.(event) ?? "");
}

/** A whole value made safe for a workflow, and cut to what it can take. */
export function variableText(value: string): string {
  return cutText(plainText(value), MAX_VARIABLE);
}

function nameOf(person: Person | null): string {
  return person?.name ?? person?.username ?? "";
}
