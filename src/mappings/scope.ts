import type { Event } from "../event.ts";
import type { Json, JsonObject } from "../json.ts";
import type { SlackDetails } from "../slack/slack-details.ts";

/** What a condition or template sees: our event under `event`, GitLab's own body under `payload`. */
export type Scope = { event: Record<string, unknown>; payload: JsonObject };

const MAX_LIST = 1_000;
const MAX_DEPTH = 32;
const MAX_TEXT = 20_000;
/** Values and characters in all. */
const MAX_VALUES = 50_000;
const MAX_CHARACTERS = 400_000;

/** The scope of an event for conditions and templates. */
export function boundedScope(event: Event, payload: JsonObject): Scope {
  return boundScope({ event: eventScope(event), payload });
}

/**
 * A scope whose size is bounded, so that no step of a condition or template has much to work on: the
 * same one where it is small, as nearly all are, else a copy. Lists are cut at 1,000 items, texts at
 * 20,000 characters, and what is deeper than 32 levels is null; behind 50,000 values or 400,000
 * characters in all, lists and objects end.
 */
export function boundScope({ event, payload }: Scope): Scope {
  return {
    event: (fits(event as Json, 0, newRoom())
      ? event
      : bounded(event as Json, 0, newRoom())) as Record<string, unknown>,
    payload: fits(payload, 0, newRoom()) ? payload : (bounded(payload, 0, newRoom()) as JsonObject),
  };
}

/** The event as conditions and templates see it: its attributes stand under each of its kinds. */
export function eventScope(event: Event): Record<string, unknown> {
  const { attributes, labelsAdded, labelsRemoved, ...rest } = event;
  // These are our own affair.
  const { details: _details, echo: _echo, path: _path, subject: _subject, ...seen } = rest;
  const scope: Record<string, unknown> = {
    ...seen,
    link: event.url,
    labels_added: labelsAdded,
    labels_removed: labelsRemoved,
    ...(event.details.of === "slack" ? slackScope(event, event.details) : {}),
  };
  // Where a kind has the name of a field, as `milestone` has, the field goes first if it says anything.
  const isFlat = Object.keys(attributes).length === 0;
  for (const each of event.types) {
    const name = each.split(".", 1)[0] ?? each;
    if (!(isFlat && name in scope)) scope[name] ??= attributes;
  }
  return scope;
}

/** What only Slack's events have. */
function slackScope({ actor }: Event, { channel, message }: SlackDetails): Record<string, unknown> {
  return {
    reactor: actor,
    channel: channel === null ? null : { id: channel.id, name: channel.name },
    message:
      message === null
        ? null
        : {
            ts: message.ts,
            text: message.text,
            permalink: message.permalink,
            thread_ts: message.root,
            is_reply: message.isReply,
          },
  };
}

/** How much more may be copied. */
type Room = { values: number; characters: number };

function newRoom(): Room {
  return { values: MAX_VALUES, characters: MAX_CHARACTERS };
}

/** Whether a value is within all bounds, without copying anything. */
function fits(value: Json, depth: number, room: Room): boolean {
  room.values -= 1;
  if (depth > MAX_DEPTH || isFull(room)) return false;
  if (typeof value === "string") {
    room.characters -= value.length;
    return value.length <= MAX_TEXT && value.isWellFormed();
  }
  if (value === null || typeof value !== "object") return true;
  if (Array.isArray(value)) {
    return value.length <= MAX_LIST && value.every((item) => fits(item, depth + 1, room));
  }
  for (const key in value) {
    if (!fits(value[key] ?? null, depth + 1, room)) return false;
  }
  return true;
}

function bounded(value: Json, depth: number, room: Room): Json {
  room.values -= 1;
  if (depth > MAX_DEPTH) return null;
  if (typeof value === "string") {
    const text = (value.length > MAX_TEXT ? value.slice(0, MAX_TEXT) : value).toWellFormed();
    room.characters -= text.length;
    return text;
  }
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) {
    const items: Json[] = [];
    for (const item of value.slice(0, MAX_LIST)) {
      if (isFull(room)) break;
      items.push(bounded(item, depth + 1, room));
    }
    return items;
  }
  const entries: [string, Json][] = [];
  for (const [key, inner] of Object.entries(value)) {
    if (isFull(room)) break;
    entries.push([key, bounded(inner, depth + 1, room)]);
  }
  return Object.fromEntries(entries);
}

function isFull({ values, characters }: Room): boolean {
  return values <= 0 || characters <= 0;
}
