import type { Env } from "../../env.ts";
import { allRelays } from "../../relay/all-relays.ts";

/** How many messages wait for a destination, in all namespaces. */
export async function waitingFor(env: Env, destination: string): Promise<number> {
  const relays = await allRelays(env);
  const counts = await Promise.all(relays.map(({ relay }) => relay.waiting(destination)));
  return counts.reduce((sum, count) => sum + count, 0);
}
