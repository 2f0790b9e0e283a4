import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  interval,
  limitOf,
  nextStart,
  withStart,
  type Limit,
  type Start,
} from "../../src/relay/pace.ts";

/** How much later than noted a request may leave, and how much more than its window it may wait. */
const [LATE_MS, MARGIN_MS] = [25, 100];

const limits = fc.record({
  count: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 60, max: 400 })),
  windowMs: fc.constantFrom(1_000, 60_000, 3_600_000),
});

type Paced = NonNullable<Limit>;

/** Starts as soon as it may, again and again, after each pause; returns when each start was noted. */
function run({ count, windowMs }: Paced, pauses: number[]): number[] {
  let starts: Start[] = [];
  let now = Date.parse("2026-11-20T10:00:00Z");
  return pauses.map((pause) => {
    now = nextStart(starts, { count, windowMs }, now + pause);
    starts = withStart(starts, { count, windowMs }, now);
    return now;
  });
}

/** The most starts that any window of this length holds. */
function mostIn(windowMs: number, starts: number[]): number {
  let [from, most] = [0, 0];
  starts.forEach((start, to) => {
    while (start - (starts[from] ?? start) >= windowMs) from += 1;
    most = Math.max(most, to - from + 1);
  });
  return most;
}

/** Pauses between attempts: bursts with trickles and long silences, or somewhat more than may start. */
function pauses({ count, windowMs }: Paced, length: number): fc.Arbitrary<number[]> {
  const mixed = fc.oneof(
    { weight: 6, arbitrary: fc.constant(0) },
    { weight: 3, arbitrary: fc.nat(Math.ceil(windowMs / 50)) },
    { weight: 1, arbitrary: fc.nat(windowMs * 2) },
  );
  const steady = fc.nat(Math.ceil((windowMs / count) * 1.6));
  const list = { minLength: length, maxLength: length };
  return fc.oneof(fc.array(mixed, list), fc.array(steady, list));
}

describe("the pace", () => {
  it("never lets more than the limit start in any window, also when starts are late", () => {
    const scenario = limits.chain((limit) =>
      fc.record({
        limit: fc.constant(limit),
        pauses: pauses(limit, limit.count * 3 + 5),
        late: fc.infiniteStream(fc.nat(LATE_MS - 1)),
      }),
    );
    fc.assert(
      fc.property(scenario, ({ limit, pauses: each, late }) => {
        const noted = run(limit, each);
        expect(mostIn(limit.windowMs, noted)).toBeLessThanOrEqual(limit.count);
        // The clock stands still while a Worker computes: the request leaves a little later.
        const left = noted.map((at) => at + (late.next().value ?? 0)).toSorted((a, b) => a - b);
        expect(mostIn(limit.windowMs, left)).toBeLessThanOrEqual(limit.count);
      }),
      { numRuns: 60 },
    );
  });

  it("never makes anyone wait longer than two windows, also when the clock is set back", () => {
    const scenario = limits.chain((limit) =>
      fc.record({
        limit: fc.constant(limit),
        steps: fc.array(fc.integer({ min: -3 * limit.windowMs, max: limit.windowMs }), {
          maxLength: 300,
        }),
      }),
    );
    fc.assert(
      fc.property(scenario, ({ limit, steps }) => {
        let starts: Start[] = [];
        let now = Date.parse("2026-11-20T10:00:00Z");
        for (const step of steps) {
          now += step;
          const next = nextStart(starts, limit, now);
          expect(next).toBeGreaterThanOrEqual(now);
          expect(next - now).toBeLessThanOrEqual(2 * (limit.windowMs + MARGIN_MS));
          if (next === now) starts = withStart(starts, limit, now);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("does not wait for an old clock to be reached again, however far the clock is set back", () => {
    const limit = { count: 1, windowMs: 60_000 };
    const [noon, eleven] = [Date.parse("2026-11-20T12:00:00Z"), Date.parse("2026-11-20T11:00:00Z")];
    const starts = withStart([], limit, noon);
    let now = eleven;
    for (
      let next = nextStart(starts, limit, now);
      next > now;
      next = nextStart(starts, limit, now)
    ) {
      now = next;
    }
    expect(now - eleven).toBeLessThanOrEqual(2 * limit.windowMs + MARGIN_MS);
  });

  it("starts at once what fits in the window", () => {
    fc.assert(
      fc.property(limits, ({ count, windowMs }) => {
        const noted = run(
          { count, windowMs },
          Array.from({ length: count }, () => 0),
        );
        expect(new Set(noted).size).toBe(1);
      }),
      { numRuns: 40 },
    );
  });

  it("wastes little of what is allowed, however the starts are grouped", () => {
    for (const count of [1, 10, 63, 64, 65, 100, 1_000, 9_999]) {
      const limit = { count, windowMs: 60_000 };
      // Three windows of more attempts than fit.
      const noted = run(
        limit,
        Array.from({ length: count * 3 }, () => 60_000 / count / 2),
      );
      const took = (noted.at(-1) ?? 0) - (noted[0] ?? 0);
      expect(took, `${count}/minute`).toBeLessThanOrEqual(3 * 60_000 * 1.1);
    }
  });

  it("remembers few starts, however high the limit", () => {
    let starts: Start[] = [];
    const limit = { count: 9_999, windowMs: 3_600_000 };
    for (let n = 0; n < 30_000; n += 1) starts = withStart(starts, limit, n * 361);
    expect(starts.length).toBeLessThanOrEqual(140);
    expect(JSON.stringify(starts).length).toBeLessThan(3_000);
  });

  it("forgets the starts that no window holds any more", () => {
    const limit = { count: 3, windowMs: 1_000 };
    const starts = withStart(
      [
        [0, 1],
        [10, 1],
      ],
      limit,
      5_000,
    );
    expect(starts).toEqual([[5_000, 1]]);
  });

  it("without a limit is at once, and remembers nothing", () => {
    expect(nextStart([[5, 1_000]], null, 5)).toBe(5);
    expect(withStart([[5, 1]], null, 5)).toEqual([]);
    expect(interval(null)).toBe(0);
  });
});

describe("the limit of a destination", () => {
  test.for<[type: "workflow" | "channel" | "webhook", written: string | undefined, limit: Limit]>([
    ["workflow", undefined, { count: 10, windowMs: 60_000 }],
    ["channel", undefined, { count: 1, windowMs: 1_000 }],
    ["webhook", undefined, { count: 1, windowMs: 1_000 }],
    ["workflow", "30/hour", { count: 30, windowMs: 3_600_000 }],
    ["channel", "9999/second", { count: 9_999, windowMs: 1_000 }],
    ["channel", "20/minute", { count: 20, windowMs: 60_000 }],
    ["workflow", "none", null],
  ])("%s with %s is %j", ([type, written, limit]) => {
    expect(limitOf(written === undefined ? { type } : { type, limit: written })).toEqual(limit);
  });

  it("says how long a message takes", () => {
    expect(interval({ count: 10, windowMs: 60_000 })).toBe(6_000);
  });
});
