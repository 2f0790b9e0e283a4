import fc from "fast-check";
import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import type { ActivityHour } from "../../src/relay/activity.ts";
import { addLatencies, countOf, within } from "../../src/relay/latencies.ts";
import { admin, deliver } from "../webhook.ts";
import {
  acme,
  createWorld,
  endWorld,
  evict,
  publish,
  query,
  relay,
  settled,
  step,
  type World,
} from "../world.ts";
import { countRows } from "./count-rows.ts";
import { rowsRead } from "./rows-read.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const issue = acme(issueOpen);

const RULES = {
  rules: [
    { name: "One", on: "issue.open", to: "channel", message: "{{ event.title }}" },
    { name: "Two", on: "issue.open", to: "hook", message: "{{ event.title }}" },
  ],
};

let numbered = 0;

function event(action: string): unknown {
  numbered += 1;
  const attributes = { ...issue.object_attributes, action, iid: numbered, title: `${numbered}` };
  return { ...issue, object_attributes: attributes };
}

/** Puts filtered events in, so many that the Relay settles what came before. */
async function manyMore(events: number): Promise<void> {
  numbered += 1;
  await runInDurableObject(relay(), (_instance, { storage: { sql } }) => {
    const { last } = sql.exec<{ last: number }>("SELECT max(seq) AS last FROM events").one();
    const from = Math.max(last, Date.now() * 1024);
    const numbers = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${events})`;
    sql.exec(
      `${numbers} INSERT INTO events SELECT ${from} + i, 'more ${numbered} ' || i, 'issue.close', 'acme/widgets', '', '', '', 2, 'plain', NULL, x'7b7d' FROM n`,
    );
    sql.exec(
      `${numbers} INSERT INTO outcomes SELECT 'more ${numbered} ' || i, 0, ${from} + i, 'rule', 'filtered', NULL, '', '', NULL, NULL, '[]', 0, NULL, '[]', 0, 0, 0, 0, 0, 0, NULL, NULL FROM n`,
    );
  });
  await evict();
  await deliver(event("close"));
  await settled();
  await step(15_000);
}

type Row = {
  seq: number;
  role: string | null;
  state: string | null;
  destination: string | null;
  mapping: string | null;
  rule: string | null;
  finished: number | null;
};

/** What is stored, and what retention has deleted since this was first called. */
function remembering(): () => Promise<Row[][]> {
  const known = new Map<number, Row[]>();
  return async () => {
    const rows = await query<Row>(
      `SELECT e.seq, o.role, o.state, o.destination, o.mapping, o.rule, o.finished_at AS finished
       FROM events e LEFT JOIN outcomes o ON o.key = e.key`,
    );
    for (const [seq, all] of Map.groupBy(rows, (row) => row.seq)) known.set(seq, all);
    return [...known.values()];
  };
}

/** An event's state, as the README's sentence about the ledger says it. */
function stateOf(outcomes: Row[]): keyof Omit<ActivityHour, "deliveries" | "latency" | "hour"> {
  const own = outcomes.filter(({ role, state }) => role !== "alert" && state !== null);
  const any = (wanted: string): boolean => own.some(({ state }) => state === wanted);
  if (own.length === 0 || any("pending")) return "pending";
  if (any("failed")) return "failed";
  if (any("delivered")) return "delivered";
  return any("unreadable") ? "unreadable" : "filtered";
}

/** The figures anew, from everything there is. */
function recount(events: Row[][]): { hours: unknown[]; rules: unknown[]; destinations: unknown[] } {
  const now = Date.now();
  const firstHour = Math.floor(now / HOUR) * HOUR - 47 * HOUR;
  const firstDay = Math.floor(now / DAY) * DAY - 6 * DAY;
  const ended = events
    .flat()
    .filter(
      ({ state, destination }) =>
        (state === "delivered" || state === "failed") && destination !== "",
    );
  const count = (rows: Row[], wanted: string): number =>
    rows.filter(({ state }) => state === wanted).length;
  const hours = Array.from({ length: 48 }, (_, at) => {
    const hour = firstHour + at * HOUR;
    const isIn = (time: number): boolean => time >= hour && time < hour + HOUR;
    const came = events.filter(([first]) => isIn(Math.floor((first?.seq ?? 0) / 1024)));
    const states = came.map(stateOf);
    const of = (state: string): number => states.filter((each) => each === state).length;
    const deliveries = ended.filter(({ finished }) => isIn(finished ?? 0));
    return {
      hour,
      received: came.length,
      delivered: of("delivered"),
      filtered: of("filtered"),
      pending: of("pending"),
      failed: of("failed"),
      unreadable: of("unreadable"),
      deliveries: {
        delivered: count(deliveries, "delivered"),
        failed: count(deliveries, "failed"),
      },
      timed: deliveries.filter(({ role, state }) => role === "rule" && state === "delivered")
        .length,
    };
  }).filter(({ received, deliveries }) => received + deliveries.delivered + deliveries.failed > 0);
  const week = ended.filter(({ finished }) => (finished ?? 0) >= firstDay);
  const sums = (rows: Row[]): object => {
    const times = rows.flatMap(({ state, finished }) => (state === "delivered" ? [finished] : []));
    const lastAt = times.length === 0 ? null : Math.max(...times.map(Number));
    return { delivered: count(rows, "delivered"), failed: count(rows, "failed"), lastAt };
  };
  const ofRules = week.filter(({ rule }) => rule !== null);
  return {
    hours,
    rules: [...Map.groupBy(ofRules, ({ mapping, rule }) => `${mapping} ${rule}`).values()].map(
      (rows) => ({ mapping: rows[0]?.mapping, rule: rows[0]?.rule, ...sums(rows) }),
    ),
    destinations: [...Map.groupBy(week, ({ destination }) => destination)].map(
      ([destination, rows]) => ({ destination, ...sums(rows) }),
    ),
  };
}

/** The figures as the Relay gives them, once it has counted everything. */
async function figures(): Promise<ReturnType<typeof recount>> {
  for (let turn = 0; turn < 20 && !(await relay().activity()).complete; turn += 1) await settled();
  const { hours, complete } = await relay().activity();
  const { rules, destinations } = await relay().weekActivity();
  expect(complete).toBe(true);
  return {
    hours: hours.map(({ latency, ...hour }) => ({
      ...hour,
      timed: Object.values(latency).reduce((sum, times) => sum + times, 0),
    })),
    rules,
    destinations,
  };
}

function sorted({ hours, rules, destinations }: ReturnType<typeof recount>): unknown {
  const names = (list: unknown[]): string[] => list.map((each) => JSON.stringify(each)).toSorted();
  return { hours, rules: names(rules), destinations: names(destinations) };
}

describe("the figures of the last days", () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld();
    await publish("mapping/gitlab/acme", RULES);
  });
  afterEach(endWorld);

  const COMMANDS = {
    wanted: async () => void (await deliver(event("open"))),
    unwanted: async () => void (await deliver(event("close"))),
    unreadable: async () => void (await deliver(`not json ${numbered++}`, { path: "/acme" })),
    slackRefuses: async () => {
      world.slack.workspace.faults.set({ on: "*", fault: "invalid_blocks", times: 2 });
      await deliver(event("open"));
    },
    slackIsIll: async () =>
      world.slack.workspace.faults.set({ on: "*", fault: "server_error", times: 3 }),
    archived: async () => world.slack.workspace.faults.set({ on: "/api/*", fault: "archived" }),
    slackIsWell: async () => world.slack.workspace.faults.clear(),
    hold: async () =>
      void (await relay().hold("hook", { by: "ana", why: "tests", since: Date.now() })),
    release: async () => {
      await relay().release("channel");
      await relay().release("hook");
    },
    discard: async () => {
      await relay().discard("hook", "discarded by ana: old", 2);
      await relay().discard("channel", "discarded by ana: old", 1);
    },
    retry: async () =>
      void (await relay().retryFailed({ destination: null, cause: null, since: 0 }, null, 10)),
    replay: async () => {
      const { items } = await admin<{ items: { id: string }[] }>("/events?limit=3");
      for (const { id } of items) await admin(`/events/${id}/replay`, { method: "POST" });
    },
    look: async () => void (await figures()),
    settle: async () => await manyMore(40),
    settleAll: async () => await manyMore(9_000),
    evict: async () => await evict(),
    minutes: async () => await step(7 * MINUTE),
    hours: async () => await step(5 * HOUR),
    day: async () => await step(DAY),
  };

  const name = fc.constantFrom(...(Object.keys(COMMANDS) as (keyof typeof COMMANDS)[]));
  const likely = fc.constantFrom("wanted", "look", "settle", "minutes", "retry") as typeof name;

  it("are what a full recount gives, whatever happened to events and deliveries", async () => {
    await fc.assert(
      fc
        .asyncProperty(
          fc.array(fc.oneof(name, likely), { minLength: 8, maxLength: 20 }),
          async (commands) => {
            const all = remembering();
            // Counting begins with what is there when somebody first looks.
            for (const command of ["wanted", "settle", "look", ...commands] as const) {
              await COMMANDS[command]();
              await settled();
              expect(sorted(await figures())).toEqual(sorted(recount(await all())));
            }
            await COMMANDS.slackIsWell();
            await COMMANDS.release();
            for (const after of [10 * MINUTE, 2 * DAY, 2 * DAY, 2 * DAY, 2 * DAY]) {
              await step(after);
              expect(sorted(await figures())).toEqual(sorted(recount(await all())));
            }
          },
        )
        .beforeEach(async () => {
          await endWorld();
          world = await createWorld();
          await publish("mapping/gitlab/acme", RULES);
        }),
      { numRuns: 8 },
    );
  }, 120_000);

  it("say how long it took, within 5 %, and leave out what a person sent again", async () => {
    const took: number[] = [];
    world.watch({
      start: () => {
        const ms = 50 + 37 * took.length ** 2;
        took.push(ms);
        vi.setSystemTime(Date.now() + ms);
      },
    });
    await publish("mapping/gitlab/acme", { rules: RULES.rules.slice(0, 1) });
    for (let times = 0; times < 9; times += 1) {
      await deliver(event("open"));
      await settled();
    }
    const { items } = await admin<{ items: { id: string }[] }>("/events?limit=1");
    vi.setSystemTime(Date.now() + HOUR);
    await admin(`/events/${items[0]?.id}/replay`, { method: "POST" });
    await settled();
    const latency = {};
    for (const hour of (await relay().activity()).hours) addLatencies(latency, hour.latency);
    expect(countOf(latency)).toBe(9);
    for (const [part, true_] of [
      [0.5, took[4]],
      [0.99, took[8]],
    ] as const) {
      const said = within(latency, part) ?? 0;
      expect(Math.abs(said / Number(true_) - 1), `${part}`).toBeLessThan(0.06);
    }
  });

  it("are counted a part at a time, and say so until all is counted", async () => {
    await deliver(event("open"));
    await settled();
    await manyMore(9_000);
    const first = await relay().activity();
    expect(first.complete).toBe(false);
    for (let turn = 0; turn < 3; turn += 1) await settled();
    const then = await relay().activity();
    expect(then.complete).toBe(true);
    expect(then.hours.reduce((sum, { received }) => sum + received, 0)).toBe(9_002);
  });

  it("cost an event that is delivered no row more, even when somebody looks meanwhile", async () => {
    await publish("mapping/gitlab/acme", { rules: RULES.rules.slice(0, 1) });
    await deliver(event("open"));
    await settled();
    await manyMore(40);
    await figures();
    await deliver(event("open"));
    await settled();
    const before = await countRows();
    world.watch({ start: async () => void (await figures()) });
    await deliver(event("open"));
    await settled();
    await figures();
    expect((await countRows()) - before).toBe(4);
  });

  it("are read in few rows, however much is stored", async () => {
    await deliver(event("open"));
    await settled();
    await manyMore(9_000);
    await figures();
    await manyMore(600);
    await figures();
    const { rows } = await rowsRead(async () => {
      await relay().activity();
    });
    expect(rows).toBeLessThan(50);
  });

  it("cost nothing while nobody looks, and begin anew after a week in which nobody did", async () => {
    await deliver(event("open"));
    await settled();
    await manyMore(40);
    await step(8 * DAY);
    expect(await query("SELECT * FROM activity_posts")).toEqual([]);
    expect(await query("SELECT * FROM activity")).toEqual([
      { only: 1, since_seq: 0, counted_seq: 0, looked_on: 0 },
    ]);
    await deliver(event("open"));
    await settled();
    await manyMore(40);
    const { since, complete } = await relay().activity();
    expect({ ago: Date.now() - since, complete }).toEqual({ ago: 7 * DAY, complete: true });
    expect((await relay().weekActivity()).rules.map(({ delivered }) => delivered)).toEqual([1, 1]);
  });
});
