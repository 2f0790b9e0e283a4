import type { Event } from "../../event.ts";
import type { JsonObject } from "../../json.ts";
import { parseSlackEvent } from "../../slack/parse-event.ts";
import type { SlackFacts } from "../../slack/slack-facts.ts";
import { isGlob } from "../../mappings/glob.ts";
import type { SlackOccasion } from "./occasion.ts";

const [TEAM, WHO, WRITER, TS] = ["T0000000000", "U0000000AMI", "U0000000BRU", "1700000000.000100"];
const CHANNEL = "C0000000000";
const TEXT = "Where do I ask for a new licence?\nThe customer waits.";

/** What people of the sample are called, by their ids. */
export const SAMPLE_NAMES: Readonly<Record<string, string>> = { [WHO]: "amina", [WRITER]: "bruno" };

/** An event that nobody sent: Amina does it, to a message of Bruno's where there is one. */
export function sampleSlackEvent(
  occasion: SlackOccasion,
  channel: { id: string | null; name: string },
): { event: Event; payload: JsonObject } {
  const id = channel.id ?? CHANNEL;
  const payload = payloadOf(occasion, id);
  const member = (username: string, name: string) => ({
    username,
    name,
    bot: false,
    gitlab: username,
  });
  const facts: SlackFacts = {
    bot: null,
    channelName: channel.name,
    message: {
      author: WRITER,
      text: TEXT,
      permalink: `https://example.slack.com/archives/${id}/p1700000000000100`,
      root: TS,
      isReply: false,
      notice: null,
      byPerson: true,
    },
    people: { [WHO]: member("amina", "Amina Diallo"), [WRITER]: member("bruno", "Bruno Keller") },
    groups: {},
    unknown: [],
  };
  return { event: parseSlackEvent(payload, "sample", facts), payload };
}

/**
 * @see https://docs.slack.dev/reference/events/reaction_added
 * @see https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload
 */
function payloadOf({ type, kind, name }: SlackOccasion, channel: string): JsonObject {
  const callback = (event: JsonObject): JsonObject => ({
    type: "event_callback",
    team_id: TEAM,
    event,
  });
  const of = isGlob(type) ? name.replace(/[*?]/g, "") : name;
  switch (kind) {
    case "reaction":
    case "reaction_removed":
    case "other":
      return callback({
        type: kind === "reaction_removed" ? "reaction_removed" : "reaction_added",
        user: WHO,
        reaction: of === "" ? "eyes" : of,
        item: { type: "message", channel, ts: TS },
        item_user: WRITER,
        event_ts: TS,
      });
    case "member_joined":
      return callback({ type: "member_joined_channel", user: WHO, channel, event_ts: TS });
    case "shortcut":
      return {
        type: "message_action",
        callback_id: of === "" ? "issue" : of,
        team: { id: TEAM },
        channel: { id: channel, name: "channel" },
        user: { id: WHO },
        message_ts: TS,
        message: { ts: TS, user: WRITER, text: TEXT },
        action_ts: TS,
      };
  }
}
