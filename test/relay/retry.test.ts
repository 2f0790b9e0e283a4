import { afterEach, beforeEach, describe, expect, it, test, vi } from "vitest";
import type { FaultName } from "../../src/sandbox/faults.ts";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import { admin, deliver } from "../webhook.ts";
import {
  acme,
  createWorld,
  endWorld,
  evict,
  publish,
  query,
  settled,
  step,
  TITLES_TO_CHANNEL,
  type World,
} from "../world.ts";

const HOUR = 3_600_000;
const issue = acme(issueOpen);

type Shown = {
  state: string;
  deliveries: {
    id: string;
    destination: string;
    state: string;
    reason: string | null;
    role: string;
    attempts: { status: number | null; answer: string }[];
  }[];
};

describe("a send that does not succeed", () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld();
    await publish("mapping/gitlab/acme", TITLES_TO_CHANNEL);
  });
  afterEach(endWorld);

  test.for<{ fault: FaultName; posted: number }>([
    { fault: "server_error", posted: 1 },
    { fault: "html_error", posted: 1 },
    { fault: "cut", posted: 1 },
    { fault: "internal_error", posted: 1 },
    { fault: "cut_after_accept", posted: 2 },
    { fault: "fatal_error", posted: 2 },
  ])("is tried again after $fault, and posted $posted times in all", async ({ fault, posted }) => {
    world.slack.workspace.faults.set({ on: "*", fault, times: 1 });
    const { id } = await deliver(issue);
    await settled();
    expect(await admin(`/events/${id}`)).toMatchObject({ state: "pending" });
    await evict();
    await step(HOUR);
    expect(await admin(`/events/${id}`)).toMatchObject({ state: "delivered" });
    expect(world.slack.workspace.messages).toHaveLength(posted);
  });

  it("waits exactly as long as Retry-After says, the whole destination", async () => {
    world.slack.workspace.faults.set({ on: "*", fault: "rate_limited", retryAfter: 40, times: 1 });
    await deliver(issue);
    await settled();
    await deliver({ ...issue, object_attributes: { ...issue.object_attributes, iid: 2 } });
    await settled();
    await step(39_000);
    expect(world.slack.workspace.messages).toHaveLength(0);
    expect(world.fetched()).toBe(1);
    await step(1_100);
    expect(world.slack.workspace.messages).toHaveLength(2);
  });

  it("waits a minute when a 429 says nothing", async () => {
    world.slack.workspace.faults.set({
      on: "*",
      fault: "rate_limited_without_retry_after",
      times: 1,
    });
    await deliver(issue);
    await settled();
    await step(59_000);
    expect(world.fetched()).toBe(1);
    await step(1_100);
    expect(world.slack.workspace.messages).toHaveLength(1);
  });

  it("holds back its own subject and nothing else, and the order of the subject is kept", async () => {
    world.slack.workspace.faults.set({ on: "*", fault: "server_error", times: 1 });
    const titled = (iid: number, title: string) =>
      deliver({ ...issue, object_attributes: { ...issue.object_attributes, iid, title } });
    await titled(1, "one, first");
    await settled();
    await titled(1, "one, second");
    await titled(2, "two");
    await settled();
    expect(world.slack.workspace.messages.map(({ text }) => text)).toEqual(["two"]);
    await step(HOUR);
    await step(HOUR);
    expect(world.slack.workspace.messages.map(({ text }) => text)).toEqual([
      "two",
      "one, first",
      "one, second",
    ]);
  });

  it("is sent as plain text when Slack refuses the blocks", async () => {
    world.slack.workspace.faults.set({ on: "*", fault: "invalid_blocks", times: 1 });
    const { id } = await deliver(issue);
    await settled();
    expect(world.slack.workspace.messages.map(({ text, blocks }) => [text, blocks])).toEqual([
      [issue.object_attributes.title, []],
    ]);
    const { deliveries } = await admin<Shown>(`/events/${id}`);
    expect(deliveries[0]?.reason).toMatch(
      /^sent as plain text: Slack refused the blocks \(invalid_blocks/,
    );
  });

  it("fails for good when Slack refuses the plain text too, and can be retried by hand", async () => {
    world.slack.workspace.faults.set({ on: "*", fault: "invalid_blocks", times: 2 });
    const { id } = await deliver(issue);
    await settled();
    const failed = await admin<Shown>(`/events/${id}`);
    expect(failed).toMatchObject({ state: "failed", deliveries: [{ attempts: [{}, {}] }] });
    expect(await admin("/ledger")).toMatchObject({ total: { received: 1, failed: 1 } });
    const delivery = failed.deliveries[0]?.id ?? "";
    expect(await admin(`/deliveries/${delivery}/retry`, { method: "POST" })).toMatchObject({
      state: "pending",
    });
    await settled();
    expect(await admin(`/events/${id}`)).toMatchObject({ state: "delivered" });
    expect(await admin("/ledger")).toMatchObject({
      total: { received: 1, delivered: 1, failed: 0 },
    });
    expect(await admin(`/deliveries/${delivery}/retry`, { method: "POST" })).toMatchObject({
      error: { code: "already_delivered" },
    });
  });

  it("is in doubt when what came of it cannot be written, and goes on by itself", async () => {
    await query(
      "CREATE TRIGGER full BEFORE UPDATE ON outcomes BEGIN SELECT RAISE(FAIL, 'disk full'); END",
    );
    const { id } = await deliver(issue);
    await expect.poll(() => world.slack.workspace.messages.length).toBe(1);
    await expect.poll(async () => await query("DROP TRIGGER IF EXISTS full")).toEqual([]);
    await step(16_000);
    await step(HOUR);
    expect(await admin(`/events/${id}`)).toMatchObject({
      state: "delivered",
      deliveries: [{ attempts: [{ status: null }, { status: 200 }] }],
    });
    expect(await admin("/ledger")).toMatchObject({ total: { deliveries: { inDoubt: 1 } } });
    expect(world.slack.workspace.messages).toHaveLength(2);
  });

  it("is given up after a day of waiting, and counted as failed", async () => {
    world.slack.workspace.faults.set({ on: "*", fault: "server_error" });
    const { id } = await deliver(issue);
    await settled();
    let hours = 0;
    while ((await admin<Shown>(`/events/${id}`)).state === "pending" && hours < 200) {
      await step(HOUR);
      hours += 1;
    }
    expect(await admin(`/events/${id}`)).toMatchObject({
      state: "failed",
      deliveries: [{ reason: expect.stringMatching(/^gave up after a day of retries/) }],
    });
    expect(hours).toBeGreaterThan(23);
  });
});

describe("a destination that takes nothing", () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld();
    await publish("mapping/gitlab/acme", TITLES_TO_CHANNEL);
  });
  afterEach(endWorld);

  test.for<{ fault: FaultName; said: string; fix: string }>([
    { fault: "archived", said: "is_archived", fix: "Unarchive it" },
    { fault: "not_in_channel", said: "not_in_channel", fix: "/invite @Causeway" },
    { fault: "revoked", said: "token_revoked", fix: "SLACK_BOT_TOKEN" },
    {
      fault: "missing_scope",
      said: "missing_scope; needed: chat:write",
      fix: "slack-app-manifest.yaml",
    },
  ])(
    "pauses on $said, tells ALERTS_TO once with the fix, keeps its queue and drains by itself",
    async ({ fault, said, fix }) => {
      world.slack.workspace.faults.set({ on: "*", fault, times: 1 });
      const titles = ["first", "second", "third"];
      for (const [iid, title] of titles.entries()) {
        await deliver({ ...issue, object_attributes: { ...issue.object_attributes, iid, title } });
        await settled();
      }
      const alerts = world.slack.workspace.messages;
      expect(alerts.map(({ channel }) => channel)).toEqual(["C0000000005"]);
      expect(alerts[0]?.text).toContain(said);
      expect(alerts[0]?.text).toContain(fix);
      expect(await admin("/problems")).toMatchObject({
        items: [{ namespace: "acme", pauses: [{ destination: "channel", said }] }],
      });
      expect(await admin("/ledger")).toMatchObject({ total: { received: 3, pending: 3 } });

      await step(4 * 60_000);
      expect(world.slack.workspace.messages).toHaveLength(1);
      await step(61_000);
      expect(world.slack.workspace.messages.map(({ text }) => text).slice(1)).toEqual(titles);
      expect(await admin("/problems")).toEqual({ items: [] });
      expect(await admin("/ledger")).toMatchObject({
        total: { received: 3, delivered: 3, pending: 0 },
      });
    },
  );

  it("does not count the pause against the day of retries", async () => {
    world.slack.workspace.channels.find(({ id }) => id === "C0000000001")!.isArchived = true;
    const { id } = await deliver(issue);
    await settled();
    for (let hours = 0; hours < 30; hours += 1) await step(HOUR);
    expect(await admin(`/events/${id}`)).toMatchObject({ state: "pending" });
    world.slack.workspace.channels.find(
      ({ id: channel }) => channel === "C0000000001",
    )!.isArchived = false;
    await step(HOUR);
    expect(await admin(`/events/${id}`)).toMatchObject({ state: "delivered" });
    expect(
      world.slack.workspace.messages.filter(({ channel }) => channel === "C0000000005"),
    ).toHaveLength(1);
  });

  test.for([
    {
      name: "is not published",
      document: null,
      said: "there is no document destination/nowhere in KV",
      fix: "Publish destination/nowhere",
    },
    {
      name: "cannot be read",
      document: '{"type": "chanel"}',
      said: "destination/nowhere cannot be used",
      fix: "Correct destination/nowhere",
    },
    {
      name: "names a secret that is not set",
      document: { type: "webhook", url: "secret:NOT_SET" },
      said: "the Worker has no secret NOT_SET",
      fix: "wrangler secret put NOT_SET",
    },
    {
      name: "has an address that is not Slack's",
      document: { type: "webhook", url: "https://evil.example/x?token=hush" },
      said: "the origin https://evil.example is not one of SLACK_HOOK_ORIGINS",
      fix: "Use a URL that Slack gave you",
    },
  ])(
    "pauses when it $name, and delivers once that is put right",
    async ({ document, said, fix }) => {
      if (document !== null) await publish("destination/nowhere", document);
      await publish("mapping/gitlab/acme", {
        rules: [{ name: "All", on: "issue.*", to: "nowhere", message: "{{ event.title }}" }],
      });
      const { id } = await deliver(issue);
      await settled();
      const [alert] = world.slack.workspace.messages;
      expect(alert?.text).toContain(said);
      expect(alert?.text).toContain(fix);
      expect(JSON.stringify(world.slack.workspace.messages)).not.toContain("hush");
      expect(await admin(`/events/${id}`)).toMatchObject({ state: "pending" });
      await publish("destination/nowhere", { type: "channel", channel: "C0000000001" });
      await step(5 * 60_000 + 100);
      expect(await admin(`/events/${id}`)).toMatchObject({ state: "delivered" });
      expect(world.slack.workspace.messages.at(-1)?.text).toBe(issue.object_attributes.title);
    },
  );

  it("takes what waits when its document names another channel, without waiting for the probe", async () => {
    world.slack.workspace.faults.set({ on: "*", fault: "archived", times: 1 });
    await deliver(issue);
    await settled();
    await publish("destination/channel", { type: "channel", channel: "C0000000002" });
    await step(56_000);
    await step(20_000);
    expect(world.slack.workspace.messages.at(-1)).toMatchObject({
      channel: "C0000000002",
      text: issue.object_attributes.title,
    });
    expect(await admin("/problems")).toEqual({ items: [] });
  });

  it("gets what is fit for it when its kind has changed while something waited", async () => {
    world.slack.workspace.faults.set({ on: "*", fault: "archived", times: 1 });
    await deliver(issue);
    await settled();
    await publish("destination/channel", {
      type: "workflow",
      url: "secret:TRIGGER_URL",
      variables: ["title"],
    });
    await step(301_000);
    expect(world.slack.workspace.messages.at(-1)).toMatchObject({
      via: "workflow",
      variables: { title: issue.object_attributes.title },
    });
  });

  it("is told nothing confidential that waited when it may not be told any more", async () => {
    await publish("destination/channel", {
      type: "channel",
      channel: "C0000000001",
      confidential: true,
    });
    world.slack.workspace.faults.set({ on: "*", fault: "archived", times: 1 });
    const { id } = await deliver(issue, { hook: "Confidential Issue Hook" });
    await settled();
    await publish("destination/channel", { type: "channel", channel: "C0000000001" });
    await step(301_000);
    expect(await admin(`/events/${id}`)).toMatchObject({
      state: "filtered",
      deliveries: [{ state: "filtered", reason: "confidential" }, { role: "alert" }],
    });
    expect(world.slack.workspace.messages.map(({ channel }) => channel)).toEqual(["C0000000005"]);
    expect(await admin("/problems")).toEqual({ items: [] });
  });

  it("is not asked again and again when it says to come back at once", async () => {
    world.slack.workspace.faults.set({ on: "*", fault: "rate_limited", retryAfter: 0 });
    await deliver(issue);
    await settled();
    expect(world.fetched()).toBe(1);
  });

  it("never shows a part of its address, whatever the answer quotes", async () => {
    const secret = "abcdef0123456789abcdef0123456789";
    await publish("destination/channel", {
      type: "webhook",
      url: `https://slack.test/services/T0/B0/${secret}`,
      limit: "none",
    });
    const logged = vi.spyOn(console, "log");
    const warned = vi.spyOn(console, "warn");
    vi.mocked(globalThis.fetch).mockImplementationOnce(
      async (input) =>
        new Response(`no hook at ${new Request(input as RequestInfo).url}`, { status: 404 }),
    );
    const { id } = await deliver(issue);
    await settled();
    const everything = JSON.stringify([
      await admin(`/events/${id}`),
      await admin("/problems"),
      world.slack.workspace.messages,
      logged.mock.calls,
      warned.mock.calls,
    ]);
    expect(everything).toContain("no hook at …");
    expect(everything).not.toContain(secret);
  });
});
