import type { Json } from "../json.ts";
import { hideAddresses } from "./hidden-address.ts";
import { yamlText } from "./yaml-text.ts";

/** Nobody reads deeper, and what an edit by hand left may be deeper than a stack. */
const MAX_DEPTH = 64;

/** A document for people's eyes, without addresses; what is no JSON as the text that it is, null as null. */
export function shownJson(text: string | null): Json {
  if (text === null) return null;
  try {
    const seen = JSON.stringify(shallow(JSON.parse(text) as Json, 0));
    return JSON.parse(hideAddresses(seen)) as Json;
  } catch {
    return hideAddresses(text);
  }
}

/** The same as YAML; null is no text. */
export function shownText(text: string | null): string {
  if (text === null) return "";
  const json = shownJson(text);
  return typeof json === "string" ? `${json}\n` : yamlText(json);
}

function shallow(json: Json, depth: number): Json {
  if (typeof json !== "object" || json === null) return json;
  if (depth > MAX_DEPTH) return "…";
  if (Array.isArray(json)) return json.map((item) => shallow(item, depth + 1));
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => [key, shallow(value, depth + 1)]),
  );
}
