import type { Event } from "../event.ts";
import { escapeMrkdwn } from "../slack/mrkdwn.ts";
import { cutMrkdwn, section } from "./fit-message.ts";
import { markdownToMrkdwn } from "./markdown/gitlab-markdown.ts";
import type { Block, SlackMessage } from "./templates/message-template.ts";
import { noticeOf } from "./notice-of.ts";
import type { Notice } from "./notice.ts";
import { link, sign, toMrkdwn } from "./phrase.ts";

/** How the default message is laid out: with what belongs to it, or in one line. */
export type Style = "card" | "compact";

/** What is quoted of a description or comment; the rest is behind a link. */
const MAX_QUOTE = 500;
const MAX_QUOTE_LINES = 6;
/** What a line has room for. */
const MAX_COMPACT_LINES = 2;
const MAX_COMPACT_FACTS = 5;
/** Of a section's 3,000 characters and a context's. */
const MAX_SECTION = 2_900;
/** So that there is room for the bars beside it and the link to the rest. */
const MAX_QUOTED = 1_500;
const SEPARATOR = "  ·  ";

/**
 * The message of an event for which the rule says nothing: what happened in the first words, the
 * subject linked, where, and the facts that matter. `note` is added for whoever keeps the rules.
 */
export function defaultMessage(
  event: Event,
  style: Style = "card",
  note: string | null = null,
): SlackMessage {
  const said = noticeOf(event);
  const headline = headlineOf(said);
  const facts = said.facts.map(toMrkdwn).filter((fact) => fact.trim() !== "");
  if (event.confidential) facts.unshift(":lock: confidential");
  const lines = said.lines.map(toMrkdwn);
  const blocks =
    style === "compact" ? [compact(said, lines, facts)] : card(event, said, lines, facts);
  if (note !== null) blocks.push(context(`:warning: ${escapeMrkdwn(note)}`));
  return { text: headline, blocks };
}

function headlineOf(said: Notice): string {
  return toMrkdwn(said.sign === null ? said.headline : [...sign(said.sign), ...said.headline]);
}

function compact(said: Notice, lines: string[], facts: string[]): Block {
  const listed = upTo(MAX_COMPACT_LINES, lines, said.unlisted);
  const all = [headlineOf(said), ...listed, ...facts.slice(0, MAX_COMPACT_FACTS)];
  return text(all.join(SEPARATOR));
}

function card(event: Event, said: Notice, lines: string[], facts: string[]): Block[] {
  const listed = upTo(lines.length, lines, said.unlisted).map((each) => `• ${each}`);
  const blocks = [text([headlineOf(said), ...listed].join("\n"))];
  const quote = said.quote === null ? "" : quoted(event, said.quote);
  if (quote !== "") blocks.push(text(quote));
  if (facts.length > 0) blocks.push(context(facts.join(SEPARATOR)));
  return blocks;
}

/** The first lines, and how many there are besides. */
function upTo(most: number, lines: string[], unlisted: number): string[] {
  const shown = lines.slice(0, most);
  const more = lines.length - shown.length + unlisted;
  return more > 0 && shown.length > 0 ? [...shown, `${more} more`] : shown;
}

/** What somebody wrote, with a bar beside it; code has a frame of its own, which a bar would break. */
function quoted(event: Event, markdown: string): string {
  const projectUrl = event.project?.url ?? null;
  const limits = { max: MAX_QUOTE, maxLines: MAX_QUOTE_LINES, projectUrl };
  const { text: said, cut } = markdownToMrkdwn(markdown, limits);
  let inCode = false;
  const lines = cutMrkdwn(said, MAX_QUOTED)
    .split("\n")
    .map((each) => {
      const isFence = each.startsWith("```");
      const plain = inCode || isFence;
      if (isFence) inCode = !inCode;
      return plain || each.startsWith(">") ? each : `> ${each}`;
    });
  if (cut && event.url !== null) {
    const more = toMrkdwn(link(event.url, "read on"));
    const last = lines.at(-1) ?? "";
    if (last.startsWith(">")) lines[lines.length - 1] = `${last} ${more}`;
    else lines.push(`> ${more}`);
  }
  return said === "" ? "" : lines.join("\n");
}

function text(mrkdwn: string): Block {
  return section(cutMrkdwn(mrkdwn, MAX_SECTION));
}

function context(text: string): Block {
  return {
    type: "context",
    elements: [{ type: "mrkdwn", text: cutMrkdwn(text, MAX_SECTION), verbatim: true }],
  };
}
