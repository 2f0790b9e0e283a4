import { startVitest, type Reporter, type TestCase } from "vitest/node";
import { readOptions, TARGETS } from "./options.ts";
import { ProcessMemory } from "./process-memory.ts";

// The long run: each target with many cases, in a process of its own, one after the other.

const options = readOptions(process.argv.slice(2));
const { cases, seed, path } = options;
let failed = false;

// So that the processes of the targets can tell what stays on their heaps.
process.env["NODE_OPTIONS"] = "--expose-gc";

/** One line for each property: what was tried, how fast, in how much memory. */
class Lines implements Reporter {
  readonly #target: string;
  readonly #single: TestCase[] = [];
  #memory = new ProcessMemory();

  constructor(target: string) {
    this.#target = target;
  }

  onTestCaseReady(): void {
    this.#memory.stop();
    this.#memory = new ProcessMemory();
  }

  onTestCaseResult(test: TestCase): void {
    const peak = this.#memory.stop();
    const [result, { fuzz }] = [test.result(), test.meta()];
    if (result.state !== "passed") failed = true;
    if (fuzz === undefined) this.#single.push(test);
    else {
      const { cases: tried, seconds, heapGrowthMiB } = fuzz;
      const grown = heapGrowthMiB === null ? "" : `heap ${heapGrowthMiB.toFixed(1)} MiB more`;
      const figures = [
        `${tried} cases`,
        `${seconds.toFixed(1)} s`,
        `${Math.round(tried / seconds)}/s`,
      ];
      figures.push(`peak ${Math.round(peak)} MiB`, grown);
      const shown = figures.map((each) => each.padStart(13)).join("  ");
      this.#say(result.state, `${shown}  seed ${seed}  ${test.name}`);
    }
    for (const { message } of result.errors ?? []) {
      console.log(`\n${message}\n`);
      const at = /path: "([\d:]+)"/.exec(message)?.[1];
      if (at === undefined) continue;
      const again = `--only ${this.#target} --cases ${cases} --seed ${seed} --path ${at}`;
      console.log(`Again: npm run fuzz -- ${again}\n`);
    }
  }

  /** Tests without cases of their own are one line together. */
  onTestModuleEnd(): void {
    if (this.#single.length === 0) return;
    const isFailed = this.#single.some((test) => !test.ok());
    this.#say(isFailed ? "failed" : "passed", `${this.#single.length} single tests`.padStart(13));
  }

  #say(state: string, rest: string): void {
    console.log(`${state === "passed" ? "ok    " : "FAILED"}  ${this.#target.padEnd(20)}  ${rest}`);
  }
}

for (const [name, file] of TARGETS) {
  if (options.only.length > 0 && !options.only.includes(name)) continue;
  const vitest = await startVitest([file], {
    watch: false,
    reporters: [new Lines(name)],
    provide: { fuzz: { cases, seed, path } },
  });
  if (vitest.state.getUnhandledErrors().length > 0 || vitest.state.getFiles().length === 0) {
    console.log(`FAILED  ${name} did not run:`, ...vitest.state.getUnhandledErrors());
    failed = true;
  }
  await vitest.close();
}
process.exit(failed ? 1 : 0);
