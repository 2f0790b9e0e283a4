import { escapeMrkdwn } from "../slack/mrkdwn.ts";
import type { OutgoingContent } from "../slack/answer.ts";
import type { Content } from "../relay/outcomes.ts";
import { section } from "./fit-message.ts";

type Message = Extract<OutgoingContent, { kind: "message" }>;

/** Slack takes so many blocks in a message. */
const MAX_BLOCKS = 50;

/**
 * A message marked as a test, by whom (not escaped), so that nobody in the channel takes it for news. It
 * stands by itself: in no thread, and beside no other message.
 */
export function asTest({ text, blocks }: Message, by: string): Message {
  const mark = `*Test*, sent by ${escapeMrkdwn(by)} from Causeway: nobody needs to do anything.`;
  return {
    kind: "message",
    text: `Test: ${text}`,
    blocks: [section(mark), ...(blocks ?? [section(text)])].slice(0, MAX_BLOCKS),
    testBy: by,
  };
}

/** Whether something was only sent to see what it looks like. */
export function isTest(content: Content | null): boolean {
  return content?.kind === "message" && content.testBy !== undefined;
}
