import { destinationKey } from "../../mappings/destination-key.ts";
import type { Env } from "../../env.ts";
import { addressNamed } from "../../mappings/address.ts";
import { presentTexts } from "../../relay/present-texts.ts";
import { destinationView } from "../destinations/destination-view.ts";

/** The Slack channels (by id) that destinations lead to, as far as their documents or addresses say. */
export async function channelsOf(env: Env, destinations: string[]): Promise<Map<string, string>> {
  const channels = new Map<string, string>();
  const keys: string[] = [];
  for (const name of destinations) {
    const address = addressNamed(name);
    if (address === null) keys.push(destinationKey(name));
    else if ("channel" in address) channels.set(name, address.channel);
  }
  for (const [key, text] of (await presentTexts(env, keys)) ?? []) {
    const { name, shown } = destinationView(key, text);
    const channel = shown?.channel ?? null;
    if (channel !== null) channels.set(name, channel);
  }
  return channels;
}
