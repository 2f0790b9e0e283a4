import type { Builds } from "./build.ts";
import type { Result } from "./result.ts";
import type { Scenario, Size } from "./scenario.ts";
import { verdictOn } from "./check/verdict.ts";
import { startWorld } from "./world/world.ts";
import { noSmallDisk } from "./world/small-disk.ts";

const PATIENCE_SECONDS = 100;

/** Runs one scenario from an empty disk to its verdict. */
export async function runScenario(
  scenario: Scenario,
  how: { size: Size; seed: number; builds: Builds; logs: boolean },
): Promise<Result> {
  const { name } = scenario;
  const { seed } = how;
  const why = scenario.diskMiB === undefined ? null : noSmallDisk();
  if (why !== null) return { name, seed, outcome: "skipped", why };
  try {
    return await judge(scenario, how);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return { name, seed, outcome: "broke off", why: said };
  }
}

async function judge(scenario: Scenario, how: Parameters<typeof runScenario>[1]): Promise<Result> {
  const { name } = scenario;
  const { seed } = how;
  const startedAt = Date.now();
  const running = await startWorld(scenario, how);
  try {
    await scenario.story(running.world);
    const evidence = await running.evidence(scenario.patienceSeconds ?? PATIENCE_SECONDS);
    const verdict = verdictOn(evidence, scenario);
    const findings = [...running.broken, ...verdict.findings];
    if (findings.length > 0) findings.push(...running.errors().map((said) => `workerd: ${said}`));
    const seconds = (Date.now() - startedAt) / 1_000;
    const { figures } = verdict;
    return { name, seed, outcome: "ran", figures, peakMiB: running.peakMiB(), seconds, findings };
  } finally {
    await running.stop();
  }
}
