import { destinationKey } from "../../mappings/destination-key.ts";
import type { Env } from "../../env.ts";
import { addressNamed } from "../../mappings/address.ts";
import { allRelays } from "../../relay/all-relays.ts";
import { presentTexts } from "../../relay/present-texts.ts";

/**
 * Whether anything can go to a destination of this name: it is published, it stands for the bot, or
 * something waits for it. A slip of the pen must not seem to have stopped anything. `unreadable`: KV does
 * not say.
 */
export async function isKnownDestination(
  env: Env,
  name: string,
): Promise<"known" | "unknown" | "unreadable"> {
  if (addressNamed(name) !== null) return "known";
  const key = destinationKey(name);
  const texts = await presentTexts(env, [key]);
  if (texts?.has(key) === true) return "known";
  const relays = await allRelays(env);
  const waiting = await Promise.all(relays.map(({ relay }) => relay.waiting(name)));
  if (waiting.some((count) => count > 0)) return "known";
  return texts === null ? "unreadable" : "unknown";
}

/** Why nothing was done: there is no such destination, or it is not known whether there is. */
export type NotKnown = { ok: false; why: "unknown" | "unreadable" };
