import { cleanText } from "../slack/mrkdwn.ts";

const ZERO_WIDTH_SPACE = "\u200b";
/** What may be a web address, up to the next white space. */
const ADDRESS = /((?<![a-z])https?:\/\/[^\s<>]+)/i;
/** An indented line would be code. */
const INDENT = /^[ \t]+/gm;
/** What ends a sentence rather than an address. */
const PUNCTUATION = ".,:;!?'\"*_~";
const OPENING: Record<string, string> = { ")": "(", "]": "[", "}": "{" };

/**
 * Foreign text made safe inside GitLab Markdown: it can neither format, refer, notify (`@all`) nor
 * command. GitLab carries out a line of a new description that begins with a slash (`/close`).
 * Addresses stay links, and lines stay lines.
 *
 * @see https://docs.gitlab.com/user/project/quick_actions/
 */
export function escapeMarkdown(text: string): string {
  return cleanText(text)
    .replace(INDENT, "")
    .split(ADDRESS)
    .map((part, index) => (index % 2 === 1 ? withLink(part) : escaped(part)))
    .join("")
    .replace(/(\S)\n(?=\S)/g, "$1\\\n");
}

/** Foreign text for the title of an issue, which is no Markdown but notifies whom it mentions. */
export function escapeTitle(text: string): string {
  return cleanText(text).replaceAll("@", `@${ZERO_WIDTH_SPACE}`);
}

/** A link in GitLab Markdown; the address must be a web address. */
export function markdownLink(address: string, label: string): string {
  const shown = escaped(cleanText(label).replace(/\s+/g, " ").trimStart());
  return `[${shown}](<${address.replace(/[<>\\\s]/g, encodeURIComponent)}>)`;
}

/** Between angle brackets an address is a link whatever is in it. */
function withLink(found: string): string {
  const end = endOfAddress(found);
  const address = found.slice(0, end);
  return URL.canParse(address) ? `<${address}>${escaped(found.slice(end))}` : escaped(found);
}

/** Where an address ends that a sentence or a bracket around it goes on behind. */
function endOfAddress(found: string): number {
  const surplus: Record<string, number> = {};
  for (const [closing, opening] of Object.entries(OPENING)) {
    surplus[closing] = found.split(closing).length - found.split(opening).length;
  }
  let end = found.length;
  for (; end > 0; end -= 1) {
    const last = found[end - 1] ?? "";
    if (PUNCTUATION.includes(last)) continue;
    const more = surplus[last] ?? 0;
    if (more <= 0) break;
    surplus[last] = more - 1;
  }
  return end;
}

function escaped(text: string): string {
  return text
    .replace(/[\\`*_[\]<>~#|$!%&"^{}:]/g, "\\$&")
    .replace(/^[/+=-]/gm, "\\$&")
    .replace(/^(\d+)(?=[.)])/gm, "$1\\")
    .replace(/\b(www)\./gi, "$1\\.")
    .replaceAll("@", `@${ZERO_WIDTH_SPACE}`);
}
