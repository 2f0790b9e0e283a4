import type { Env } from "../../env.ts";
import { allRelays } from "../../relay/all-relays.ts";
import { discardedBy } from "../../relay/discarded.ts";
import { isKnownDestination, type NotKnown } from "./is-known-destination.ts";

/** Deliveries that one call to a Relay ends: a Relay has other things to do besides. */
const PAGE = 500;

/** Gives up what waits for a destination, in all namespaces, a page of each; `more`: say it again. */
export async function discardWaiting(
  env: Env,
  name: string,
  { by, why }: { by: string; why: string },
): Promise<{ ok: true; discarded: number; more: boolean } | NotKnown> {
  const known = await isKnownDestination(env, name);
  if (known !== "known") return { ok: false, why: known };
  const done = await Promise.all(
    (await allRelays(env)).map(({ relay }) => relay.discard(name, discardedBy(by, why), PAGE)),
  );
  return {
    ok: true,
    discarded: done.reduce((sum, { discarded }) => sum + discarded, 0),
    more: done.some(({ more }) => more),
  };
}
