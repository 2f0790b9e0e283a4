import { isStillAhead } from "../still-ahead.ts";

/** Rows that are read are paid for: so many a minute for a figure that pages ask for again and again. */
const ROWS_A_MINUTE = 1_000;
const LONGEST_MS = 3_600_000;

/**
 * A figure that is worked out from many rows, and held the longer the more there were: few are read at each
 * look, and after an outage, when there are thousands, a page that is left open does not use up a day's rows.
 */
export class Remembered<T> {
  readonly #workOut: () => { value: T; rows: number };
  #held: { value: T; until: number } | null = null;

  constructor(workOut: () => { value: T; rows: number }) {
    this.#workOut = workOut;
  }

  /** The figure; `now` in milliseconds. */
  at(now: number): T {
    if (this.#held !== null && isStillAhead(this.#held.until, now, LONGEST_MS)) {
      return this.#held.value;
    }
    const { value, rows } = this.#workOut();
    const heldMs = Math.min(LONGEST_MS, (rows / ROWS_A_MINUTE) * 60_000);
    this.#held = { value, until: now + heldMs };
    return value;
  }

  /** Has it worked out anew when it is asked for next: somebody did something about it. */
  forget(): void {
    this.#held = null;
  }
}
