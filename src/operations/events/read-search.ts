import { subjectOfUrl, type UrlSubject } from "../../gitlab/subject-of-url.ts";
import { deliveryId, eventId, parseId } from "../../relay/ids.ts";
import type { Posted } from "../../slack/answer.ts";

/**
 * What somebody looks for among the events:
 * - `event`: this one; `delivery` is the id of one of its deliveries.
 * - `about`: an issue, epic or merge request, by its address.
 * - `posted`: a message in Slack, by its address.
 * - `place`: a project or group, by the address of something in it.
 * - `text`: words; an empty one is none.
 */
export type Search =
  | { kind: "event"; id: string; delivery: string | null }
  | { kind: "about"; about: UrlSubject }
  | { kind: "posted"; posted: Posted }
  | { kind: "place"; path: string }
  | { kind: "text"; text: string };

/** So many characters are looked for at most. */
export const MAX_SEARCH = 2_000;

/** The address of a message: its time, without the dot, stands behind the channel. */
const SLACK_MESSAGE = /^\/archives\/([CDG][A-Z0-9]+)\/p(\d{10})(\d{6})$/;
const IN_CONSOLE = /^\/admin\/events\/([^/]+)/;
/** A project's or group's path: two names at least, as GitLab allows them. */
const PLACE = /^\/(?:groups\/)?([\w.-]+(?:\/[\w.-]+)*?)(?:\/-\/.*|\/)?$/;

/** Understands what was typed or pasted into the one field for it. */
export function readSearch(given: string): Search {
  const text = given.trim();
  const byId = idIn(text);
  if (byId !== null) return byId;
  const url = /^https?:\/\/\S+$/i.test(text) ? URL.parse(text) : null;
  if (url === null) return { kind: "text", text };
  const inConsole = idIn(IN_CONSOLE.exec(url.pathname)?.[1] ?? "");
  if (inConsole !== null) return inConsole;
  const [, channel, seconds, micros] = SLACK_MESSAGE.exec(url.pathname) ?? [];
  if (channel !== undefined) {
    return { kind: "posted", posted: { channel, ts: `${seconds}.${micros}` } };
  }
  const about = subjectOfUrl(text);
  if (about !== null) return { kind: "about", about };
  const path = PLACE.exec(url.pathname)?.[1];
  return path === undefined ? { kind: "text", text } : { kind: "place", path };
}

function idIn(text: string): Extract<Search, { kind: "event" }> | null {
  const reference = parseId(text);
  if (reference === null) return null;
  const { relay, key, n } = reference;
  const delivery = n === null ? null : deliveryId(relay, key, n);
  return { kind: "event", id: eventId(relay, key), delivery };
}
