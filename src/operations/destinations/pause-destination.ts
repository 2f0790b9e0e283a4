import type { Env } from "../../env.ts";
import { allRelays } from "../../relay/all-relays.ts";
import type { Hold } from "../../relay/lane.ts";
import { DIRECTORY } from "../../relay/relay-name.ts";
import { isKnownDestination, type NotKnown } from "./is-known-destination.ts";

/** Sends nothing to a destination, in any namespace, until somebody resumes it; `relays` are the names of those that know. */
export async function pauseDestination(
  env: Env,
  name: string,
  hold: Hold,
): Promise<{ ok: true; relays: string[] } | NotKnown> {
  const why = await isKnownDestination(env, name);
  if (why !== "known") return { ok: false, why };
  // First the directory: a namespace that registers from now on is told by it.
  await env.RELAY.getByName(DIRECTORY).hold(name, hold);
  const relays = await allRelays(env);
  await Promise.all(relays.map(({ relay }) => relay.hold(name, hold)));
  return { ok: true, relays: relays.map((each) => each.name) };
}
