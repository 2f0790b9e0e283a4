import type { Env } from "../../env.ts";
import { allRelays } from "../../relay/all-relays.ts";
import { DIRECTORY } from "../../relay/relay-name.ts";
import { sevenDays, type SevenDays } from "../rules/seven-days.ts";
import { surroundings, type Surroundings } from "./destination-health.ts";
import type { DestinationView } from "./destination-view.ts";
import { publishedDestinations } from "./destination-views.ts";
import type { Published } from "../publishing/read-published.ts";

/** The published destinations, and what all Relays say of them and have delivered there. */
export async function lookAround(env: Env): Promise<{
  destinations: Published<DestinationView>;
  around: Surroundings;
  week: SevenDays;
  /** How many deliveries wait, by destination. */
  waiting: Map<string, number>;
}> {
  const [destinations, places, held] = await Promise.all([
    publishedDestinations(env),
    placesEverywhere(env),
    // The directory keeps what people paused where no event has come yet.
    env.RELAY.getByName(DIRECTORY).destinationStates(),
  ]);
  const relays = [
    ...places.map(({ relay, states }) => ({ relay, ...states })),
    { relay: DIRECTORY, ...held },
  ];
  const problems = new Map(
    destinations.items.map(({ reading: { name, problem } }) => [name, problem]),
  );
  return {
    destinations,
    around: surroundings(problems, relays),
    week: sevenDays(places.map(({ week }) => week)),
    waiting: sumsOf(places.map(({ waiting }) => waiting)),
  };
}

async function placesEverywhere(env: Env) {
  return await Promise.all(
    (await allRelays(env)).map(async ({ name, relay }) => ({
      relay: name,
      ...(await relay.places()),
    })),
  );
}

function sumsOf(counts: Map<string, number>[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [name, count] of counts.flatMap((each) => [...each])) {
    sums.set(name, (sums.get(name) ?? 0) + count);
  }
  return sums;
}
