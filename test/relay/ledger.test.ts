import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
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

const DAY = 24 * 3_600_000;
const issue = acme(issueOpen);

type Sums = Record<
  "received" | "delivered" | "filtered" | "duplicate" | "pending" | "failed" | "unreadable",
  number
>;

function titled(title: string, action = "open"): unknown {
  return {
    ...issue,
    object_attributes: { ...issue.object_attributes, title, action, iid: title.length },
  };
}

async function sums(): Promise<Sums> {
  const { total } = await admin<{ total: Sums }>("/ledger");
  expect(total.received, "the law of the ledger").toBe(
    total.delivered +
      total.filtered +
      total.duplicate +
      total.pending +
      total.failed +
      total.unreadable,
  );
  return total;
}

describe("the ledger", () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld();
    await publish("mapping/gitlab/acme", {
      rules: [{ name: "All", on: "issue.open", to: "channel", message: "{{ event.title }}" }],
    });
  });
  afterEach(endWorld);

  it("adds up in every state, over replay, retention and eviction", async () => {
    const filtered = await deliver(titled("nobody wants this", "close"));
    await deliver(titled("delivered"), { id: "one" });
    await deliver(titled("delivered"), { id: "one" });
    await deliver("not json", { path: "/acme", id: "unreadable" });
    await settled();
    world.slack.workspace.faults.set({ on: "*", fault: "invalid_blocks", times: 2 });
    await deliver(titled("failed"));
    await settled();
    world.slack.workspace.faults.set({ on: "*", fault: "archived" });
    await deliver(titled("pending"));
    await settled();
    const before = {
      received: 6,
      delivered: 1,
      filtered: 1,
      duplicate: 1,
      pending: 1,
      failed: 1,
      unreadable: 1,
    };
    expect(await sums()).toEqual(before);

    await evict();
    expect(await sums()).toEqual(before);

    // What is finished goes after seven days and stays counted; what is pending stays.
    await step(8 * DAY);
    await step(1_000);
    expect(await sums()).toEqual(before);
    expect((await query("SELECT title FROM events")).map(({ title }) => title)).toEqual([
      "pending",
    ]);
    expect(await admin(`/events/${filtered.id}`)).toMatchObject({ error: { code: "not_found" } });

    world.slack.workspace.faults.clear();
    await step(301_000);
    expect(await sums()).toEqual({ ...before, pending: 0, delivered: 2 });
  });

  it("counts a replay as more deliveries of the same event, whatever dedupe says", async () => {
    const { id } = await deliver(titled("nobody wants this", "close"), { id: "closed" });
    await settled();
    expect(await admin(`/events/${id}`)).toMatchObject({ state: "filtered" });
    await publish("mapping/gitlab/acme", {
      rules: [{ name: "All", on: "issue.*", to: "channel", message: "{{ event.title }}" }],
    });
    for (const times of [1, 2]) {
      const replayed = await admin<{ deliveries: string[] }>(`/events/${id}/replay`, {
        method: "POST",
      });
      expect(replayed.deliveries).toHaveLength(1);
      await settled();
      expect(world.slack.workspace.messages).toHaveLength(times);
    }
    expect(await admin(`/events/${id}`)).toMatchObject({
      state: "delivered",
      deliveries: [
        { role: "replay", state: "delivered" },
        { role: "replay", state: "delivered" },
      ],
    });
    expect(await sums()).toMatchObject({ received: 1, delivered: 1, filtered: 0 });
  });

  it("adds up when more events come than are kept in mind, with some still pending among them", async () => {
    world.slack.workspace.faults.set({ on: "*", fault: "archived" });
    await deliver(titled("long pending"));
    await settled();
    const filtered = 1_100;
    for (let sent = 0; sent < filtered; sent += 50) {
      await Promise.all(
        Array.from({ length: 50 }, () => deliver(titled("nobody wants this", "close"))),
      );
      await settled();
    }
    const [{ settled_seq: mark = 0 } = {}] = await query<{ settled_seq: number }>(
      "SELECT settled_seq FROM ledger",
    );
    expect(mark).toBeGreaterThan(0);
    expect(
      await query("SELECT parked FROM outcomes WHERE state = 'pending' AND role = 'rule'"),
    ).toEqual([{ parked: 1 }]);
    expect(await sums()).toMatchObject({ received: filtered + 1, filtered, pending: 1 });
    await evict();
    world.slack.workspace.faults.clear();
    await step(301_000);
    expect(await sums()).toMatchObject({
      received: filtered + 1,
      filtered,
      pending: 0,
      delivered: 1,
    });
    expect(world.slack.workspace.messages.at(-1)?.text ?? "").toContain("long pending");
  });

  it("costs four rows for an event delivered at the first attempt, two for a filtered one", async () => {
    await deliver(titled("warm up"));
    await settled();
    const written = async (body: unknown): Promise<number> => {
      const before = await countRows();
      await deliver(body);
      await settled();
      return (await countRows()) - before;
    };
    await countRows();
    expect(await written(titled("delivered"))).toBe(4);
    expect(await written(titled("nobody wants this", "close"))).toBe(2);
  });
});

const counters = new Map<SqlStorage, { rows: number }>();

/** Rows that the Relay has written since this was first called. */
async function countRows(): Promise<number> {
  return await runInDurableObject(relay(), (_instance, state) => {
    const { sql } = state.storage;
    const counter = counters.get(sql) ?? { rows: 0 };
    if (!counters.has(sql)) {
      counters.set(sql, counter);
      const exec = sql.exec.bind(sql);
      sql.exec = ((query: string, ...values: unknown[]) => {
        const cursor = exec(query, ...values);
        if (!/^\s*(INSERT|UPDATE|DELETE)/i.test(query)) return cursor;
        counter.rows += cursor.rowsWritten;
        return cursor;
      }) as typeof sql.exec;
    }
    return counter.rows;
  });
}
