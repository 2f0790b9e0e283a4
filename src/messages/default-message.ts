import type { Event } from "../gitlab/event.ts";
import { text } from "../gitlab/json.ts";
import { cutText, escapeMrkdwn, mrkdwnLink } from "../slack/mrkdwn.ts";
import { cutMrkdwn, section } from "./fit-message.ts";
import type { Block, SlackMessage } from "./message-template.ts";

const MAX_TITLE = 200;
const MAX_QUOTE = 400;
const MAX_LABELS = 8;

/** What was done to it, per action or derived action; `_` stands for what it was done to. */
const DONE: Record<string, string> = {
  open: "opened _",
  close: "closed _",
  reopen: "reopened _",
  update: "updated _",
  create: "created _",
  delete: "deleted _",
  merge: "merged _",
  approved: "approved _",
  unapproved: "withdrew approval of _",
  approval: "added an approval to _",
  unapproval: "removed an approval from _",
  labeled: "labeled _",
  unlabeled: "unlabeled _",
  assigned: "assigned _",
  unassigned: "unassigned _",
  title_changed: "retitled _",
  description_changed: "edited the description of _",
  due_date_changed: "changed the due date of _",
  milestone_changed: "changed the milestone of _",
  target_branch_changed: "changed the target branch of _",
  made_confidential: "made _ confidential",
  made_public: "made _ public",
  ready: "marked _ as ready",
  draft: "marked _ as draft",
  pushed: "pushed to _",
  review_requested: "requested a review of _",
  review_rerequested: "requested another review of _",
  review_request_removed: "withdrew a review request from _",
  approvals_reset: "pushed to _, which reset its approvals",
};

/** A kind as people say it. */
const KINDS: Record<string, string> = {
  merge_request: "merge request",
  work_item: "work item",
  wiki_page: "wiki page",
  tag_push: "tag",
  feature_flag: "feature flag",
};

/** How the outcome of a pipeline is said. */
const PIPELINE: Record<string, string> = {
  success: "passed",
  failed: "failed",
  canceled: "was canceled",
  fixed: "is fixed",
  broken: "is broken",
};

/**
 * The message of an event for which the rule says nothing: what happened in the first words, the
 * subject linked, where, and the facts that matter. `note` is added for whoever keeps the rules.
 */
export function defaultMessage(event: Event, note: string | null = null): SlackMessage {
  const headline = `${what(event)}${where(event)}`;
  const quote = event.kind === "note" ? quoted(event.text) : "";
  const facts = [...factsOf(event), ...(note === null ? [] : [`:warning: ${escapeMrkdwn(note)}`])];
  const blocks: Block[] = [section(quote === "" ? headline : `${headline}\n${quote}`)];
  if (facts.length > 0) {
    blocks.push({
      type: "context",
      elements: [{ type: "mrkdwn", text: cutMrkdwn(facts.join("  ·  "), 2_900), verbatim: true }],
    });
  }
  return { text: headline, blocks };
}

function what(event: Event): string {
  switch (event.kind) {
    case "note":
      return `${who(event)} ${event.action === "update" ? "edited a comment" : "commented"} on ${spoken(event.on ?? "something")} ${subject(event)}`;
    case "pipeline":
      return `${subject(event)} ${pipelineSaid(derived(event))}`;
    default: {
      const action = derived(event);
      const done = Object.hasOwn(DONE, action) ? DONE[action] : undefined;
      return done === undefined
        ? `${escapeMrkdwn(capital(spoken(event.kind)))} ${escapeMrkdwn(action.replaceAll("_", " "))}: ${subject(event)}${event.actor === null ? "" : ` by ${who(event)}`}`
        : doneBy(event, done);
    }
  }
}

/** "*Ann* closed issue #1", or, where GitLab names nobody, "Milestone #1 was closed". */
function doneBy(event: Event, done: string): string {
  const object = `${spoken(event.kind)} ${subject(event)}`;
  const [, verb] = /^(\w+) _$/.exec(done) ?? [];
  return event.actor === null && verb !== undefined
    ? `${capital(object)} was ${verb}`
    : `${who(event)} ${done.replace("_", () => object)}`;
}

function pipelineSaid(action: string): string {
  const said = Object.hasOwn(PIPELINE, action) ? PIPELINE[action] : undefined;
  return said ?? `is ${escapeMrkdwn(action.replaceAll("_", " "))}`;
}

/** The derived action that says most, else GitLab's own. */
function derived(event: Event): string {
  const more = event.types.slice(1).map((type) => type.slice(type.indexOf(".") + 1));
  return more.find((action) => action !== event.action) ?? event.action;
}

function who(event: Event): string {
  const name = event.actor?.name ?? event.actor?.username;
  return name === undefined || name === null ? "Someone" : `*${escapeMrkdwn(cutText(name, 80))}*`;
}

function subject(event: Event): string {
  const about = event.kind === "note" ? event.on : event.kind;
  const mark = about === "merge_request" ? "!" : about === "epic" ? "&" : "#";
  const number = event.iid === null ? "" : `${mark}${event.iid} `;
  const title = event.title ?? `${spoken(about ?? event.kind)}`;
  return mrkdwnLink(event.url, `${number}${cutText(title, MAX_TITLE)}`);
}

function where(event: Event): string {
  if (event.project !== null) return ` in ${mrkdwnLink(event.project.url, event.project.path)}`;
  return event.group === null ? "" : ` in ${escapeMrkdwn(event.group.path)}`;
}

function factsOf(event: Event): string[] {
  const facts: string[] = [];
  if (event.confidential) facts.push(":lock: confidential");
  if (event.kind === "merge_request" && event.ref !== null) {
    const target = text(event.attributes["target_branch"]);
    facts.push(`${code(event.ref)}${target === null ? "" : ` → ${code(target)}`}`);
  }
  if (event.labels.length > 0) {
    const more = event.labels.length - MAX_LABELS;
    const shown = event.labels
      .slice(0, MAX_LABELS)
      .map((label) => escapeMrkdwn(cutText(label, 60)));
    facts.push(`Labels: ${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`);
  }
  if (event.assignees.length > 0) {
    const people = event.assignees
      .slice(0, 5)
      .map((person) => escapeMrkdwn(cutText(person.name ?? "", 60)));
    facts.push(`Assigned to ${people.join(", ")}`);
  }
  const due = text(event.attributes["due_date"]);
  if (due !== null) facts.push(`Due ${escapeMrkdwn(due)}`);
  if (event.kind === "pipeline") {
    const seconds = event.attributes["duration"];
    if (typeof seconds === "number") facts.push(`took ${duration(seconds)}`);
    if (event.actor !== null) facts.push(`by ${who(event)}`);
  }
  return facts;
}

function quoted(note: string | null): string {
  if (note === null) return "";
  return cutText(note.trim(), MAX_QUOTE)
    .split("\n")
    .map((line) => `> ${escapeMrkdwn(line)}`)
    .join("\n");
}

function code(word: string): string {
  return `\`${escapeMrkdwn(cutText(word.replaceAll("`", "'"), 80)).replaceAll("\u200b", "")}\``;
}

function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes > 0 ? `${minutes} min ${Math.round(seconds % 60)} s` : `${Math.round(seconds)} s`;
}

function spoken(kind: string): string {
  return Object.hasOwn(KINDS, kind) ? (KINDS[kind] ?? kind) : kind.replaceAll("_", " ");
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
