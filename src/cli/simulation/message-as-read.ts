import { field, isObject, object, objects, text, type Json, type JsonObject } from "../../json.ts";
import { readMrkdwn } from "../../slack/read-mrkdwn.ts";

/** A message's blocks as people read them, without layout: what a terminal can show of them. */
export function messageAsRead(said: string, blocks: object[] | null): string {
  const lines = (blocks ?? []).map((block) => blockAsRead(block as JsonObject));
  return lines.length === 0 ? read(said) : lines.join("\n");
}

/** @see https://docs.slack.dev/reference/block-kit/blocks */
function blockAsRead(block: JsonObject): string {
  const type = text(block["type"]) ?? "unknown";
  switch (type) {
    case "section": {
      const texts = [block["text"], ...objects(block["fields"])].map(textObject);
      return [...texts, elementAsRead(object(block["accessory"]))].filter(isSaid).join("\n");
    }
    case "header":
    case "markdown":
      return textObject(block["text"]);
    case "context":
    case "actions":
      return objects(block["elements"]).map(elementAsRead).filter(isSaid).join(" ");
    case "divider":
      return "──────────";
    case "image":
      return elementAsRead(block);
    case "rich_text":
      return richText(block["elements"]);
    default:
      return `(a block of type ${type})`;
  }
}

function elementAsRead(element: JsonObject): string {
  const type = text(element["type"]);
  switch (type) {
    case null:
      return "";
    case "mrkdwn":
    case "plain_text":
      return textObject(element);
    case "image":
      return `(image: ${text(element["alt_text"]) ?? "no description"})`;
    case "button": {
      const url = text(element["url"]);
      return `[${textObject(element["text"])}]${url === null ? "" : ` (${url})`}`;
    }
    default:
      return `(${type})`;
  }
}

function textObject(value: Json | undefined): string {
  const said = text(value) ?? text(field(value, "text")) ?? "";
  return field(value, "type") === "mrkdwn" ? read(said) : said;
}

/** Everything that is said in it, however it is nested. */
function richText(value: Json | undefined): string {
  if (Array.isArray(value)) return value.map(richText).join("");
  if (!isObject(value)) return "";
  const url = text(value["url"]);
  const said = text(value["text"]) ?? url ?? "";
  return said + richText(value["elements"]);
}

function read(mrkdwn: string): string {
  return readMrkdwn(mrkdwn, () => null);
}

function isSaid(line: string): boolean {
  return line.trim() !== "";
}
