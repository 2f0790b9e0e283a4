import { MAX_BLOCKS } from "../slack/max-blocks.ts";
import { escapeMrkdwn } from "../slack/mrkdwn.ts";
import type { OutgoingContent } from "../slack/answer.ts";
import { section } from "./fit-message.ts";
import { blocksWithoutMentions, textWithoutMentions } from "./without-mentions.ts";

type Message = Extract<OutgoingContent, { kind: "message" }>;

/**
 * A message marked as a test, by whom (not escaped), so that nobody in the channel takes it for news, and
 * that notifies nobody. It stands by itself: in no thread, and beside no other message.
 */
export function asTest({ text, blocks }: Message, by: string): Message {
  const given = blocks ?? [section(text)];
  const cut = given.length < MAX_BLOCKS ? "" : " Its last block is left out, for this line.";
  const mark = `*Test*, sent by ${escapeMrkdwn(by)} from Causeway: nobody needs to do anything.${cut}`;
  const shown = blocksWithoutMentions(given.slice(0, MAX_BLOCKS - 1));
  return {
    kind: "message",
    text: `Test: ${textWithoutMentions(text)}`,
    blocks: [section(mark), ...shown],
  };
}
