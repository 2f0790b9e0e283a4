import { describe, expect, it, test } from "vitest";
import { looksWithoutNews, STOPS_AFTER_MS, waitOf } from "../../src/console/browser/page/pace.ts";

const MINUTE_MS = 60_000;

describe("a page that looks by itself", () => {
  test.for([
    [0, 3_000],
    [MINUTE_MS - 1, 3_000],
    [MINUTE_MS, 10_000],
    [10 * MINUTE_MS - 1, 10_000],
    [10 * MINUTE_MS, 30_000],
    [30 * MINUTE_MS - 1, 30_000],
    [30 * MINUTE_MS, null],
    [300 * MINUTE_MS, null],
  ])("waits, %i ms after the last news, %s ms", ([silentMs, waitMs]) => {
    expect(waitOf(3_000, silentMs ?? 0)).toBe(waitMs);
  });

  it("never looks more often than it is asked to", () => {
    expect(waitOf(20_000, MINUTE_MS)).toBe(20_000);
    expect(waitOf(20_000, 10 * MINUTE_MS)).toBe(30_000);
  });

  it("looks some hundred times where nothing comes, and not ten thousand", () => {
    expect(looksWithoutNews(3_000)).toBe(20 + 54 + 39);
    let looks = 0;
    for (let at = 0; at < STOPS_AFTER_MS; at += waitOf(2_000, at) ?? STOPS_AFTER_MS) looks += 1;
    expect(looksWithoutNews(2_000)).toBe(looks - 1);
  });
});
