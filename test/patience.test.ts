import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { afterPatience } from "../src/patience.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("is lost when the time is over, and not before", async () => {
  const lost = vi.fn<() => void>();
  afterPatience(5_000, lost);
  await vi.advanceTimersByTimeAsync(4_999);
  expect(lost).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(lost).toHaveBeenCalledOnce();
});

it.for([0, 4_499, 4_500, 4_999])("is not lost when it was answered after %i ms", async (ms) => {
  const lost = vi.fn<() => void>();
  const answered = afterPatience(5_000, lost);
  await vi.advanceTimersByTimeAsync(ms);
  answered();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(lost).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});

it("reads what has come while the isolate was busy for longer than that", async () => {
  const lost = vi.fn<() => void>();
  const answered = afterPatience(5_000, lost);
  // The isolate computes for eight seconds: the timer is due, and an answer waits to be read.
  vi.advanceTimersToNextTimer();
  await Promise.resolve().then(answered);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(lost).not.toHaveBeenCalled();
});
