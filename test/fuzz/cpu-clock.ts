/** CPU time of this thread in milliseconds; null in workerd, which has no such clock. */
function cpuMs(): number | null {
  if (navigator.userAgent === "Cloudflare-Workers") return null;
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** Limits work by the CPU time that it takes, which other programs on the machine do not lengthen. */
export class CpuClock {
  readonly #limitMs: number;

  constructor(limitMs: number) {
    this.#limitMs = limitMs;
  }

  /** Does the work; throws when it takes longer than the limit three times in a row. */
  async limit(work: () => void | Promise<void>): Promise<void> {
    let least = Infinity;
    // The first time the garbage collector or the compiler may have come in between.
    for (let tries = 0; tries < 3; tries += 1) {
      const started = cpuMs();
      await work();
      if (started === null) return;
      least = Math.min(least, (cpuMs() ?? 0) - started);
      if (least <= this.#limitMs) return;
    }
    throw new Error(`it took ${Math.round(least)} ms of CPU, and may take ${this.#limitMs} ms`);
  }
}
