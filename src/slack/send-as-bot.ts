import { field, text } from "../json.ts";
import type { Address } from "../mappings/address.ts";
import { mrkdwnLink } from "./mrkdwn.ts";
import { withNotice } from "./notice-mark.ts";
import type { Answer, Outgoing, Posted } from "./answer.ts";
import { callSlack, type Called, type SlackApi, type SlackArguments } from "./call-slack.ts";

type Message = Extract<Outgoing, { kind: "message" }>;

/** Where the bot posts: a channel, a thread in it, or one person. */
export type Place =
  | { type: "channel"; channel: string }
  | Exclude<Address, { type: "gitlab_issue" }>;

/** Errors that are about one thread, not about its channel. */
const NO_THREAD = [
  "thread_not_found",
  "message_not_found",
  "cannot_reply_to_message",
  "restricted_action_thread_locked",
  "restricted_action_non_threadable_channel",
];

/**
 * Posts a message as the bot, and says what Slack's answer means. `notice` is the delivery's id: it
 * goes with the message, so that anybody who asks about the message can be told.
 *
 * @see https://docs.slack.dev/reference/methods/chat.postMessage
 * @see https://docs.slack.dev/reference/methods/chat.postEphemeral
 */
export async function sendAsBot(
  place: Place,
  message: Message,
  notice: string,
  slack: SlackApi,
): Promise<Answer> {
  switch (place.type) {
    case "channel":
      return answerOf(await post(place.channel, message, notice, slack));
    case "thread": {
      const answer = answerOf(await post(place.channel, message, notice, slack));
      return answer.outcome === "blocked" && NO_THREAD.includes(answer.code)
        ? refusal(answer, "The message that it answers is gone, or its thread is closed.")
        : answer;
    }
    case "ephemeral": {
      const given = {
        channel: place.channel,
        user: place.user,
        ...shown(message),
      };
      const called = await callSlack(slack, "chat.postEphemeral", given, () => null);
      if (called.ok) return { outcome: "delivered", status: 200, said: "ok" };
      const { answer } = called;
      // Whatever keeps it from being shown there, the person can be told directly.
      if (answer.outcome !== "blocked" || answer.cause !== "target") return answer;
      const direct = await sendAsBot(
        { type: "dm", user: place.user },
        aboutElsewhere(message),
        notice,
        slack,
      );
      return { ...direct, said: `${answer.code} in the channel, so directly: ${direct.said}` };
    }
    case "dm": {
      const answer = answerOf(await postDirectly(place.user, message, notice, slack));
      // Nobody else's answers wait because one person cannot be reached.
      return answer.outcome === "blocked" && answer.cause === "target"
        ? refusal(answer, "The person has left, or takes no messages from apps.")
        : answer;
    }
  }
}

/** Deletes a message that the bot posted. One that is gone already is as good as deleted. */
export async function deleteAsBot(
  { channel, ts }: { channel: string; ts: string },
  slack: SlackApi,
): Promise<Answer> {
  const called = await callSlack(slack, "chat.delete", { channel, ts }, () => null);
  if (called.ok) return { outcome: "delivered", status: 200, said: "deleted" };
  const { answer } = called;
  if (answer.outcome !== "blocked" || answer.cause !== "target") return answer;
  return answer.code === "message_not_found"
    ? { outcome: "delivered", status: answer.status, said: "it was gone already" }
    : refusal(answer, "The message stays.");
}

async function post(
  channel: string,
  message: Message,
  notice: string,
  slack: SlackApi,
): Promise<Called<Posted | null>> {
  const given = {
    channel,
    ...shown(withNotice(message, notice)),
    unfurl_links: false,
    unfurl_media: false,
  };
  return await callSlack(slack, "chat.postMessage", given, (answer) => {
    const ts = text(answer["ts"]);
    return ts === null ? null : { channel: text(answer["channel"]) ?? channel, ts };
  });
}

/** @see https://docs.slack.dev/reference/methods/conversations.open */
async function postDirectly(
  user: string,
  message: Message,
  notice: string,
  slack: SlackApi,
): Promise<Called<Posted | null>> {
  const opened = await callSlack(
    slack,
    "conversations.open",
    { users: user },
    (answer) => text(field(answer, "channel", "id")) ?? user,
  );
  if (opened.ok) return await post(opened.value, { ...message, thread: null }, notice, slack);
  const { answer } = opened;
  // Nothing was to be posted yet.
  return answer.outcome === "retry"
    ? { ...opened, answer: { ...answer, maybePosted: false } }
    : opened;
}

function answerOf(called: Called<Posted | null>): Answer {
  if (!called.ok) return called.answer;
  const posted = called.value === null ? {} : { posted: called.value };
  return { outcome: "delivered", ...posted, status: 200, said: "ok" };
}

function refusal(answer: Extract<Answer, { outcome: "blocked" }>, why: string): Answer {
  const { status, said } = answer;
  return { outcome: "refused", whatever: true, status, said: `${said}. ${why}` };
}

/** What was meant to be seen beside a message, for who sees it elsewhere. */
function aboutElsewhere(message: Message): Message {
  const { about } = message;
  if (about == null) return message;
  const line = `About ${mrkdwnLink(about, "this message")}:`;
  return {
    ...message,
    text: `${line}\n${message.text}`,
    blocks:
      message.blocks === null
        ? null
        : [{ type: "context", elements: [{ type: "mrkdwn", text: line }] }, ...message.blocks],
  };
}

function shown({ text, blocks, thread }: Message): SlackArguments {
  return { text, blocks: blocks ?? undefined, thread_ts: thread ?? undefined };
}
