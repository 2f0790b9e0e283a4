import { changeOf, type Changes } from "../../gitlab/changes.ts";
import type { Event } from "../../event.ts";
import { text, type Json } from "../../json.ts";
import { bold, code, say, type Phrase } from "../phrase.ts";
import { day, labelsSaid } from "./facts.ts";
import { people } from "./who.ts";

/** One thing that an update changed: said of its subject, and as a fact beside others. */
export type Change = { of: (subject: Phrase) => Phrase; fact: Phrase };

/** What an update of an issue or merge request changed, what says most first. */
export function changesSaid(event: Event, changes: Changes): Change[] {
  const { fields, labels, assignees, reviewers, askedAgain } = changes;
  const said: Change[] = [];
  const add = (fact: Phrase, of: Change["of"]): void => void said.push({ fact, of });
  const has = (name: string): boolean => Object.hasOwn(fields, name);
  const now = (name: string): Json => changeOf(fields, name).current;

  if (has("confidential")) {
    const to = now("confidential") === true ? "confidential" : "public";
    add(say`made ${to}`, (subject) => say`made ${subject} ${to}`);
  }
  if (has("draft") || has("work_in_progress")) {
    const to = (now("draft") ?? now("work_in_progress")) === true ? "a draft" : "ready for review";
    add(say`marked as ${to}`, (subject) => say`marked ${subject} as ${to}`);
  }
  if (reviewers.added.length > 0) {
    const asked = people(reviewers.added, event.actor);
    add(say`review by ${asked} requested`, (subject) => say`asked ${asked} to review ${subject}`);
  }
  if (askedAgain.length > 0) {
    const asked = people(askedAgain);
    add(
      say`another review by ${asked} requested`,
      (subject) => say`asked ${asked} to review ${subject} again`,
    );
  }
  if (reviewers.removed.length > 0) {
    const gone = people(reviewers.removed, event.actor);
    add(
      say`removed ${gone} as reviewer`,
      (subject) => say`removed ${gone} as reviewer of ${subject}`,
    );
  }
  if (labels.added.length > 0) {
    const put = labelsSaid(labels.added);
    add(say`added ${put}`, (subject) => say`added ${put} to ${subject}`);
  }
  if (labels.removed.length > 0) {
    const gone = labelsSaid(labels.removed);
    add(say`removed ${gone}`, (subject) => say`removed ${gone} from ${subject}`);
  }
  if (assignees.added.length > 0) {
    const added = people(assignees.added, event.actor);
    add(say`assigned to ${added}`, (subject) => say`assigned ${subject} to ${added}`);
  }
  if (assignees.removed.length > 0) {
    const gone = people(assignees.removed, event.actor);
    add(say`unassigned ${gone}`, (subject) => say`unassigned ${gone} from ${subject}`);
  }
  if (has("due_date")) {
    const date = text(now("due_date"));
    if (date === null) {
      add(say`due date removed`, (subject) => say`removed the due date of ${subject}`);
    } else {
      add(say`due ${day(date)}`, (subject) => say`set the due date of ${subject} to ${day(date)}`);
    }
  }
  if (has("milestone_id")) {
    const { milestone } = event;
    if (now("milestone_id") === null) {
      add(say`milestone removed`, (subject) => say`took ${subject} off its milestone`);
    } else if (milestone === null) {
      add(say`milestone changed`, (subject) => say`changed the milestone of ${subject}`);
    } else {
      add(
        say`milestone ${milestone}`,
        (subject) => say`put ${subject} on milestone ${bold(milestone)}`,
      );
    }
  }
  if (has("target_branch")) {
    const branch = code(text(now("target_branch")) ?? "another branch");
    add(
      say`target branch ${branch}`,
      (subject) => say`changed the target branch of ${subject} to ${branch}`,
    );
  }
  // A draft says so in its title too.
  if (has("title") && !has("draft") && !has("work_in_progress")) {
    const before = text(changeOf(fields, "title").previous);
    add(say`retitled${before === null ? null : say` from “${before}”`}`, (subject) =>
      before === null ? say`retitled ${subject}` : say`retitled ${subject}, which was “${before}”`,
    );
  }
  for (const [name, words] of Object.entries(VALUES)) {
    if (!has(name)) continue;
    const value = scalar(now(name));
    if (value === null) {
      add(say`${words} removed`, (subject) => say`removed the ${words} of ${subject}`);
    } else {
      add(
        say`${words} ${value}`,
        (subject) => say`set the ${words} of ${subject} to ${bold(value)}`,
      );
    }
  }
  if (has("discussion_locked")) {
    const done = now("discussion_locked") === true ? "locked" : "unlocked";
    add(say`discussion ${done}`, (subject) => say`${done} the discussion of ${subject}`);
  }
  if (has("description")) {
    add(say`description edited`, (subject) => say`edited the description of ${subject}`);
  }
  return said;
}

/** Fields whose new value says all. */
const VALUES: Record<string, string> = {
  weight: "weight",
  severity: "severity",
  health_status: "health status",
};

function scalar(value: Json): string | null {
  if (typeof value === "number") return String(value);
  return text(value)?.toLowerCase().replaceAll("_", " ") ?? null;
}
