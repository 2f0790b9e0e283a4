import { checkBlocks } from "./check-blocks.ts";
import { type Arguments, textOf } from "./read-arguments.ts";

/** "chat.postMessage": text is cut at 40,000 characters, not refused. */
export const MAX_TEXT = 40_000;

/** What a message says, or Slack's refusal of it. */
export type Content = { text: string; blocks: unknown[] };
export type Refusal = { ok: false; error: string } & Record<string, unknown>;

/** A message's text and blocks, as every door but the webhooks takes them. */
export function readContent(args: Arguments): Content | Refusal {
  const text = textOf(args, "text");
  const blocks = args["blocks"] ?? [];
  if (typeof blocks === "string") return { ok: false, error: "invalid_blocks_format" };
  const errors = checkBlocks(blocks);
  if (errors.length > 0 || !Array.isArray(blocks)) {
    const messages = errors.map((error) => `[ERROR] ${error}`);
    return { ok: false, error: "invalid_blocks", errors, response_metadata: { messages } };
  }
  if (text === "" && blocks.length === 0) return { ok: false, error: "no_text" };
  return { text: Array.from(text).slice(0, MAX_TEXT).join(""), blocks };
}
