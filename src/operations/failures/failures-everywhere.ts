import type { Env } from "../../env.ts";
import { allRelays } from "../../relay/all-relays.ts";
import { mergeFailures, type Failure } from "../../relay/failures.ts";
import type { Relay } from "../../relay/relay.ts";

/** Pages of failed deliveries that are looked at in one namespace: a Worker asks only so often. */
const MAX_PAGES = 10;

type Place = Parameters<Relay["failures"]>[0];

/** What is stuck anywhere, grouped by destination and cause, the most first; not `complete`: there are more than were looked at. */
export async function failuresEverywhere(
  env: Env,
): Promise<{ groups: Failure[]; complete: boolean }> {
  const all = await Promise.all((await allRelays(env)).map(({ name }) => failuresOf(env, name)));
  return {
    groups: mergeFailures(all.flatMap(({ found }) => found)),
    complete: all.every(({ complete }) => complete),
  };
}

async function failuresOf(
  env: Env,
  name: string,
): Promise<{ found: Failure[]; complete: boolean }> {
  const relay = env.RELAY.getByName(name);
  let found: Failure[] = [];
  let after: Place = null;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { groups, next }: { groups: Failure[]; next: Place } = await relay.failures(after);
    found = mergeFailures([...found, ...groups]);
    if (next === null) return { found, complete: true };
    after = next;
  }
  return { found, complete: false };
}
