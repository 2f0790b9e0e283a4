import { CHANNEL_ID } from "../../mappings/schema.ts";
import { EVERY_CHANNEL } from "./reaction-matrix.ts";

/**
 * The channel that somebody means by its id, by `*` or by one of these names (by id), with or without `#`;
 * null: none that is known.
 */
export function channelMeant(said: string, names: ReadonlyMap<string, string>): string | null {
  if (said === EVERY_CHANNEL || CHANNEL_ID.test(said)) return said;
  const wanted = said.replace(/^#/, "").toLowerCase();
  // Slack's names of channels are in lower case.
  const [id = null] = [...names].find(([, name]) => name.toLowerCase() === wanted) ?? [];
  return id;
}
