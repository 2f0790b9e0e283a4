import { describe, expect, it } from "vitest";
import type { PerEvent } from "../../../bench/measure/counts.ts";
import {
  ASSUMED,
  billOf,
  exceeded,
  items,
  mostOnFree,
  usageOf,
  type Billed,
  type Load,
  type Usage,
} from "../../../bench/costs/bill.ts";
import { countsSoFar } from "../../../bench/causeway/counts.ts";

const NOTHING = Object.fromEntries(items().map((item) => [item, 0])) as Usage;
const MONTH: Load = {
  delivered: 0,
  filtered: 0,
  reactions: 0,
  checks: 0,
  namespaces: 1,
  days: 30,
};

/** An event of which nothing is counted but this. */
function each(counts: Partial<PerEvent>): PerEvent {
  // Here nobody counts anything.
  return { ...countsSoFar(), events: 1, ...counts };
}

/** Counts in which only these differ from zero. */
function costs(
  alone: Partial<PerEvent>,
  together: Partial<PerEvent>,
  restMinute: Partial<PerEvent> = {},
): Billed {
  const [a, t] = [each(alone), each(together)];
  return {
    alone: { delivered: a, filtered: each({}), reaction: each({}), check: each({ rowsRead: 7 }) },
    together: {
      delivered: t,
      filtered: each({}),
      burst: t,
      duplicate: each({}),
      reaction: each({}),
    },
    restMinute: each(restMinute),
    retention: each({ rowsWritten: 2 }),
    storedBytes: 1_000,
    cpuMs: { at50: 2, busy: 1 },
  };
}

describe("a month's bill", () => {
  it("is the plan's price while everything is included", () => {
    expect(billOf(NOTHING).total).toBe(5);
    expect(billOf({ ...NOTHING, rowsWritten: 50_000_000, workerRequests: 10_000_000 }).total).toBe(
      5,
    );
  });

  it.for([
    // Cloudflare's own examples: pricing pages of Durable Objects and of Observability.
    ["objectRequests", 1_500_000, 0.075],
    ["objectDuration", 552_960, 1.912],
    ["logsIngested", 75e9, 6.25],
    ["logsStored", 20e9, 0.8],
    ["rowsWritten", 80_000_000, 30],
    ["workerRequests", 15_000_000, 1.5],
    ["kvReads", 12_000_000, 1],
    ["stored", 6e9, 0.2],
  ] as const)("asks for what is more than the plan has of %s", ([item, used, dollars]) => {
    const { lines, total } = billOf({ ...NOTHING, [item]: used });
    expect(lines.find((line) => line.item === item)?.dollars).toBeCloseTo(dollars, 3);
    expect(total).toBeCloseTo(5 + dollars, 3);
  });
});

describe("what a load uses", () => {
  it("counts events as alone while there is room for that, and the others as together", () => {
    const room = (30 * 86_400) / ASSUMED.aloneSeconds;
    const counted = costs({ rowsWritten: 10 }, { rowsWritten: 4 });
    const few = usageOf({ ...MONTH, delivered: room }, counted);
    expect(few.rowsWritten).toBeCloseTo(room * (10 + 2), 3);
    const many = usageOf({ ...MONTH, delivered: room * 3 }, counted);
    expect(many.rowsWritten).toBeCloseTo(room * (10 + 2) + room * 2 * (4 + 2), 3);
    const spread = usageOf({ ...MONTH, delivered: room * 3, namespaces: 3 }, counted);
    expect(spread.rowsWritten).toBeCloseTo(room * 3 * (10 + 2), 3);
  });

  it("takes setAlarm and the key-value storage for rows, alarms and all calls for requests", () => {
    const counted = costs(
      {
        rowsWritten: 4,
        alarmsSet: 2,
        otherWrites: 1,
        accepts: 1,
        resumes: 3,
        otherCalls: 5,
        alarms: 7,
      },
      {},
    );
    const used = usageOf({ ...MONTH, delivered: 1 }, counted);
    expect(used.rowsWritten).toBe(4 + 2 + 1 + 2);
    expect(used.objectRequests).toBe(1 + 3 + 5 + 7);
  });

  it("pays for the object while it waits for Slack", () => {
    const used = usageOf({ ...MONTH, delivered: 1_000 }, costs({ activeMs: 50, outgoing: 1 }, {}));
    expect(used.objectDuration).toBeCloseTo(1_000 * 0.2 * 0.128, 6);
  });

  it("stores a week of events, and a monitor asks without any", () => {
    const used = usageOf({ ...MONTH, delivered: 3_000, checks: 10 }, costs({}, {}));
    expect(used.stored).toBeCloseTo(3_000 * 1_000 * (7 / 30), 3);
    expect(used.rowsRead).toBe(70);
  });

  it("pays for the minutes in which nothing happens", () => {
    const room = (30 * 86_400) / ASSUMED.aloneSeconds;
    const counted = costs({}, {}, { alarms: 4 });
    expect(usageOf(MONTH, counted).objectRequests).toBe(4 * 30 * 1_440);
    expect(usageOf({ ...MONTH, filtered: room / 2 }, counted).objectRequests).toBe(2 * 30 * 1_440);
    expect(usageOf({ ...MONTH, filtered: room }, counted).objectRequests).toBe(0);
  });

  it("adds to the logs a line of Cloudflare's for each invocation", () => {
    const counted = costs({ requests: 1, accepts: 1, alarms: 2, logLines: 2, logBytes: 400 }, {});
    const used = usageOf({ ...MONTH, delivered: 1 }, counted);
    expect(used.logsIngested).toBe(400 + 6 * ASSUMED.bytesAroundLine);
  });
});

describe("the free plan", () => {
  const day: Load = { ...MONTH, delivered: 1, days: 1 };

  it("allows what its limit divides into, alone first and then together", () => {
    // 3,456 events alone at 12 rows, then 6 rows each: 100,000 are reached after 9,754.
    const counted = costs({ rowsWritten: 10 }, { rowsWritten: 4 });
    const alone = 86_400 / ASSUMED.aloneSeconds;
    expect(mostOnFree("rowsWritten", day, counted)).toBe(
      Math.floor(alone + (100_000 - alone * 12) / 6),
    );
  });

  it("says which of its limits a day exceeds", () => {
    expect(exceeded({ ...NOTHING, rowsRead: 5_000_000, rowsWritten: 100_001 })).toEqual([
      "rowsWritten",
    ]);
  });

  it("has no limit of what an event does not use", () => {
    expect(mostOnFree("kvLists", day, costs({}, {}))).toBe(Number.POSITIVE_INFINITY);
  });

  it("leaves nothing when the monitor alone is too much", () => {
    const busy = { ...day, checks: 1_000_000 };
    expect(mostOnFree("rowsRead", busy, costs({ rowsRead: 1 }, {}))).toBe(0);
  });
});
