import { EVENT_CATALOGUE } from "../../gitlab/event-catalogue.ts";
import { GITLAB_TYPES, SLACK_KINDS } from "../../linting/event-kinds.ts";
import { suggestion } from "../../mappings/suggestion.ts";
import { SPANS } from "../../operations/events/find-events.ts";
import type { EventsAsked } from "./events-asked.ts";

/** Why a list that was narrowed to this is empty, and what to do about it. */
export function whyNone(asked: EventsAsked): string {
  const type = asked.type.trim();
  const project = asked.project.trim();
  if (type !== "" && !isKnown(type)) {
    const near = suggestion(type, [...GITLAB_TYPES, ...KINDS, ...SLACK_KINDS]);
    return `There is no type "${type}", as far as Causeway knows.${near || " Types are such as issue.open, or issue.* for all about issues."}`;
  }
  if (project !== "" && !project.includes("/")) {
    return `No event of "${project}" is like that. The whole path is meant, such as group/project, or the name of a top-level group.`;
  }
  if (asked.state !== "" && isAboutState(asked)) {
    const span = SPANS[asked.since]?.words;
    return `No event${span === undefined ? "" : ` of ${span}`} is in the state "${asked.state}".`;
  }
  return "No event is like that. Either GitLab sent none (look at the webhook in GitLab under Settings, Webhooks), or it is older than what is kept.";
}

const KINDS = EVENT_CATALOGUE.map(({ kind }) => `${kind}.*`);

/** Whether it can be found: a whole type, or the beginning of one before a `*`. What Slack's is about, Slack names. */
function isKnown(type: string): boolean {
  const isSlacks = SLACK_KINDS.some((kind) => type === kind || type.startsWith(`${kind}.`));
  if (isSlacks || GITLAB_TYPES.includes(type)) return true;
  if (!type.endsWith("*")) return false;
  const beginning = type.slice(0, -1);
  return [...GITLAB_TYPES, ...SLACK_KINDS].some((known) => known.startsWith(beginning));
}

function isAboutState({ q, project, type, to }: EventsAsked): boolean {
  return [q, project, type, to].every((value) => value === "");
}
