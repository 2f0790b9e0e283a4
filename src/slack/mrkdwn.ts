import { inUtc } from "../words/in-utc.ts";

/** Stands between a character that would format and its neighbour, invisibly. */
const ZERO_WIDTH_SPACE = "\u200b";

/** A section of a message takes 3,000 characters in all. */
const MAX_ADDRESS = 1_200;
const MAX_LABEL = 300;

/** Control characters (but tab and newline) and those that turn the reading direction around. */
// oxlint-disable-next-line no-control-regex -- control characters are what this removes
const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g;

/** Text without what no message should carry. */
export function cleanText(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, "\n").replace(INVISIBLE, "");
}

/** What stands in for a character that formats: it looks the same and does nothing. */
const LOOKALIKES: Record<string, string> = {
  "*": "\u2217",
  "~": "\u223c",
  "`": "\u02cb",
  _: "\u02cd",
  "\uff0a": "\u2217",
  "\uff3f": "\u02cd",
  "\uff40": "\u02cb",
};

/**
 * Foreign text made safe inside mrkdwn: it can neither mention, link nor format.
 * `*`, `~`, `_` and backticks have no escape, and a zero-width space beside them makes Slack format all
 * the more, so others stand in for them; for `_` only at the edge of a word, so that names like
 * `my_branch` stay as they are.
 *
 * @see https://docs.slack.dev/messaging/formatting-message-text (escaping text)
 */
export function escapeMrkdwn(text: string): string {
  const harmless = cleanText(text).replace(
    /[*~`\uff0a\uff40]|(?<![\p{L}\p{N}])[_\uff3f]|[_\uff3f](?![\p{L}\p{N}])/gu,
    (character) => LOOKALIKES[character] ?? character,
  );
  return escapeEntities(harmless);
}

/** Slack's three control characters, and no others. */
export function escapeEntities(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Foreign text as a code span, in which nothing is formatted; it cannot end the span. */
export function codeMrkdwn(text: string): string {
  const shown = cleanText(text).replace(/\s+/g, " ").replaceAll("`", "'").trim();
  return shown === "" ? "" : `\`${escapeEntities(shown)}\``;
}

/** Foreign text as a block of code, its fences on lines of their own; it cannot end the block. */
export function codeBlockMrkdwn(text: string): string {
  const shown = cleanText(text).replace(/``(?=`)/g, `$&${ZERO_WIDTH_SPACE}`);
  return `\`\`\`\n${escapeEntities(shown)}\n\`\`\``;
}

/**
 * Foreign text that a template puts where it likes: behind a `<` of the template's own it could still
 * become a mention, so it is parted from that too.
 */
export function escapeAnywhere(text: string): string {
  return escapeMrkdwn(text).replace(/^(?=[!@#])/, ZERO_WIDTH_SPACE);
}

/** A link in mrkdwn, of which a message can hold several; only the label when it has no web address. */
export function mrkdwnLink(url: string | null, label: string): string {
  const shown = escapeMrkdwn(cutText(label, MAX_LABEL)).replaceAll("|", "¦").replace(/\n+/g, " ");
  const address = webAddress(url);
  return address === null || address.length > MAX_ADDRESS
    ? shown
    : `<${address}|${shown || address}>`;
}

/** The address in a form that cannot end a Slack link early; null unless it is http or https. */
export function webAddress(url: string | null): string | null {
  if (url === null || !/^https?:\/\//i.test(url) || !URL.canParse(url)) return null;
  return new URL(url).href
    .replaceAll("|", "%7C")
    .replaceAll("`", "%60")
    .replaceAll("<", "%3C")
    .replaceAll(">", "%3E")
    .replaceAll("&", "&amp;");
}

/** At most `max` characters (code points), the last one an ellipsis where something was cut. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  const points = Array.from(text);
  return points.length <= max ? text : `${points.slice(0, max - 1).join("")}…`;
}

/**
 * A moment (milliseconds) as Slack shows it to each reader, in the reader's own time.
 *
 * @see https://docs.slack.dev/messaging/formatting-message-text (date formatting)
 */
export function slackDate(at: number): string {
  return `<!date^${Math.floor(at / 1000)}^{date_short_pretty} {time_secs}|${inUtc(at)}>`;
}
