const MIB = 1024 * 1024;
/** What a target may keep from a fifth of its cases to the last: caches are small, leaks are not. */
const MAX_GROWTH_MIB = 24;
/** So few cases say nothing about memory. */
const MIN_CASES = 10_000;

/** Watches what stays on the heap over a long run of cases; where the runtime does not tell, nothing. */
export class HeapWatch {
  readonly #cases: number;
  #counted = 0;
  #early: number | null = null;

  constructor(cases: number) {
    this.#cases = cases;
  }

  /** Called before each case. */
  count(): void {
    this.#counted += 1;
    if (this.#counted === Math.floor(this.#cases / 5)) this.#early = kept();
  }

  /** How much more is kept now than after a fifth of the cases; null: not known. */
  get growthMiB(): number | null {
    if (this.#cases < MIN_CASES || this.#early === null) return null;
    const now = kept();
    return now === null ? null : (now - this.#early) / MIB;
  }

  /** Throws when the heap grew beyond the bound. */
  verify(): void {
    const grown = this.growthMiB;
    if (grown !== null && grown > MAX_GROWTH_MIB) {
      throw new Error(
        `the heap grew by ${grown.toFixed(1)} MiB over the run, and may grow by ${MAX_GROWTH_MIB} MiB`,
      );
    }
  }
}

/** Bytes on the heap that are in use; null without `--expose-gc`. */
function kept(): number | null {
  if (globalThis.gc === undefined) return null;
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
