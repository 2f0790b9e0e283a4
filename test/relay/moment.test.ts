import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Moment } from "../../src/relay/moment.ts";

describe("changes that come in the same moment", () => {
  beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
  afterEach(() => void vi.useRealTimers());

  /** Asks for changes, one after the other, and returns in which turn each was made. */
  function changesIn(moment: Moment): { ask: (name: string) => Promise<string>; made: string[][] } {
    const made: string[][] = [];
    let turn: string[] | null = null;
    return {
      made,
      ask: (name) =>
        moment.run(() => {
          if (turn === null) {
            made.push((turn = []));
            // The turn ends with the macrotask.
            queueMicrotask(() => (turn = null));
          }
          turn.push(name);
          return name.toUpperCase();
        }),
    };
  }

  it("are made in one turn, in their order, behind the first", async () => {
    const { ask, made } = changesIn(new Moment());
    const all = ["a", "b", "c"].map(ask);
    expect(made).toEqual([["a"]]);
    await vi.runAllTimersAsync();
    expect(await Promise.all(all)).toEqual(["A", "B", "C"]);
    expect(made).toEqual([["a"], ["b", "c"]]);
  });

  it("are made at once when they come alone, also after the clock was set back", async () => {
    const { ask, made } = changesIn(new Moment());
    for (const at of [1_000_000, 1_000_003, 990_000, 2_000_000]) {
      vi.setSystemTime(at);
      await ask(String(at));
    }
    expect(made).toEqual([["1000000"], ["1000003"], ["990000"], ["2000000"]]);
  });

  it("fail alone: one that throws takes no other with it", async () => {
    const moment = new Moment();
    const all = [1, 2, 3].map((n) =>
      moment.run(() => {
        if (n === 2) throw new Error("the disk is full");
        return n;
      }),
    );
    const settled = Promise.allSettled(all);
    await vi.runAllTimersAsync();
    expect(await settled).toMatchObject([
      { value: 1 },
      { reason: new Error("the disk is full") },
      { value: 3 },
    ]);
  });
});
