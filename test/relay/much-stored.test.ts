import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DeliveryFilter } from "../../src/relay/list-deliveries.ts";
import { ANY_EVENT, type listEvents } from "../../src/relay/list-events.ts";
import { createWorld, endWorld, query, relay, settled } from "../world.ts";
import { rowsRead } from "./rows-read.ts";
import { storeEvents } from "./stored-events.ts";

beforeEach(async () => {
  await createWorld();
});
afterEach(endWorld);

const ANY_DELIVERY: DeliveryFilter = { path: null, state: null, destination: null, role: null };
const NEWEST = Number.MAX_SAFE_INTEGER;

describe("a list of a long history", () => {
  beforeEach(() => storeEvents(12_000));

  it("reads for a page little more than the page", async () => {
    const events = await rowsRead(() => relay().events(ANY_EVENT, NEWEST, 50));
    const deliveries = await rowsRead(() => relay().deliveries(ANY_DELIVERY, NEWEST, 50));
    expect(events.rows).toBeLessThan(400);
    expect(deliveries.rows).toBeLessThan(400);
  });

  it("goes on where a page ended, and stops looking for what is rare", async () => {
    const page = await relay().events(ANY_EVENT, NEWEST, 50);
    expect(page.items.map(({ seq }) => seq)).toEqual(
      Array.from({ length: 50 }, (_, at) => 12_000 - at),
    );
    expect(page.next).toBe(11_951);
    const rare = { ...ANY_EVENT, text: "event 4" };
    const found: number[] = [];
    const stops: number[] = [];
    for (let before: number | null = NEWEST; before !== null;) {
      const { items, next }: ReturnType<typeof listEvents> = await relay().events(
        rare,
        before,
        200,
      );
      found.push(...items.map(({ seq }) => seq));
      if (next !== null) stops.push(next);
      before = next;
    }
    const expected = Array.from({ length: 12_000 }, (_, at) => 12_000 - at);
    expect(found).toEqual(expected.filter((seq) => String(seq).startsWith("4")));
    expect(stops.slice(0, 2)).toEqual([7_001, 4_800]);
  });

  it("finds a rare delivery beyond the first pages, once", async () => {
    await query("UPDATE outcomes SET state = 'failed' WHERE seq IN (3, 11000)");
    const failed = { ...ANY_DELIVERY, state: "failed" };
    const first = await relay().deliveries(failed, NEWEST, 50);
    expect(first.items.map(({ seq }) => seq)).toEqual([11_000]);
    expect(first.next).toBe(7_001);
    const second = await relay().deliveries(failed, 7_001, 50);
    expect(second).toEqual({ items: [], next: 2_001 });
    const third = await relay().deliveries(failed, 2_001, 50);
    expect(third.items.map(({ seq }) => seq)).toEqual([3]);
    expect(third.next).toBeNull();
  });
});

describe("a long queue", () => {
  async function hold(destination: string): Promise<void> {
    await relay().hold(destination, { by: "amina", why: "it moves", since: 1 });
  }

  it.for([
    { of: "settled", isSettled: true, rowsEach: 25 },
    { of: "recent", isSettled: false, rowsEach: 15 },
  ])(
    "of $of events is discarded page by page, and no page reads all that waits",
    async ({ isSettled, rowsEach }) => {
      await storeEvents(3_000, { state: "pending", settled: isSettled });
      await hold("channel");
      await relay().resume();
      await settled();
      const { rows } = await rowsRead(async () => {
        for (let left = 3_000; left > 0; left -= 500) {
          const done = await relay().discard("channel", "nobody wants it", 500);
          expect(done).toEqual({ discarded: 500, more: left > 500 });
        }
      });
      expect(rows).toBeLessThan(3_000 * rowsEach);
      const { filtered, pending } = await relay().ledger();
      expect({ filtered, pending }).toEqual({ filtered: 3_000, pending: 0 });
    },
  );

  it.for(["pending", "failed"])(
    "is not read again at each look of an open page (%s)",
    async (state) => {
      await storeEvents(5_000, { state, settled: true });
      await hold("channel");
      const first = await relay().overview();
      expect(first.stuck.map(({ count }) => count)).toContain(5_000);
      const { rows } = await rowsRead(async () => {
        for (let look = 0; look < 10; look += 1) {
          await relay().overview();
          await relay().places();
        }
      });
      expect(rows).toBeLessThan(10 * 1_000);
      await hold("another");
      expect((await relay().overview()).stuck).toHaveLength(first.stuck.length + 1);
    },
  );

  it("is known to be old without all of it being read", async () => {
    await storeEvents(5_000, { state: "pending", settled: true, lanes: 2 });
    let said = 0;
    const { rows } = await rowsRead(async () => {
      said = (await relay().health()).oldestPendingSeconds;
    });
    expect(said).toBe(Math.round(Date.now() / 1_000));
    expect(rows).toBeLessThan(600);
  });

  it("is counted with all other paused ones in one look at the recent events", async () => {
    await storeEvents(2_000, { state: "pending", destination: "lane", lanes: 100 });
    for (let lane = 0; lane < 100; lane += 1) await hold(`lane ${lane}`);
    const { rows } = await rowsRead(async () => {
      const { groups } = await relay().failures(null);
      expect(groups).toHaveLength(100);
      expect(groups.find(({ destination }) => destination === "lane 7")).toMatchObject({
        code: "paused_by_person",
        count: 20,
        oldest: 7,
        newest: 1_907,
        examples: [7, 107, 207, 307, 407].map((seq) =>
          expect.stringContaining(String(seq).padStart(22, "0")),
        ),
      });
    });
    expect(rows).toBeLessThan(2_000 * 4);
  });

  it("that a person holds costs nothing, however often the Relay works", async () => {
    await storeEvents(300, { state: "pending", destination: "lane", lanes: 100 });
    for (let lane = 0; lane < 100; lane += 1) await hold(`lane ${lane}`);
    await relay().resume();
    await settled();
    const { statements } = await rowsRead(async () => {
      for (let time = 0; time < 10; time += 1) {
        await relay().resume();
        await settled();
      }
    });
    expect(statements).toBe(0);
  });
});
