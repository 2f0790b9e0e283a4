import type { Env } from "../../src/env.ts";
import { allRelays } from "../../src/relay/all-relays.ts";
import { mergeFailures, type Failure } from "../../src/relay/failures.ts";
import type { Relay } from "../../src/relay/relay.ts";
import { http } from "../http.ts";

/** Pages of failed deliveries that are looked at in one namespace: a Worker asks only so often. */
const MAX_PAGES = 10;

type Place = Parameters<Relay["failures"]>[0];

/** What is stuck, grouped by destination and cause, the most first. */
export const failures = http.createApp().get("/", async (c) => {
  const all = await Promise.all(
    (await allRelays(c.env)).map(({ name }) => failuresOf(c.env, name)),
  );
  const groups = mergeFailures(all.flatMap(({ found }) => found));
  return c.json({
    items: groups.map(({ oldest, newest, ...group }) => ({
      ...group,
      oldest: new Date(oldest).toISOString(),
      newest: new Date(newest).toISOString(),
    })),
    next: null,
    complete: all.every(({ complete }) => complete),
  });
});

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
