import type { Builds } from "./build.ts";
import type { Options } from "./options.ts";
import type { Result } from "./result.ts";
import type { Scenario } from "./scenario.ts";
import { runScenario } from "./run-scenario.ts";

/** So many scenarios that mostly wait run side by side; those that work run alone. */
const SIDE_BY_SIDE = 6;

/** Runs the chosen scenarios, and tells each result as it is there. They come back in their order. */
export async function runAll(
  { chosen, size, seed, logs }: Options,
  builds: Builds,
  tell: (result: Result) => void,
): Promise<Result[]> {
  const results = new Map<Scenario, Result>();

  async function run(scenario: Scenario): Promise<void> {
    const result = await runScenario(scenario, { size, seed, builds, logs });
    results.set(scenario, result);
    tell(result);
  }

  for (const scenario of chosen) if (!scenario.waits) await run(scenario);
  // The later ones of the list wait longest: they begin, so that none is left over alone.
  const waiting = chosen
    .filter(({ waits }) => waits)
    .toReversed()
    .values();
  const lines = Array.from({ length: SIDE_BY_SIDE }, async () => {
    for (const scenario of waiting) await run(scenario);
  });
  await Promise.all(lines);
  return chosen.flatMap((scenario) => results.get(scenario) ?? []);
}
