import { createHash } from "node:crypto";
import { isObject, type Json } from "../json.ts";

const SLACK_HOOK = /https:\/\/hooks\.slack\.com\/[^\s"'<>|\\]*/g;

/**
 * A document for people's eyes: an address that is written out in a destination, or stands anywhere
 * else, is a password. What is left of it tells two of them apart.
 */
export function withoutAddresses(json: Json): Json {
  const hidden =
    isObject(json) && typeof json["url"] === "string" && /^https?:/i.test(json["url"])
      ? { ...json, url: hide(json["url"]) }
      : json;
  return JSON.parse(JSON.stringify(hidden).replace(SLACK_HOOK, hide)) as Json;
}

function hide(url: string): string {
  if (url.includes("…")) return url;
  const mark = createHash("sha256").update(url).digest("hex").slice(0, 6);
  return `${URL.parse(url)?.origin ?? "https://"}/… (hidden, ${mark})`;
}
