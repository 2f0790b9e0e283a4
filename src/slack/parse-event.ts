import type { Event, Person } from "../event.ts";
import { field, object, own, text, type Json, type JsonObject } from "../json.ts";
import { cutText } from "./mrkdwn.ts";
import { foldEmoji } from "./emoji.ts";
import type { SlackDetails, SlackMessageFacts } from "./slack-details.ts";
import type { SlackFacts } from "./slack-facts.ts";

/** What a body says by itself: all that is needed before it is committed. */
export type SlackReading = {
  types: string[];
  kind: string;
  action: string;
  team: string | null;
  channel: string | null;
  /** Who did it, by id. */
  user: string | null;
  /** The message that it is about. */
  ts: string | null;
  /** Who wrote that, as far as the body says. */
  author: string | null;
  emoji: string | null;
  /** The user id of Causeway's bot, when the body says so. */
  bot: string | null;
  at: string | null;
  unanswerable: string | null;
  /** Slack's own object for what happened. */
  attributes: JsonObject;
};

const MAX_TITLE = 80;
const MAX_WORD = 100;

/**
 * Reads one of Slack's bodies: an event callback, or the payload of a message shortcut. Total: any
 * JSON object is an event of some type.
 *
 * @see https://docs.slack.dev/reference/events/reaction_added
 * @see https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload
 */
export function readSlackEvent(payload: JsonObject): SlackReading {
  const common = { team: teamOf(payload), bot: botOf(payload) };
  if (payload["type"] === "message_action") return { ...common, ...readShortcut(payload) };
  const event = object(payload["event"]);
  switch (text(payload["type"] === "event_callback" ? event["type"] : payload["type"]) ?? "") {
    case "reaction_added":
      return { ...common, ...readReaction("reaction", event) };
    case "reaction_removed":
      return { ...common, ...readReaction("reaction_removed", event) };
    case "member_joined_channel":
      return {
        ...common,
        ...nothing("member_joined", event),
        channel: word(event["channel"]),
        user: word(event["user"]),
        at: dateOf(event["event_ts"]),
      };
    case "app_rate_limited":
      return {
        ...common,
        ...nothing("app_rate_limited", payload),
        unanswerable:
          "Slack held events back: the app takes at most 30,000 an hour from a workspace",
      };
    default:
      return { ...common, ...nothing("unknown", event) };
  }
}

/** Turns Slack's words, and what was asked besides, into our event. */
export function parseSlackEvent(payload: JsonObject, id: string, facts: SlackFacts | null): Event {
  const reading = readSlackEvent(payload);
  const message = messageOf(reading, facts);
  const details: SlackDetails = {
    of: "slack",
    emoji: reading.emoji,
    channel:
      reading.channel === null ? null : { id: reading.channel, name: facts?.channelName ?? null },
    message,
    own: reading.user !== null && reading.user === (facts?.bot ?? reading.bot),
    groups: facts?.groups ?? {},
    unanswerable: reading.unanswerable,
  };
  const title = message?.text?.trim().split("\n", 1)[0] ?? "";
  return {
    id,
    type: reading.types[0] ?? "unknown",
    types: reading.types,
    kind: reading.kind,
    action: reading.action,
    echo: false,
    at: reading.at,
    iid: null,
    title: title === "" ? null : cutText(title, MAX_TITLE),
    url: message?.permalink ?? null,
    text: message?.text ?? null,
    confidential: false,
    labels: [],
    labelsAdded: [],
    labelsRemoved: [],
    changed: [],
    ref: null,
    status: null,
    environment: null,
    milestone: null,
    stages: [],
    source: null,
    severity: null,
    on: null,
    project: null,
    group: null,
    path: reading.channel,
    actor: personOf(reading.user, facts),
    author: authorOf(facts?.message?.author ?? reading.author, reading, facts),
    assignees: [],
    reviewers: [],
    subject: reading.ts === null ? id : `slack ${reading.channel ?? ""} ${reading.ts}`,
    large: false,
    attributes: reading.attributes,
    details,
  };
}

function nothing(kind: string, attributes: JsonObject) {
  const none = { channel: null, user: null, ts: null, author: null, emoji: null, at: null };
  return { types: [kind], kind, action: "", ...none, unanswerable: null, attributes };
}

function readReaction(kind: "reaction" | "reaction_removed", event: JsonObject) {
  const item = object(event["item"]);
  const emoji = foldEmoji(text(event["reaction"]) ?? "")
    .replace(/\s/g, "_")
    .slice(0, MAX_WORD);
  const type = text(item["type"]) ?? "message";
  const [channel, ts] = [word(item["channel"]), word(item["ts"])];
  const isMessage = type === "message" && channel !== null && ts !== null;
  return {
    types: [emoji === "" ? kind : `${kind}.${emoji}`],
    kind,
    action: emoji,
    channel,
    user: word(event["user"]),
    ts: isMessage ? ts : null,
    author: word(event["item_user"]),
    emoji: emoji === "" ? null : emoji,
    at: dateOf(event["event_ts"]),
    unanswerable: isMessage
      ? null
      : `the reaction is on a ${type === "message" ? "message that Slack does not name" : type.replaceAll("_", " ")}, not on a message`,
    attributes: event,
  };
}

function readShortcut(payload: JsonObject) {
  const callback = (word(payload["callback_id"]) ?? "").replace(/\s/g, "_");
  const message = object(payload["message"]);
  return {
    types: [callback === "" ? "shortcut" : `shortcut.${callback}`],
    kind: "shortcut",
    action: callback,
    team: word(field(payload, "team", "id")) ?? word(field(payload, "user", "team_id")),
    channel: word(field(payload, "channel", "id")),
    user: word(field(payload, "user", "id")),
    ts: word(payload["message_ts"]) ?? word(message["ts"]),
    author: word(message["user"]),
    emoji: null,
    at: dateOf(payload["action_ts"]),
    unanswerable: null,
    attributes: message,
  };
}

function messageOf(reading: SlackReading, facts: SlackFacts | null): SlackMessageFacts | null {
  const { ts } = reading;
  if (ts === null) return null;
  const asked = facts?.message ?? null;
  if (asked === null) {
    const unasked = { text: null, permalink: null, notice: null, byPerson: null };
    return { ts, ...unasked, root: ts, isReply: false };
  }
  const { author: _author, ...known } = asked;
  return { ts, ...known };
}

/** Who wrote a message; what the bot wrote nobody did. */
function authorOf(
  id: string | null,
  reading: SlackReading,
  facts: SlackFacts | null,
): Person | null {
  return id === (facts?.bot ?? reading.bot) ? null : personOf(id, facts);
}

function personOf(id: string | null, facts: SlackFacts | null): Person | null {
  if (id === null) return null;
  const member = own(facts?.people ?? {}, id);
  return {
    id,
    username: member?.username ?? null,
    name: member?.name ?? null,
    bot: member?.bot ?? false,
    gitlab: member?.gitlab ?? null,
  };
}

/**
 * The workspace that the app is installed in. In a channel that workspaces share `team_id` is the one
 * that made it.
 *
 * @see https://docs.slack.dev/apis/events-api/#callback-field
 */
function teamOf(payload: JsonObject): string | null {
  const authorizations = payload["authorizations"];
  const [first] = Array.isArray(authorizations) ? authorizations : [];
  return (
    word(field(first, "team_id")) ?? word(payload["context_team_id"]) ?? word(payload["team_id"])
  );
}

/** The app's own user, which Slack names beside each event. */
function botOf(payload: JsonObject): string | null {
  const authorizations = payload["authorizations"];
  const [first] = Array.isArray(authorizations) ? authorizations : [];
  return field(first, "is_bot") === true ? word(field(first, "user_id")) : null;
}

/** One of Slack's ids or names; what is longer is none. */
function word(value: Json | undefined): string | null {
  const said = text(value);
  return said === null || said.length > MAX_WORD ? null : said;
}

/** Slack writes times as seconds with a fraction, in a text. */
function dateOf(ts: Json | undefined): string | null {
  const seconds = Number(text(ts) ?? Number.NaN);
  return seconds > 0 && seconds < 1e11 ? new Date(seconds * 1000).toISOString() : null;
}
