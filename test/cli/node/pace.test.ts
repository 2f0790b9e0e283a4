import { describe, expect, it } from "vitest";
import { waitFor } from "../../../src/cli/hooks/pace.ts";

describe("the pace of resends", () => {
  it("lets five start at once, and never more than five in a minute", () => {
    const starts: number[] = [];
    let now = 1_000;
    for (let count = 0; count < 23; count += 1) {
      now += waitFor(starts, now);
      starts.push(now);
      now += 700;
    }
    for (const start of starts) {
      expect(starts.filter((each) => each >= start && each < start + 60_000).length).toBeLessThan(
        6,
      );
    }
    // Five in each of the first four minutes, and three in the fifth.
    expect(starts.at(-1)).toBeLessThan(1_000 + 4 * 60_000 + 5 * 700);
    expect(starts.slice(0, 5)).toEqual([1_000, 1_700, 2_400, 3_100, 3_800]);
    expect(starts[5]).toBe(61_000);
  });
});
