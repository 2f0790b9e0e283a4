import { DESTINATIONS } from "../mappings/destination-key.ts";
import { createHash } from "node:crypto";
import { isObject, type Json } from "../json.ts";
import { shownAddress } from "../slack/shown-address.ts";

const END = String.raw`[^\s"'<>|\\&]`;
const SCHEME = String.raw`https?(?::\/\/|%3A%2F%2F)(?:[^\s"'<>|\\/@]{0,256}@)?`;
const SLASH = String.raw`(?:\/|%2F)`;
/** Of what is hidden already, or only an example. */
const NONE = String.raw`(?!(?:\w+\/)?T?…)`;
/** Slack's own, with or without their scheme, also within the query of another address. */
const OF_SLACK = new RegExp(
  String.raw`(?:${SCHEME})?hooks\.slack[\w.-]{0,253}(?::\d+)?${SLASH}${NONE}${END}+`,
  "gi",
);
/** Those of any other origin that SLACK_HOOK_ORIGINS may name have a workspace in their path, as Slack's have. */
const LIKE_SLACK = new RegExp(
  String.raw`(?:${SCHEME}|(?<![\w.-]))[\w.-]{1,253}(?::\d+)?${SLASH}(?:triggers|workflows|services)${SLASH}[TE][A-Z0-9]{2,}${SLASH}${END}+`,
  "g",
);
/** What a destination names as its address, where the text is not JSON. */
const AT_URL = new RegExp(
  String.raw`https?:\/\/(?<=\burl["']?\s{0,9}:\s{0,9}["']?\s{0,9}https?:\/\/)(?![^\s/]{1,256}\/(?:\w+\/)?T?…)${END}+`,
  "gi",
);
const HIDDEN = "/…••••";

/**
 * A document's text, JSON or not, as people may see it. An address that Slack takes messages at is a password:
 * of each only `https://hooks.slack.com/triggers/T…/…••••1a2b3c` is left, whose end tells two of them apart.
 * {@link withAddresses} puts them back. What stands in `given` too is left as it is: its reader wrote it.
 */
export function hideAddresses(text: string, given = ""): string {
  const theirs = new Set<string>();
  if (given !== "") replaceAddresses(given, (address) => (theirs.add(address), address));
  return replaceAddresses(text, (address) => (theirs.has(address) ? address : hidden(address)));
}

/** Any other text, such as a page, in the same way. */
export function withoutAddresses(text: string): string {
  return replaceIn(text, hidden);
}

/** Whether an address is hidden in a text. */
export function hidesAddress(text: string): boolean {
  return text.includes(HIDDEN);
}

/**
 * A text with the addresses that are hidden in it, from those of the `known` texts.
 * Null: it has a hidden one that none of them has.
 */
export function withAddresses(text: string, known: string[]): string | null {
  if (!hidesAddress(text)) return text;
  const addresses = new Map<string, string>();
  for (const each of known) {
    replaceAddresses(each, (address) => (addresses.set(hidden(address), address), address));
  }
  let whole = text;
  for (const [shown, address] of addresses) {
    whole = whole.replaceAll(shown, (found: string, at: number, all: string) =>
      // More was written at its end: that is another one.
      /[\w/]/.test(all.charAt(at + found.length)) ? found : address,
    );
  }
  return hidesAddress(whole) ? null : whole;
}

/** Says why a draft with a hidden address cannot be used. */
export function lostAddress(key: string): { path: string; message: string } {
  return {
    path: key.startsWith(DESTINATIONS) ? "url" : "",
    message:
      "the address is hidden here, and neither the published document nor what you began with, if that is still kept, has it. Write it out, or better: keep it as a secret of the Worker and write secret:NAME.",
  };
}

function replaceAddresses(text: string, replace: (address: string) => string): string {
  const json = jsonIn(text);
  if (json !== null) {
    const { value, plain } = json;
    const url = addressOf(value);
    const changed = replaceIn(
      url === null || !isObject(value)
        ? plain
        : JSON.stringify({ ...value, url: JSON.parse(`"${replace(url)}"`) as Json }),
      replace,
    );
    return changed === plain ? text : changed;
  }
  // What should have been JSON may have its escapes.
  const plain = text
    .replace(/\\u00([2-7][\da-f])/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replaceAll("\\/", "/");
  const changed = replaceIn(plain.replace(AT_URL, replace), replace);
  return changed === plain ? text : changed;
}

function replaceIn(text: string, replace: (address: string) => string): string {
  return text.replace(OF_SLACK, replace).replace(LIKE_SLACK, replace);
}

/** What a destination names as its address, whatever it is, as it stands in JSON; null: nothing hidden can. */
function addressOf(json: Json): string | null {
  const url = isObject(json) ? json["url"] : null;
  return typeof url === "string" && /^\s*https?:/i.test(url) && !hidesAddress(url)
    ? JSON.stringify(url).slice(1, -1)
    : null;
}

/** A text's JSON, and that without spaces; null: it is none, or too deep to be one. */
function jsonIn(text: string): { value: Json; plain: string } | null {
  try {
    const value = JSON.parse(text) as Json;
    return { value, plain: JSON.stringify(value) };
  } catch {
    return null;
  }
}

function hidden(address: string): string {
  const scheme = /^\s*(https?:\/\/)/i.exec(address)?.[1] ?? "";
  const plain = address.replaceAll(/%3A/gi, ":").replaceAll(/%2F/gi, "/").trim();
  const shown = shownAddress(/^https?:/i.test(plain) ? plain : `https://${plain}`);
  const mark = createHash("sha256").update(address).digest("hex").slice(0, 6);
  // What a URL takes for a host may have a quote, which would end the text that it stands in.
  const isPlain = shown.includes(HIDDEN) && !/["\\]/.test(shown);
  return `${scheme}${isPlain ? shown : `hooks${HIDDEN}`}${mark}`;
}
