import { describe, expect, test } from "vitest";
import { since } from "../../../src/cli/since.ts";
import { Refusal } from "../../../src/cli/terminal/refusal.ts";

describe("a time since when", () => {
  const now = Date.parse("2026-03-04T10:00:00Z");

  test.for([
    ["30m", "2026-03-04T09:30:00Z"],
    ["6h", "2026-03-04T04:00:00Z"],
    ["2d", "2026-03-02T10:00:00Z"],
    ["2026-03-01", "2026-03-01T00:00:00Z"],
    ["2026-03-01T08:15Z", "2026-03-01T08:15:00Z"],
  ] as const)("%s is %s", ([said, time]) => {
    expect(since(said, now)).toBe(Date.parse(time));
  });

  test.for(["", "soon", "7", "7w", "-2d", "2026-13-45", "2026-03-05"])("is not %j", (said) => {
    expect(() => since(said, now)).toThrow(Refusal);
  });
});
