import type { Env } from "../env.ts";
import type { Relay } from "./relay.ts";
import { DIRECTORY } from "./relay-name.ts";

/** The Relay of a name, if it has had an event: whatever people ask about must not make new ones. */
export async function findRelay(env: Env, name: string): Promise<DurableObjectStub<Relay> | null> {
  const names = await env.RELAY.getByName(DIRECTORY).names();
  return names.includes(name) ? env.RELAY.getByName(name) : null;
}

/** Every Relay that has had an event, by name. */
export async function allRelays(
  env: Env,
): Promise<{ name: string; relay: DurableObjectStub<Relay> }[]> {
  const names = await env.RELAY.getByName(DIRECTORY).names();
  return names.map((name) => ({ name, relay: env.RELAY.getByName(name) }));
}
