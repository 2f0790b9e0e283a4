import { etagOf } from "./etag.ts";
import type { Json } from "../json.ts";

/** The same for two texts that say the same JSON, whatever their spaces and the order of their keys. */
export function fingerprint(text: string): string {
  try {
    return etagOf(JSON.stringify(sorted(JSON.parse(text) as Json)));
  } catch {
    return etagOf(text);
  }
}

function sorted(json: Json): Json {
  if (Array.isArray(json)) return json.map(sorted);
  if (typeof json !== "object" || json === null) return json;
  const entries = Object.entries(json).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, value]) => [key, sorted(value)]));
}
