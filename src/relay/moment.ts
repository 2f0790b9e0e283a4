/** Changes this close to the one before have come together with it. */
const TOGETHER_MS = 2;
const LOST_MS = 1_000;

/**
 * Runs changes that come in the same moment in one turn of the event loop, so that they reach the disk
 * with one write: committing costs several times what it commits. A change that comes alone runs at once.
 */
export class Moment {
  #waiting: (() => void)[] = [];
  #lastAt = 0;
  /** When the first of those began to wait. */
  #since = 0;

  /** Runs `change` now or in a moment; resolves to what it returns, and rejects with what it throws. */
  async run<T>(change: () => T): Promise<T> {
    const now = Date.now();
    const alone = this.#waiting.length === 0 && Math.abs(now - this.#lastAt) > TOGETHER_MS;
    this.#lastAt = now;
    if (alone) return change();
    // Nobody waits for a timer that does not come.
    if (this.#waiting.length > 0 && Math.abs(now - this.#since) > LOST_MS) {
      this.#runAll();
      return change();
    }
    return await new Promise<T>((resolve, reject) => {
      this.#waiting.push(() => {
        try {
          resolve(change());
        } catch (error) {
          reject(error);
        }
      });
      if (this.#waiting.length > 1) return;
      this.#since = now;
      setTimeout(() => this.#runAll(), 0);
    });
  }

  #runAll(): void {
    const all = this.#waiting;
    this.#waiting = [];
    for (const change of all) change();
  }
}
