import { object, text, type JsonObject } from "../json.ts";
import { noticeIn } from "./notice-mark.ts";
import { readMrkdwn } from "./read-mrkdwn.ts";
import type { SlackMessageFacts } from "./slack-details.ts";
import type { SlackFacts } from "./slack-facts.ts";

/** A message as Slack's own object says it, its text in mrkdwn. */
export type MessageSaid = Omit<NonNullable<SlackFacts["message"]>, "permalink">;

/** What is known of a message that Slack does not show. */
export const NOTHING_SAID = { text: null, notice: null, byPerson: null, author: null };

/** Reads a message that stands at `ts`. */
export function messageFrom(message: JsonObject, ts: string): MessageSaid {
  const root = text(message["thread_ts"]) ?? ts;
  const author = text(message["user"]);
  return {
    text: text(message["text"]),
    root,
    isReply: root !== ts,
    notice: noticeIn(message["blocks"]),
    author,
    byPerson:
      author !== null && text(message["bot_id"]) === null && message["subtype"] !== "bot_message",
  };
}

/** The message that a shortcut was used on, which its body brings along. */
export function messageOfShortcut(
  payload: JsonObject,
  ts: string,
): Pick<SlackMessageFacts, "notice" | "text" | "ts" | "byPerson"> {
  const { notice, text: written, byPerson } = messageFrom(object(payload["message"]), ts);
  const said = written === null ? null : readMrkdwn(written, () => null);
  return { notice, text: said, ts, byPerson };
}
