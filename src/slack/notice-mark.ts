import { isObject, objects, type Json } from "../json.ts";
import type { Outgoing } from "./answer.ts";

type Message = Extract<Outgoing, { kind: "message" }>;

const PREFIX = "causeway:";
/** Slack takes no longer `block_id`. */
const MAX_BLOCK_ID = 255;

/**
 * The message with the id of its delivery on its first block, which Slack gives back with the message
 * whoever asks: so one of Causeway's notices can say which it is. It is nothing that readers see.
 *
 * @see https://docs.slack.dev/reference/block-kit/blocks/section-block (block_id)
 */
export function withNotice<M extends Pick<Message, "blocks">>(message: M, delivery: string): M {
  const [first, ...rest] = message.blocks ?? [];
  const id = `${PREFIX}${delivery}`;
  if (first === undefined || "block_id" in first || id.length > MAX_BLOCK_ID) return message;
  return { ...message, blocks: [{ ...first, block_id: id }, ...rest] };
}

/** The delivery that a message is, from its blocks as Slack gives them back; null: none of ours. */
export function noticeIn(blocks: Json | undefined): string | null {
  for (const block of objects(blocks)) {
    const id = isObject(block) ? block["block_id"] : null;
    if (typeof id === "string" && id.startsWith(PREFIX)) return id.slice(PREFIX.length);
  }
  return null;
}
