import { count } from "./counts.ts";

/**
 * Counts how long one object has something under way: a call, an alarm, or what `waitUntil` was given.
 * That is the time in which it cannot hibernate (a compatibility date of 2026-10-01 includes `waitUntil`).
 */
export class Activity {
  #underWay = 0;
  #since = 0;

  /** The object is active until the promise has settled. */
  async during<T>(work: Promise<T>): Promise<T> {
    if (this.#underWay === 0) this.#since = Date.now();
    this.#underWay += 1;
    try {
      return await work;
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0) count("activeMs", Date.now() - this.#since);
    }
  }
}
