import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { attemptAfter, backoffMs, mayWait } from "../../src/relay/backoff.ts";

const HOUR_MS = 3_600_000;
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe("the wait after a failure", () => {
  test.for([
    [1, 2_000],
    [2, 4_000],
    [3, 8_000],
    [11, 2_048_000],
    [12, HOUR_MS],
    [13, HOUR_MS],
    [1_000, HOUR_MS],
    [Number.MAX_SAFE_INTEGER, HOUR_MS],
  ] as const)("number %s is at most %s ms, and anything below", ([attempt, ceiling]) => {
    expect(backoffMs(attempt, 0)).toBe(0);
    expect(backoffMs(attempt, 0.5)).toBe(ceiling / 2);
    expect(backoffMs(attempt, 1 - Number.EPSILON)).toBe(ceiling);
  });

  it("is whole milliseconds from nothing to an hour", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), random, (attempt, dice) => {
        const wait = backoffMs(attempt, dice);
        expect(Number.isSafeInteger(wait)).toBe(true);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(HOUR_MS);
      }),
    );
  });

  it("never becomes shorter with more failures, for the same luck", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), random, (attempt, dice) => {
        expect(backoffMs(attempt + 1, dice)).toBeGreaterThanOrEqual(backoffMs(attempt, dice));
      }),
    );
  });
});

describe("the budget of waiting", () => {
  it("is a day in all", () => {
    expect(mayWait(0, HOUR_MS)).toBe(true);
    expect(mayWait(23 * HOUR_MS, HOUR_MS)).toBe(true);
    expect(mayWait(23 * HOUR_MS, HOUR_MS + 1)).toBe(false);
    expect(mayWait(24 * HOUR_MS, 1)).toBe(false);
  });

  it("ends the retries of a Slack that never comes back, and not too soon", () => {
    for (const luck of [0.999, 0.5, 0.05]) {
      let [waited, attempt] = [0, 0];
      for (;;) {
        attempt += 1;
        const next = backoffMs(attempt, luck);
        if (!mayWait(waited, next)) break;
        waited += next;
      }
      expect(waited).toBeGreaterThan(22 * HOUR_MS);
      expect(attempt).toBeLessThan(600);
    }
  });
});

describe("the attempt after a wait", () => {
  it("is the first without one, and later the longer the wait was", () => {
    expect(attemptAfter(0)).toBe(1);
    fc.assert(
      fc.property(fc.nat(24 * HOUR_MS), fc.nat(HOUR_MS), (waited, more) => {
        expect(attemptAfter(waited + more)).toBeGreaterThanOrEqual(attemptAfter(waited));
        expect(Number.isSafeInteger(attemptAfter(waited))).toBe(true);
      }),
    );
  });

  it("is the number of failures, where each wait was the longest possible", () => {
    let waited = 0;
    for (let attempt = 1; attempt <= 12; attempt += 1) {
      expect(attemptAfter(waited)).toBe(attempt);
      waited += backoffMs(attempt, 1 - Number.EPSILON);
    }
  });
});
