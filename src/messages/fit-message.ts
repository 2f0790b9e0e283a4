import { MAX_BLOCKS } from "../slack/max-blocks.ts";
import type { Block, SlackMessage } from "./templates/message-template.ts";

/** Slack's limits: a section's text, the notification text that we aim at. */
const MAX_SECTION = 3_000;
const MAX_TEXT = 4_000;
/** More than any message that Slack takes; it keeps a row of the Relay below SQLite's limit. */
const MAX_BLOCKS_CHARACTERS = 200_000;

/**
 * Makes a message fit Slack's limits and safe: text without blocks becomes sections whose names
 * and addresses Slack does not turn into mentions (`verbatim`), long text is cut.
 *
 * @see https://docs.slack.dev/reference/block-kit/blocks/section-block
 */
export function fitMessage(message: SlackMessage): SlackMessage {
  const text = cutMrkdwn(message.text.trim() === "" ? "(empty message)" : message.text, MAX_TEXT);
  const written = message.text.trim() === "" ? text : message.text;
  const given = message.blocks;
  const small = given !== null && JSON.stringify(given).length <= MAX_BLOCKS_CHARACTERS;
  const blocks = small ? given : sections(written);
  return { text, blocks: blocks.slice(0, MAX_BLOCKS) };
}

/** The plain form that is sent once when Slack refuses the blocks, so that the news is not lost. */
export function plainFallback(text: string): SlackMessage {
  return { text: cutMrkdwn(text, MAX_SECTION), blocks: null };
}

/** mrkdwn cut to `max` characters, never inside a link, an entity or a code point. */
export function cutMrkdwn(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text.slice(0, safeEnd(text, max - 1))}…`;
}

function sections(text: string): Block[] {
  const blocks: Block[] = [];
  let rest = text;
  while (rest !== "" && blocks.length < MAX_BLOCKS) {
    const end =
      rest.length <= MAX_SECTION ? rest.length : lineEnd(rest, safeEnd(rest, MAX_SECTION));
    const part = rest.slice(0, end).trim();
    if (part !== "") blocks.push(section(part));
    rest = rest.slice(end);
  }
  return blocks;
}

/** A section of mrkdwn in which Slack finds no mentions and links but those that are written out. */
export function section(text: string): Block {
  return { type: "section", text: { type: "mrkdwn", text, verbatim: true } };
}

/** How a link or a mention begins; a `<` of another kind is only a character. */
const LINK = /^<(?:[!@#]|https?:|mailto:)/;

/** The last line break before `end` when there is one in its last third. */
function lineEnd(text: string, end: number): number {
  const at = text.lastIndexOf("\n", end - 1);
  return at > end * 0.66 ? at + 1 : end;
}

/** The greatest index up to `end` that is inside neither `<…>`, an entity nor a surrogate pair. */
function safeEnd(text: string, end: number): number {
  const open = text.lastIndexOf("<", end - 1);
  const cuts =
    open > 0 && LINK.test(text.slice(open, open + 8)) && !text.slice(open, end).includes(">");
  let at = cuts ? open : end;
  const entity = text.lastIndexOf("&", at - 1);
  if (entity > 0 && at - entity < 6 && !text.slice(entity, at).includes(";")) at = entity;
  const before = text.charCodeAt(at - 1);
  return before >= 0xd800 && before <= 0xdbff && at > 1 ? at - 1 : at;
}
