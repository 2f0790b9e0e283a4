import type { Env } from "../env.ts";
import { PUBLISHER } from "./relay-name.ts";

/**
 * Texts of documents by key, as they are now: also of what was published a moment ago, which KV may not
 * show yet. What is not there is left out; null: KV cannot be read.
 */
export async function presentTexts(env: Env, keys: string[]): Promise<Map<string, string> | null> {
  if (keys.length === 0) return new Map();
  const found = await env.RELAY.getByName(PUBLISHER).documentsNamed(keys);
  return found.ok ? new Map(found.items.map(({ key, text }) => [key, text])) : null;
}
