import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Activity } from "../../../bench/causeway/count-activity.ts";
import { countsSoFar } from "../../../bench/causeway/counts.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it("counts time in which something is under way once, however much there is", async () => {
  const before = countsSoFar().activeMs;
  const activity = new Activity();
  const first = activity.during(pause(100));
  await vi.advanceTimersByTimeAsync(50);
  const second = activity.during(pause(100).then(() => Promise.reject(new Error("no"))));
  const ended = Promise.allSettled([first, second]);
  await vi.advanceTimersByTimeAsync(500);
  expect((await ended).map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
  expect(countsSoFar().activeMs - before).toBe(150);

  const third = activity.during(pause(30));
  await vi.advanceTimersByTimeAsync(30);
  await third;
  expect(countsSoFar().activeMs - before).toBe(180);
});
