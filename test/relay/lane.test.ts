import { describe, expect, it, test } from "vitest";
import {
  failedLastHour,
  NEW_LANE,
  paused,
  PROBE_MS,
  readyAt,
  resumed,
  withAnswer,
  withFailure,
  withSending,
  type Lane,
  type Pause,
} from "../../src/relay/lane.ts";
import type { Answer } from "../../src/slack/answer.ts";

const NOW = 1_000_000_000;
const HOUR_MS = 3_600_000;
const PAUSE: Pause = {
  code: "is_archived",
  cause: "target",
  said: "is_archived",
  fix: "F",
  since: 5,
};

function answer(changes: { outcome: Answer["outcome"] } & Record<string, unknown>): Answer {
  return { status: 200, said: "said", ...changes } as Answer;
}

const DELIVERED = answer({ outcome: "delivered", ts: null });
const REFUSED = answer({ outcome: "refused" });
const RETRY = answer({ outcome: "retry", maybePosted: false });
const BLOCKED = answer({
  outcome: "blocked",
  code: "not_in_channel",
  cause: "target",
  fix: "Mend it.",
  said: "not_in_channel; x",
});

function wait(afterMs: number | null): Answer {
  return answer({ outcome: "wait", afterMs });
}

function lane(changes: Partial<Lane>): Lane {
  return { ...NEW_LANE, sending: "key.0", starts: [[NOW - 10, 1]], ...changes };
}

describe("a lane after an answer", () => {
  const held = { heldUntil: NOW + 9_000, failures: 7, pause: PAUSE };
  test.for<[name: string, before: Partial<Lane>, answer: Answer, after: Partial<Lane>]>([
    [
      "a success frees it of everything",
      held,
      DELIVERED,
      { heldUntil: 0, failures: 0, pause: null },
    ],
    [
      "a refused message too: the destination works",
      held,
      REFUSED,
      { heldUntil: 0, failures: 0, pause: null },
    ],
    [
      "a rate limit holds it as long as Slack says",
      {},
      wait(7_000),
      { heldUntil: NOW + 7_000, heldSince: NOW },
    ],
    [
      "nor for how many hours it is",
      {},
      wait(7_200_000),
      { heldUntil: NOW + 7_200_000, heldSince: NOW },
    ],
    [
      "a rate limit without a time holds it a minute",
      {},
      wait(null),
      { heldUntil: NOW + 60_000, heldSince: NOW },
    ],
    [
      "a rate limit is no failure",
      { failures: 2 },
      wait(1),
      { heldUntil: NOW + 1, heldSince: NOW, failures: 2 },
    ],
    ["a first failure holds nothing", {}, RETRY, { failures: 1, heldUntil: 0 }],
    ["nor does a second", { failures: 1 }, RETRY, { failures: 2, heldUntil: 0 }],
    [
      "an address that is blocked pauses it",
      {},
      BLOCKED,
      {
        heldUntil: NOW + PROBE_MS,
        heldSince: NOW,
        pause: {
          code: "not_in_channel",
          cause: "target",
          said: "not_in_channel; x",
          fix: "Mend it.",
          since: NOW,
        },
      },
    ],
    [
      "a pause that goes on keeps the time since when, and says what is wrong now",
      { pause: PAUSE },
      BLOCKED,
      {
        heldUntil: NOW + PROBE_MS,
        heldSince: NOW,
        pause: {
          code: "not_in_channel",
          cause: "target",
          said: "not_in_channel; x",
          fix: "Mend it.",
          since: 5,
        },
      },
    ],
    [
      "a pause survives a failure of another kind",
      { pause: PAUSE },
      RETRY,
      { failures: 1, pause: PAUSE },
    ],
  ])("%s", ([, before, given, after]) => {
    const full = lane(before);
    expect(withAnswer(full, given, NOW, 0.5)).toEqual({ ...full, sending: null, ...after });
  });

  test.for([DELIVERED, REFUSED, RETRY, BLOCKED, wait(1)])("has nothing in flight: %j", (given) => {
    const before = lane({ failedAt: [NOW - 1] });
    const after = withAnswer(before, given, NOW, 0.5);
    expect(after.sending).toBeNull();
    expect([after.starts, after.failedAt]).toEqual([before.starts, before.failedAt]);
  });

  it("is held longer with each failure from the third on, five minutes at most", () => {
    for (const random of [0, 0.5, 0.999]) {
      let current = lane({ failures: 2 });
      let before = 0;
      for (let failure = 3; failure < 40; failure += 1) {
        current = withAnswer(current, RETRY, NOW, random);
        const held = current.heldUntil - NOW;
        expect(held).toBeGreaterThanOrEqual(Math.max(1_000, before));
        expect(held).toBeLessThanOrEqual(PROBE_MS);
        before = held;
      }
      expect(before).toBe(PROBE_MS);
    }
  });

  it("does not change the lane it was given", () => {
    const before = Object.freeze(lane({ pause: PAUSE }));
    for (const given of [DELIVERED, REFUSED, RETRY, BLOCKED, wait(1)])
      withAnswer(before, given, NOW, 0);
    expect(before).toEqual(lane({ pause: PAUSE }));
  });
});

describe("a lane that starts a send", () => {
  it("remembers what is in flight and when it started", () => {
    const limit = { count: 10, windowMs: 60_000 };
    const started = withSending(NEW_LANE, "key.3", limit, NOW);
    expect(started).toEqual({ ...NEW_LANE, sending: "key.3", starts: [[NOW, 1]] });
    expect(NEW_LANE.starts).toEqual([]);
  });
});

describe("a lane is ready", () => {
  const limit = { count: 1, windowMs: 1_000 };
  test.for<[name: string, lane: Partial<Lane>, readyAt: number]>([
    ["at once when it is new", { starts: [] }, NOW],
    ["after its pace", { starts: [[NOW - 400, 1]] }, NOW + 600],
    ["after its hold", { starts: [], heldUntil: NOW + 5_000 }, NOW + 5_000],
    ["after the longer of the two", { starts: [[NOW, 1]], heldUntil: NOW + 10 }, NOW + 1_000],
    ["at once when its hold is over", { starts: [], heldUntil: NOW - 1 }, NOW],
    ["after an hour's hold", { starts: [], heldUntil: NOW + 3_600_000 }, NOW + 3_600_000],
    [
      "at once when its hold is of a clock since set back",
      { starts: [], heldUntil: NOW + 10_000, heldSince: NOW + 1 },
      NOW,
    ],
  ])("%s", ([, changes, expected]) => {
    const later = readyAt(lane(changes), limit, NOW) - expected;
    // A window is given a few milliseconds more, because a Worker's clock is a little behind.
    expect(later).toBeGreaterThanOrEqual(0);
    expect(later).toBeLessThanOrEqual(lane(changes).starts.length * 100);
  });
});

describe("a paused lane", () => {
  it("is tried again in five minutes, and every five minutes", () => {
    const first = paused(lane({}), { ...PAUSE, since: NOW }, NOW);
    expect(first).toMatchObject({ sending: null, heldUntil: NOW + PROBE_MS });
    const again = withAnswer({ ...first, sending: "key.0" }, BLOCKED, NOW + PROBE_MS, 0);
    expect(again.heldUntil).toBe(NOW + 2 * PROBE_MS);
    expect(again.pause?.since).toBe(NOW);
  });

  it("is as if it had never been paused once a person resumes it", () => {
    const before = lane({ failures: 4, failedAt: [NOW] });
    const after = resumed(paused(before, PAUSE, NOW));
    const none = { sending: null, pause: null, heldUntil: 0, heldSince: NOW, failures: 0 };
    expect(after).toEqual({ ...before, ...none });
  });

  it("drains by itself once a probe succeeds", () => {
    const drained = withAnswer(paused(lane({}), PAUSE, NOW), DELIVERED, NOW + PROBE_MS, 0);
    expect(drained.pause).toBeNull();
    expect(readyAt(drained, null, NOW + PROBE_MS)).toBe(NOW + PROBE_MS);
  });
});

describe("the failures of the last hour", () => {
  it("are counted, and forgotten", () => {
    let current = NEW_LANE;
    for (const minutes of [0, 10, 50]) current = withFailure(current, NOW + minutes * 60_000);
    expect(failedLastHour(current, NOW + 50 * 60_000)).toBe(3);
    expect(failedLastHour(current, NOW + HOUR_MS)).toBe(2);
    expect(failedLastHour(current, NOW + 3 * HOUR_MS)).toBe(0);
    expect(withFailure(current, NOW + 3 * HOUR_MS).failedAt).toHaveLength(1);
  });

  it("take no more room than a thousand of them", () => {
    let current = NEW_LANE;
    for (let n = 0; n < 1_500; n += 1) current = withFailure(current, NOW + n);
    expect(current.failedAt).toHaveLength(1_000);
    expect(current.failedAt.at(-1)).toBe(NOW + 1_499);
  });
});
