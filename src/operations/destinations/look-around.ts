import type { Env } from "../../env.ts";
import { allRelays } from "../../relay/all-relays.ts";
import { DIRECTORY } from "../../relay/relay-name.ts";
import { surroundings, type Surroundings } from "./destination-health.ts";
import { destinationView, type DestinationView } from "./destination-view.ts";
import { readPublished, type Published, type Readings } from "../publishing/read-published.ts";

const readings: Readings<DestinationView> = new Map();

/** The published destinations, and what all Relays say of them. */
export async function lookAround(
  env: Env,
): Promise<{ destinations: Published<DestinationView>; around: Surroundings }> {
  const [destinations, relays] = await Promise.all([
    readPublished(env, ["destination/"], readings, destinationView),
    statesEverywhere(env),
  ]);
  const problems = new Map(
    destinations.items.map(({ reading: { name, problem } }) => [name, problem]),
  );
  return { destinations, around: surroundings(problems, relays) };
}

async function statesEverywhere(env: Env): Promise<Surroundings["relays"]> {
  const relays = await allRelays(env);
  // The directory keeps what people paused where no event has come yet.
  const all = [...relays, { name: DIRECTORY, relay: env.RELAY.getByName(DIRECTORY) }];
  return await Promise.all(
    all.map(async ({ name, relay }) => ({ relay: name, ...(await relay.destinationStates()) })),
  );
}
