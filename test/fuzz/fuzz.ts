import * as fc from "fast-check";
import { expect, inject, it, vi } from "vitest";
import { CpuClock } from "./cpu-clock.ts";
import { HeapWatch } from "./heap-watch.ts";
import { builtInPrototypes } from "./prototypes.ts";

/** How a run differs from the short one of `npm test`; `run.ts` provides it. */
type FuzzRun = { cases: number; seed: number; path: string | null };

/** What a target's test hands to `run.ts`. `heapGrowthMiB` is null where the runtime does not tell. */
type Figures = { cases: number; seconds: number; heapGrowthMiB: number | null };

declare module "vitest" {
  interface ProvidedContext {
    fuzz?: FuzzRun;
  }
  interface TaskMeta {
    fuzz?: Figures;
  }
}

/** How a target differs from the others. */
export type FuzzOptions = {
  /** Cases in `npm test`. */
  cases?: number;
  /** Milliseconds of CPU that a case may take. */
  cpuMs?: number;
};

/** In `npm test` the same cases every time: a failure is of the change that it came with. */
const SEED = 20_261_120;
/** Far more than any case needs, and far less than one whose work grows with the square. */
const CPU_MS = 400;
/** Characters of a report that are printed. */
const MAX_REPORT = 5_000;

// The long run's time is up to whoever asks for so many cases.
vi.setConfig({ testTimeout: inject("fuzz") === undefined ? 60_000 : 24 * 3_600_000 });

/**
 * A test that `check` throws for no value of `arbitrary`, in bounded time and memory, and that the
 * prototypes of JavaScript's own objects are the same after it. The counterexample comes shrunk, with
 * the seed and path to repeat it.
 */
export function fuzz<T>(
  promise: string,
  arbitrary: fc.Arbitrary<T>,
  check: (value: T) => void | Promise<void>,
  { cases = 250, cpuMs = CPU_MS }: FuzzOptions = {},
): void {
  // oxlint-disable-next-line vitest/valid-title -- the target has the words
  it(promise, async ({ task }) => {
    const run = inject("fuzz") ?? { cases, seed: SEED, path: null };
    const prototypes = builtInPrototypes();
    const heap = new HeapWatch(run.cases);
    const clock = new CpuClock(cpuMs);
    const property = fc.asyncProperty(arbitrary, async (value) => {
      heap.count();
      await clock.limit(() => check(value));
    });
    const started = performance.now();
    const details = await fc.check(property, {
      numRuns: run.cases,
      seed: run.seed,
      ...(run.path === null ? {} : { path: run.path }),
    });
    const seconds = (performance.now() - started) / 1_000;
    task.meta.fuzz = { cases: details.numRuns, seconds, heapGrowthMiB: heap.growthMiB };
    expect(builtInPrototypes()).toEqual(prototypes);
    if (details.failed) {
      const { errorInstance: cause } = details;
      const report = fc.defaultReportMessage(details) ?? "it failed";
      throw new Error(`${cut(report)}\n${String(cause)}`, { cause });
    }
    heap.verify();
  });
}

/** A long counterexample in its beginning and its end, where fast-check says how to repeat it. */
function cut(report: string): string {
  return report.length <= MAX_REPORT
    ? report
    : `${report.slice(0, MAX_REPORT - 500)} […] ${report.slice(-500)}`;
}
