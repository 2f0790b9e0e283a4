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
  TITLES_TO_CHANNEL,
  type World,
} from "../world.ts";
import { countRows } from "./count-rows.ts";

const DAY = 24 * 3_600_000;
const issue = acme(issueOpen);

type Sums = Record<
  "received" | "delivered" | "filtered" | "duplicate" | "pending" | "failed" | "unreadable",
  number
> & { deliveries: Record<string, number> };

function titled(title: string, action = "open"): unknown {
  return {
    ...issue,
    object_attributes: { ...issue.object_attributes, title, action, iid: title.length },
  };
}

/** Puts so many filtered events into the Relay, as if they had come a minute ago. */
async function seed(events: number, name = "seeded"): Promise<void> {
  await query("SELECT 1");
  await runInDurableObject(relay(), (_instance, { storage: { sql } }) => {
    const { seq } = sql.exec<{ seq: number | null }>("SELECT max(seq) AS seq FROM events").one();
    const from = seq ?? (Date.now() - 60_000) * 1024;
    const numbers = `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${events})`;
    sql.exec(
      `${numbers} INSERT INTO events SELECT ${from} + n, '${name}' || n, 'issue.close', 'acme/widgets', '', '', '', 2, 'plain', NULL, x'7b7d' FROM numbers`,
    );
    sql.exec(
      `${numbers} INSERT INTO outcomes SELECT '${name}' || n, 0, ${from} + n, 'rule', 'filtered', NULL, '', '', NULL, NULL, '[]', 0, NULL, '[]', 0, 0, 0, 0, 0, 0, NULL, NULL FROM numbers`,
    );
  });
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

  const said = (): string[] => world.slack.workspace.messages.map(({ text }) => text);

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
    expect(await sums()).toMatchObject(before);

    await evict();
    expect(await sums()).toMatchObject(before);

    // What is finished goes after seven days and stays counted; what is pending stays.
    await step(8 * DAY);
    await step(1_000);
    expect(await sums()).toMatchObject(before);
    expect((await query("SELECT title FROM events")).map(({ title }) => title)).toEqual([
      "pending",
    ]);
    expect(await admin(`/events/${filtered.id}`)).toMatchObject({ error: { code: "not_found" } });

    world.slack.workspace.faults.clear();
    await step(301_000);
    expect(await sums()).toMatchObject({ ...before, pending: 0, delivered: 2 });
  });

  it("writes nothing when housekeeping finds nothing to settle", async () => {
    await deliver(titled("delivered"));
    await settled();
    const rows = await countRows();
    await step(15_000);
    expect((await countRows()) - rows).toBe(0);
  });

  it("counts a replay as more deliveries of the same event, whatever dedupe says", async () => {
    const { id } = await deliver(titled("nobody wants this", "close"), { id: "closed" });
    await settled();
    expect(await admin(`/events/${id}`)).toMatchObject({ state: "filtered" });
    await publish("mapping/gitlab/acme", TITLES_TO_CHANNEL);
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
    await seed(9_000);
    await evict();
    await deliver(titled("nobody wants this", "close"));
    await settled();
    const [mark] = await query<{ seq: number }>("SELECT settled_seq AS seq FROM ledger");
    const [pending] = await query<{ seq: number; parked: number }>(
      "SELECT seq, parked FROM outcomes WHERE state = 'pending' AND role = 'rule'",
    );
    expect(mark?.seq).toBeGreaterThan(pending?.seq ?? 0);
    expect(pending?.parked).toBe(1);
    expect(await sums()).toMatchObject({ received: 9_002, filtered: 9_001, pending: 1 });
    await evict();
    world.slack.workspace.faults.clear();
    await step(301_000);
    expect(await sums()).toMatchObject({ received: 9_002, filtered: 9_001, delivered: 1 });
    expect(said()).toContain("long pending");
  });

  it("loses nothing that is on its way while older events are settled", async () => {
    await seed(9_000);
    await evict();
    world.slack.workspace.faults.set({ on: "*", fault: "rate_limited", times: 1 });
    let first = true;
    world.watch({
      start: async () => {
        if (!first) return;
        first = false;
        // Arrives while the first send is under way, and settles it.
        await deliver(titled("nobody wants this", "close"));
        await new Promise((resolve) => setTimeout(resolve, 50));
        await seed(600, "later");
      },
    });
    await deliver(titled("on its way"));
    await settled();
    await step(61_000);
    expect(said()).toEqual(["on its way"]);
    expect(await sums()).toMatchObject({ pending: 0, delivered: 1 });
  });

  it("counts deliveries beside events, and sends whose answer was lost", async () => {
    world.slack.workspace.faults.set({ on: "*", fault: "cut_after_accept", times: 1 });
    await deliver(titled("twice"));
    await settled();
    await step(3_600_000);
    expect(said()).toEqual(["twice", "twice"]);
    const { deliveries } = await sums();
    expect(deliveries).toEqual({ delivered: 1, filtered: 0, pending: 0, failed: 0, inDoubt: 1 });
  });

  it("counts an alert about an event that was settled long ago", async () => {
    await publish("mapping/gitlab/acme", { rules: [{ name: "A", on: "issue.open", to: "later" }] });
    await deliver(issue);
    await settled();
    await step(8 * DAY);
    await step(3_700_000);
    const channel = world.slack.workspace.channel("C0000000002");
    if (channel === undefined) throw new Error("no such channel");
    channel.isArchived = true;
    await publish("destination/later", { type: "channel", channel: channel.id, limit: "none" });
    await step(100_000);
    await step(100_000);
    const alerts = world.slack.workspace.messages.filter(({ channel: id }) => id === "C0000000005");
    expect(alerts).toHaveLength(2);
    expect((await sums()).deliveries).toMatchObject({ delivered: 2, pending: 1 });
    channel.isArchived = false;
    await step(400_000);
    expect((await sums()).deliveries).toMatchObject({ delivered: 3, pending: 0 });
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
