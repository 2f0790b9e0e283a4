import { cleanText } from "../slack/mrkdwn.ts";

/** An address is left whole, so that it stays a link. */
const ADDRESS = /(https?:\/\/[^\s<>()[\]"'`]+)/i;

/** An indented line would be code. */
const INDENT = /^[ \t]+/gm;

/**
 * Foreign text made safe inside GitLab Markdown: it can neither format, refer, notify (`@all`) nor
 * command. GitLab carries out a line of a new description that begins with a slash (`/close`).
 *
 * @see https://docs.gitlab.com/user/project/quick_actions/
 */
export function escapeMarkdown(text: string): string {
  return cleanText(text)
    .replace(INDENT, "")
    .split(ADDRESS)
    .map((part, index) => (index % 2 === 1 ? part : escaped(part)))
    .join("")
    .replace(/(\S)\n(?=\S)/g, "$1\\\n");
}

/** A link in GitLab Markdown; the address must be a web address. */
export function markdownLink(address: string, label: string): string {
  return `[${escapeMarkdown(label.replace(/\s+/g, " "))}](<${address.replace(/[<>\\\s]/g, encodeURIComponent)}>)`;
}

function escaped(text: string): string {
  return text
    .replace(/[\\`*_[\]<>~#|$!%&"^{}:]/g, "\\$&")
    .replace(/^[/+=-]/gm, "\\$&")
    .replace(/^(\d+)(?=[.)])/gm, "$1\\")
    .replace(/@(?=\w)/g, "@\u200b");
}
