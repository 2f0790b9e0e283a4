import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { oneLargeBody } from "../../routes/one-large-body.ts";

const LARGE = new Headers({ "content-length": String(25 * 1024 * 1024) });
const SMALL = new Headers({ "content-length": "7000" });

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

/** A body that is being taken in until it is told to end. */
function body(headers: Headers) {
  const { promise, resolve } = Promise.withResolvers<string>();
  const begun = vi.fn<() => Promise<string>>(() => promise);
  return { begun, end: resolve, done: oneLargeBody(headers, begun) };
}

it("large bodies are taken in one after the other, and small ones meanwhile", async () => {
  const [first, second, small] = [body(LARGE), body(LARGE), body(SMALL)];
  await vi.advanceTimersByTimeAsync(1_000);
  expect([first, second, small].map(({ begun }) => begun.mock.calls.length)).toEqual([1, 0, 1]);
  first.end("first");
  await vi.advanceTimersByTimeAsync(100);
  expect(second.begun).toHaveBeenCalledOnce();
  second.end("second");
  expect(await Promise.all([first.done, second.done])).toEqual(["first", "second"]);
  small.end("small");
  expect(await small.done).toBe("small");
});

it("one that never ends holds up the others for seven seconds at most", async () => {
  body(LARGE);
  const second = body(LARGE);
  await vi.advanceTimersByTimeAsync(6_900);
  expect(second.begun).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(200);
  expect(second.begun).toHaveBeenCalledOnce();
  second.end("second");
  expect(await second.done).toBe("second");
});
