import { afterEach, beforeEach, describe, expect, it } from "vitest";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import { discardedBy } from "../../src/relay/discarded.ts";
import { admin, deliver } from "../webhook.ts";
import {
  acme,
  createWorld,
  DOCUMENTS,
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

const issue = acme(issueOpen);
const confidential = {
  ...issue,
  event_type: "confidential_issue",
  object_attributes: { ...issue.object_attributes, confidential: true },
};
const { title } = issue.object_attributes;

type Replayed = { deliveries: string[]; reason: string | null };
type Shown = {
  state: string;
  reason: string | null;
  deliveries: {
    id: string;
    destination: string;
    role: string;
    state: string;
    reason: string | null;
  }[];
};

async function replay(id: string, query: string): Promise<Replayed> {
  const replayed = await admin<Replayed>(`/events/${id}/replay?${query}`, { method: "POST" });
  await settled();
  return replayed;
}

let world: World;
const texts = (): string[] => world.slack.workspace.messages.map(({ text }) => text);

beforeEach(async () => {
  world = await createWorld({ ...DOCUMENTS, "mapping/gitlab/acme": TITLES_TO_CHANNEL });
});
afterEach(endWorld);

describe("a replay as it was", () => {
  it("sends the same words once more, whatever the rules say today", async () => {
    const { id } = await deliver(issue);
    await settled();
    await publish("mapping/gitlab/acme", { rules: [] });
    await step(91_000);
    expect(await replay(id, "how=today")).toEqual({ deliveries: [], reason: "no rule matched" });
    const { deliveries, reason } = await replay(id, "how=again");
    expect(reason).toBeNull();
    expect(texts()).toEqual([title, title]);
    const shown = await admin<Shown>(`/events/${id}`);
    expect(shown).toMatchObject({ state: "delivered" });
    expect(shown.deliveries).toMatchObject([
      { role: "rule", state: "delivered" },
      { id: deliveries[0], role: "replay", state: "delivered" },
    ]);
  });

  it("sends one message to each destination, however often it was replayed", async () => {
    const { id } = await deliver(issue);
    await settled();
    await replay(id, "how=again");
    await step(2_000);
    await replay(id, "how=again");
    expect(texts()).toHaveLength(3);
  });

  it("goes only where it is sent to, and says where there was nothing", async () => {
    await publish("mapping/gitlab/acme", {
      rules: [{ name: "Both", on: "issue.*", to: ["channel", "hook"], message: "hello" }],
    });
    const { id } = await deliver(issue);
    await settled();
    const { deliveries, reason } = await replay(id, "how=again&to=hook&to=nowhere");
    expect(deliveries).toHaveLength(1);
    expect(reason).toBe('"nowhere" had no message of it');
    const { deliveries: all } = await admin<Shown>(`/events/${id}`);
    expect(all.map(({ destination }) => destination)).toEqual(["channel", "hook", "hook"]);
  });

  it("sends a workflow its variables as they were", async () => {
    await publish("mapping/gitlab/acme", DOCUMENTS["mapping/gitlab/acme"]);
    const { id } = await deliver(issue);
    await settled();
    await replay(id, "how=again");
    const sent = world.slack.workspace.messages.map(({ variables }) => variables);
    expect(sent).toEqual([sent[0], sent[0]]);
    expect(sent[0]).toMatchObject({ title });
  });

  it("tells a destination nothing confidential that may not be told it any more", async () => {
    await publish("destination/channel", {
      ...DOCUMENTS["destination/channel"],
      confidential: true,
    });
    const { id } = await deliver(confidential);
    await settled();
    expect(texts()).toHaveLength(1);
    await publish("destination/channel", DOCUMENTS["destination/channel"]);
    await step(91_000);
    await replay(id, "how=again");
    expect(texts()).toHaveLength(1);
    expect((await admin<Shown>(`/events/${id}`)).deliveries).toMatchObject([
      { state: "delivered" },
      { state: "filtered", reason: "confidential", role: "replay" },
    ]);
  });

  it.each([
    ["is said now", discardedBy("amina", "too late")],
    ["was said before", "discarded by amina: too late"],
  ])("sends what a person gave up, as that %s", async (_, reason) => {
    await relay().hold("channel", { by: "amina", why: "it moves", since: Date.now() });
    const { id } = await deliver(issue);
    await settled();
    await relay().discard("channel", reason, 10);
    await relay().release("channel");
    await settled();
    expect(await admin<Shown>(`/events/${id}`)).toMatchObject({ state: "filtered", reason });
    expect(texts()).toEqual([]);
    expect(await replay(id, "how=again")).toMatchObject({ reason: null });
    expect(texts()).toEqual([title]);
    expect(await admin<Shown>(`/events/${id}`)).toMatchObject({
      state: "delivered",
      deliveries: [
        { role: "rule", state: "filtered" },
        { role: "replay", state: "delivered", reason: null },
      ],
    });
    expect(await relay().ledger()).toMatchObject({ received: 1, delivered: 1, filtered: 0 });
  });

  it("sends nothing that was kept back as confidential, although its words are kept", async () => {
    const open = { ...DOCUMENTS["destination/channel"], confidential: true };
    await publish("destination/channel", open);
    await relay().hold("channel", { by: "amina", why: "it moves", since: Date.now() });
    const { id } = await deliver(confidential);
    await settled();
    await publish("destination/channel", DOCUMENTS["destination/channel"]);
    await step(91_000);
    await relay().release("channel");
    await step(2_000);
    await publish("destination/channel", open);
    await step(91_000);
    expect(await replay(id, "how=again")).toEqual({
      deliveries: [],
      reason: '"channel": nothing was sent there (confidential)',
    });
    expect(texts()).toEqual([]);
  });

  it("sends nothing that was never sent, and says why", async () => {
    await publish("mapping/gitlab/acme", {
      rules: [
        { name: "Shadow", on: "issue.*", to: "hook", mode: "shadow" },
        { name: "Missing", on: "issue.*", to: "later" },
      ],
    });
    const { id } = await deliver(issue);
    await settled();
    expect(await replay(id, "how=again")).toEqual({
      deliveries: [],
      reason:
        '"hook": its rule was in shadow mode, and sent nothing; "later": its message still waits to be sent',
    });
    expect(texts().filter((text) => !text.includes("cannot deliver"))).toEqual([]);
  });

  it("keeps the ledger's law, for recent events and for settled ones, across a crash", async () => {
    const { id } = await deliver(issue);
    await settled();
    for (let round = 0; round < 2; round += 1) {
      world.slack.workspace.faults.set({ on: "*", fault: "server_error", times: 1 });
      await replay(id, "how=again");
      await evict();
      await step(3_600_000);
    }
    expect(texts()).toHaveLength(3);
    expect(await admin("/ledger")).toMatchObject({
      total: { received: 1, delivered: 1, pending: 0, deliveries: { delivered: 3, pending: 0 } },
    });
    expect(await query("SELECT count(*) AS parked FROM outcomes WHERE parked = 1")).toEqual([
      { parked: 0 },
    ]);
  });

  it("sends nothing twice while it waits, however it is asked for", async () => {
    const { id } = await deliver(issue);
    await settled();
    await relay().hold("channel", { by: "amina", why: "it moves", since: Date.now() });
    expect(await replay(id, "how=again")).toMatchObject({ reason: null });
    expect(await replay(id, "how=again")).toEqual({
      deliveries: [],
      reason: '"channel": its message still waits to be sent',
    });
    expect(await replay(id, "how=today")).toEqual({
      deliveries: [],
      reason: '"channel": the same message still waits to be sent',
    });
    const rules = [{ ...TITLES_TO_CHANNEL.rules[0], message: "other words", to: ["channel"] }];
    await publish("mapping/gitlab/acme", { rules });
    expect(await replay(id, "how=today")).toMatchObject({ reason: null });
    await relay().release("channel");
    await step(2_000);
    expect(texts()).toEqual([title, title, "other words"]);
  });

  it("leaves alone what has not been decided yet", async () => {
    await publish("mapping/gitlab/acme", "{ not json");
    const { id } = await deliver(issue);
    await settled();
    const undecided = { deliveries: [], reason: "it waits to be decided for the first time" };
    expect(await replay(id, "how=again")).toEqual(undecided);
    await publish("mapping/gitlab/acme", TITLES_TO_CHANNEL);
    await step(91_000);
    await step(31_000);
    expect(texts()).toEqual([title]);
  });
});

describe("a test", () => {
  it("goes to one channel, says whose test it is, and leaves the rule's destination alone", async () => {
    await publish("mapping/gitlab/acme", DOCUMENTS["mapping/gitlab/acme"]);
    const { id } = await deliver(issue);
    await settled();
    const { reason, deliveries } = await replay(id, "how=test&to=channel&by=Amina");
    expect([reason, deliveries.length]).toEqual([null, 1]);
    const [first, message, ...more] = world.slack.workspace.messages;
    expect([first?.variables, more]).toMatchObject([{ title }, []]);
    expect(message?.text).toMatch(/^Test: /);
    expect(JSON.stringify(message?.blocks)).toContain("*Test*, sent by Amina from Causeway");
  });

  it("sends what a delivery said, or what each rule says today, once", async () => {
    const { id } = await deliver(issue);
    await settled();
    const [sent] = (await admin<Shown>(`/events/${id}`)).deliveries;
    await publish("mapping/gitlab/acme", {
      rules: [
        { name: "One", on: "issue.*", to: "channel", message: "today" },
        { name: "Two", on: "issue.*", to: "hook", message: "today" },
        { name: "Three", on: "issue.*", to: "alerts", message: "and this", mode: "shadow" },
      ],
    });
    await replay(id, `how=test&to=alerts&delivery=${sent?.id}`);
    await replay(id, "how=test&to=alerts");
    expect(texts().slice(1)).toEqual([`Test: ${title}`, "Test: today", "Test: and this"]);
    expect(await replay(id, "how=again")).toMatchObject({ reason: null });
    expect(texts().slice(4)).toEqual([title]);
  });

  it("tells a channel nothing confidential, and no workflow anything", async () => {
    const { id } = await deliver(confidential);
    await settled();
    expect(await replay(id, "how=test&to=channel")).toMatchObject({
      deliveries: [],
      reason: expect.stringContaining("confidential"),
    });
    expect(await replay(id, "how=test&to=support")).toMatchObject({
      deliveries: [],
      reason: expect.stringContaining("no channel"),
    });
    expect(world.fetched()).toBe(0);
  });

  it("leaves what failed where it failed", async () => {
    world.slack.workspace.faults.set({ on: "*", fault: "invalid_blocks", times: 2 });
    const { id } = await deliver(issue);
    await settled();
    await replay(id, "how=test&to=channel");
    expect(texts()).toEqual([`Test: ${title}`]);
    expect(await admin("/failures")).toMatchObject({
      items: [{ destination: "channel", code: "invalid_blocks", count: 1, examples: [`${id}.0`] }],
    });
  });

  it("decides nothing about the event, whatever becomes of it", async () => {
    const rules = [{ ...TITLES_TO_CHANNEL.rules[0], mode: "shadow" }];
    await publish("mapping/gitlab/acme", { rules });
    const { id } = await deliver(issue);
    await settled();
    const state = async () => (await admin<Shown>(`/events/${id}`)).state;
    const sums = async () => {
      const { filtered, delivered, failed, pending } = await relay().ledger();
      return { filtered, delivered, failed, pending };
    };
    const filtered = { filtered: 1, delivered: 0, failed: 0, pending: 0 };
    for (const isSettled of [false, true]) {
      if (isSettled) await step(3_600_000);
      await replay(id, "how=test&to=alerts");
      expect([await state(), await sums()]).toEqual(["filtered", filtered]);
      await step(2_000);
      world.slack.workspace.faults.set({ on: "*", fault: "invalid_blocks", times: 2 });
      await replay(id, "how=test&to=alerts");
      expect([await state(), await sums()]).toEqual(["filtered", filtered]);
      await step(2_000);
    }
    expect((await admin<Shown>(`/events/${id}`)).deliveries).toMatchObject([
      { role: "rule", state: "shadow" },
      { role: "test", state: "delivered" },
      { role: "test", state: "failed" },
      { role: "test", state: "delivered" },
      { role: "test", state: "failed" },
    ]);
    expect(await admin("/failures")).toMatchObject({ items: [] });
    expect(await admin("/events?state=filtered")).toMatchObject({ items: [{ id }] });
    const asked = await admin<{ items: unknown[] }>("/deliveries?role=test");
    expect(asked.items).toHaveLength(4);
    expect((await relay().weekActivity()).rules).toEqual([]);
  });

  it("is not sent where nothing is sent now: it would come when nobody remembers it", async () => {
    const { id } = await deliver(issue);
    await settled();
    await relay().hold("alerts", { by: "amina", why: "it moves", since: Date.now() });
    const { deliveries, reason } = await replay(id, "how=test&to=alerts");
    expect(deliveries).toEqual([]);
    expect(reason).toMatch(/^"alerts" is paused \(.*it moves.*[^.]$/);
  });

  it("does not become news when its destination becomes a workflow while it waits", async () => {
    const { id } = await deliver(issue);
    await settled();
    world.slack.workspace.faults.set({ on: "*", fault: "server_error", times: 1 });
    await replay(id, "how=test&to=alerts");
    await publish("destination/alerts", DOCUMENTS["destination/support"]);
    await step(91_000);
    await step(91_000);
    expect(texts()).toEqual([title]);
    expect((await admin<Shown>(`/events/${id}`)).deliveries.at(-1)).toMatchObject({
      state: "filtered",
      reason: "it was a test, and its destination is no channel any more",
    });
  });

  it("notifies nobody", async () => {
    const message = "<!channel> <!subteam^S0000000001|@leads> <@U0000000001> look";
    await publish("mapping/gitlab/acme", {
      rules: [{ name: "Loud", on: "issue.*", to: "channel", message }],
    });
    const { id } = await deliver(issue);
    await settled();
    await replay(id, "how=test&to=alerts");
    const [real, test] = world.slack.workspace.messages;
    expect(real?.text).toContain("<!channel>");
    expect(JSON.stringify([test?.text, test?.blocks])).not.toMatch(/<[!@]/);
    expect(test?.text).toBe("Test: @\u200bchannel @\u200bleads @\u200bU0000000001 look");
  });

  it("needs one destination that there is", async () => {
    const { id } = await deliver(issue);
    await settled();
    expect(await replay(id, "how=test&to=gone")).toMatchObject({
      reason: 'there is no destination "gone" to be used',
    });
    expect(await admin(`/events/${id}/replay?how=test`, { method: "POST" })).toMatchObject({
      error: { code: "bad_query", path: "to" },
    });
  });
});
