import { field, number, object, objects, text, type Json, type JsonObject } from "../../../json.ts";
import { literal } from "../literal.ts";
import type { Token } from "./read-token.ts";

/** A message as a template, and what in it has no equivalent. */
export type Said = { template: string; lost: string[] };

/** What a token stands for. */
type Tokens = (token: string) => Token;

/**
 * Slack's rich text (`message_blocks`) as mrkdwn: links keep their addresses, which the plain
 * `message_text` of a workflow does not have.
 *
 * @see https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
 */
function fromRichText(blocks: Json | undefined, tokens: Tokens): Said {
  const lost: string[] = [];
  const parts: string[] = [];
  for (const block of objects(blocks)) {
    for (const part of objects(block["elements"])) {
      parts.push(fromPart(part, tokens, lost).replace(/(?<!\n)\n+$/, ""));
    }
  }
  return { template: parts.join("\n"), lost };
}

function fromPart(part: JsonObject, tokens: Tokens, lost: string[]): string {
  const elements = objects(part["elements"]);
  const inline = (of: JsonObject[]): string =>
    of.map((element) => fromElement(element, tokens, lost)).join("");
  switch (text(part["type"]) ?? "") {
    case "rich_text_list": {
      const indent = "    ".repeat(Math.min(8, Math.max(0, number(part["indent"]) ?? 0)));
      const isOrdered = part["style"] === "ordered";
      return elements
        .map(
          (item, index) =>
            `${indent}${isOrdered ? `${index + 1}.` : "•"} ${inline(objects(item["elements"]))}`,
        )
        .join("\n");
    }
    case "rich_text_quote":
      return inline(elements).replace(/^/gm, "> ");
    case "rich_text_preformatted":
      return `\`\`\`${inline(elements)}\`\`\``;
    default:
      return inline(elements);
  }
}

function fromElement(element: JsonObject, tokens: Tokens, lost: string[]): string {
  const id = (key: string): string => (text(element[key]) ?? "").replace(/[^\w-]/g, "");
  switch (text(element["type"]) ?? "") {
    case "text":
      return styled(escaped(text(element["text"]) ?? ""), element["style"]);
    case "link": {
      const url = (text(element["url"]) ?? "").replace(/[<>|\s]/g, (char) =>
        encodeURIComponent(char),
      );
      const label = text(element["text"]);
      return `<${literal(url)}${label === null ? "" : `|${escaped(label).replaceAll("|", "/")}`}>`;
    }
    case "emoji":
      return `:${(text(element["name"]) ?? "").replace(/[^\w+'-]/g, "")}:`;
    case "user":
      return `<@${id("user_id")}>`;
    case "usergroup":
      return `<!subteam^${id("usergroup_id")}>`;
    case "channel":
      return `<#${id("channel_id")}>`;
    case "broadcast":
      return `<!${id("range")}>`;
    case "workflowtoken": {
      const token = tokens(text(element["id"]) ?? "");
      if ("template" in token) return token.template;
      lost.push(token.lost);
      return "";
    }
    default:
      lost.push(`${JSON.stringify(text(element["type"]) ?? "?")} in its text is left out.`);
      return text(element["text"]) === null ? "" : escaped(text(element["text"]) ?? "");
  }
}

/** The plain text of a message, in which tokens stand in double braces. */
function fromPlainText(source: string, tokens: Tokens): Said {
  const lost: string[] = [];
  let template = "";
  let end = 0;
  for (const found of source.matchAll(/\{\{((?:(?!\{\{|\}\}).)*)\}\}/gs)) {
    template += literal(source.slice(end, found.index));
    const token = tokens(found[1] ?? "");
    if ("template" in token) template += token.template;
    else lost.push(token.lost);
    end = found.index + found[0].length;
  }
  return { template: template + literal(source.slice(end)), lost };
}

function styled(said: string, style: Json | undefined): string {
  const { bold, italic, strike, code } = object(style);
  const marks = `${bold === true ? "*" : ""}${italic === true ? "_" : ""}${strike === true ? "~" : ""}${code === true ? "`" : ""}`;
  // Slack finds no mark beside a space.
  const inner = said.trim();
  if (inner === "") return said;
  const at = said.indexOf(inner);
  const [before, after] = [said.slice(0, at), said.slice(at + inner.length)];
  return `${before}${marks}${inner}${Array.from(marks).toReversed().join("")}${after}`;
}

/** Text as mrkdwn shows it. */
function escaped(said: string): string {
  return literal(said.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"));
}

/** The message that a step sends. */
export function messageOf(config: JsonObject, tokens: Tokens): Said {
  const blocks = field(config, "message_blocks");
  const rich = fromRichText(blocks, tokens);
  return rich.template.trim() === ""
    ? fromPlainText(text(config["message_text"]) ?? text(config["message"]) ?? "", tokens)
    : rich;
}
