import type { Event } from "../../event.ts";
import type { Commit } from "../../gitlab/commit.ts";
import { code, join, link, say, type Phrase } from "../phrase.ts";
import { durationText } from "../duration.ts";
import { people } from "./who.ts";

const MAX_LABELS = 8;
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** The facts that are there, of those that may not be. */
export function facts(...all: (Phrase | null)[]): Phrase[] {
  return all.filter((fact) => fact !== null && fact.length > 0) as Phrase[];
}

/** Labels one after the other, the first few of them. */
export function labelsSaid(labels: string[]): Phrase {
  const shown = labels.slice(0, MAX_LABELS).map(code);
  const more = labels.length - shown.length;
  return join(more > 0 ? [...shown, say`${more} more`] : shown, " ");
}

export function labelsFact({ labels }: Event): Phrase | null {
  return labels.length === 0 ? null : labelsSaid(labels);
}

export function assigneesFact({ assignees }: Event): Phrase | null {
  return assignees.length === 0 ? null : say`assigned to ${people(assignees)}`;
}

export function milestoneFact({ milestone }: Event): Phrase | null {
  return milestone === null ? null : say`milestone ${milestone}`;
}

export function dueFact(date: string | null): Phrase | null {
  return date === null ? null : say`due ${day(date)}`;
}

export function tookFact(seconds: number | null): Phrase | null {
  return seconds === null ? null : say`took ${durationText(seconds)}`;
}

/** "a5d29c37 Oil the spring", linked. */
export function commitSaid({ shortSha, title, url }: Commit): Phrase {
  const sha = shortSha === null ? null : link(url, shortSha);
  if (title === null) return sha ?? [];
  return sha === null ? link(url, title) : say`${sha} ${title}`;
}

export function commitFact(commit: Commit | null): Phrase | null {
  return commit === null ? null : commitSaid(commit);
}

/** A date such as `2026-12-18` as `18 Dec 2026`; anything else as it is. */
export function day(date: string): string {
  const [, year, month, dayOfMonth] = /^(\d{4})-(\d\d)-(\d\d)/.exec(date) ?? [];
  const name = MONTHS[Number(month) - 1];
  return name === undefined ? date : `${Number(dayOfMonth)} ${name} ${year}`;
}
