import type { findRelay } from "../../relay/all-relays.ts";
import { seqAt } from "../../relay/events.ts";
import { events, type EventQuestion, type PlacedEvent } from "./events.ts";
import type { Search } from "./read-search.ts";

/** What a person narrows a list of events to; an empty word narrows nothing. */
export type EventsWanted = {
  project: string;
  type: string;
  state: string;
  to: string;
  since: string;
  before: string;
};

/** A page of events, and how what was looked for was understood. */
export type FoundEvents = {
  items: PlacedEvent[];
  next: string | null;
  /** Behind which event (`seq`) something may be new: where all are known, or may yet become what was asked for. */
  looked: number;
  /** Whether an event may become what was asked for some time after it came, see {@link isKnownLate}. */
  late: boolean;
  understood: string | null;
};

const HOUR_MS = 3_600_000;

/** How far back a list may be narrowed to. */
export const SPANS: Record<string, { words: string; ms: number }> = {
  "1h": { words: "the last hour", ms: HOUR_MS },
  "24h": { words: "the last 24 hours", ms: 24 * HOUR_MS },
  "7d": { words: "the last 7 days", ms: 168 * HOUR_MS },
};

/** So long an event may take from its arrival until it is seen. */
const COMMIT_MS = 1_000;
/** What takes longer than this to be delivered or to fail, a list does not show by itself. */
const LATE_MS = 15 * 60_000;

/** Looks for events as people ask for them; `now` in milliseconds. */
export async function findEvents(
  env: Parameters<typeof findRelay>[0],
  wanted: EventsWanted,
  search: Exclude<Search, { kind: "event" }>,
  limit: number,
  now: number,
): Promise<FoundEvents> {
  const cursor = wanted.before === "" ? null : wanted.before;
  const question = questionOf(wanted, search, now);
  const found = await events(env, { ...question, cursor, limit });
  const late = isKnownLate(question);
  // What is older than a full page belongs on the next one.
  const oldest = found.next === null ? 0 : (found.items.at(-1)?.seq ?? 0);
  const looked = late ? Math.max(oldest, lateSince(now)) : lookedUpTo(found.items, now);
  return { ...found, looked, late, understood: understood(search, found.items.length) };
}

/** Whether it is asked for something that is not known yet when an event comes: what becomes of it, where it went. */
export function isKnownLate({
  state,
  destination,
  about,
  posted,
}: Partial<EventQuestion>): boolean {
  return state != null || destination != null || about != null || posted != null;
}

/** Behind which event (`seq`) that may still change. */
export function lateSince(now: number): number {
  return seqAt(now - LATE_MS);
}

/** What the Relays are asked for it. */
export function questionOf(
  { project, type, state, to, since }: EventsWanted,
  search: Exclude<Search, { kind: "event" }>,
  now: number,
): Omit<EventQuestion, "limit"> {
  const span = SPANS[since]?.ms;
  const asked = {
    path: project === "" ? null : project.trim(),
    type: type === "" ? null : type.trim(),
    state: state === "" ? null : state,
    destination: to === "" ? null : to,
    since: span === undefined ? null : now - span,
  };
  switch (search.kind) {
    case "text":
      return { ...asked, text: search.text === "" ? null : search.text };
    case "about":
      return { ...asked, about: search.about };
    case "posted":
      return { ...asked, posted: search.posted };
    case "place":
      return { ...asked, path: asked.path ?? search.path };
  }
}

/** Up to which event (`seq`) nothing newer than these can have been missed. */
export function lookedUpTo(items: PlacedEvent[], now: number): number {
  return Math.max(seqAt(now - COMMIT_MS), ...items.map(({ seq }) => seq));
}

function understood(search: Search, count: number): string | null {
  switch (search.kind) {
    case "about":
      return count === 0 ? null : "Here is everything about it, comments on it included.";
    case "posted":
      return `What the bot posted as that message in ${search.posted.channel}. (Where a workflow or an incoming webhook posted, Slack does not say which message it made.)`;
    case "place":
      return `This is the address of no issue, epic or merge request: here is everything of ${search.path}.`;
    case "event":
    case "text":
      return null;
  }
}
