import type { Env } from "../env.ts";
import { DIRECTORY, type Relay } from "./relay.ts";

/** Every Relay that has had an event, by name. */
export async function allRelays(
  env: Env,
): Promise<{ name: string; relay: DurableObjectStub<Relay> }[]> {
  const names = await env.RELAY.getByName(DIRECTORY).names();
  return names.map((name) => ({ name, relay: env.RELAY.getByName(name) }));
}
