import type { Env } from "../../env.ts";
import { allRelays } from "../../relay/all-relays.ts";
import { DIRECTORY } from "../../relay/relay-name.ts";
import type { Relay } from "../../relay/relay.ts";
import { isKnownDestination, type NotKnown } from "./is-known-destination.ts";

/** What resuming did in one Relay, see {@link Relay.release}. */
export type Released = { relay: string; result: Awaited<ReturnType<Relay["release"]>> };

/** Ends a person's pause in all namespaces; what Slack stopped is tried at once. */
export async function resumeDestination(
  env: Env,
  name: string,
): Promise<{ ok: true; wasPaused: boolean; relays: Released[] } | NotKnown> {
  const wasHeld = await env.RELAY.getByName(DIRECTORY).hold(name, null);
  const relays = await Promise.all(
    (await allRelays(env)).map(async ({ name: relay, relay: stub }) => ({
      relay,
      result: await stub.release(name),
    })),
  );
  const wasPaused = wasHeld || relays.some(({ result }) => result !== "not_paused");
  // What was paused can be resumed, whatever became of its document.
  const why = wasPaused ? "known" : await isKnownDestination(env, name);
  return why === "known" ? { ok: true, wasPaused, relays } : { ok: false, why };
}
