import { runInDurableObject } from "cloudflare:test";
import { exports } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DIRECTORY } from "../../src/relay/relay-name.ts";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import { put, refuseWrites } from "../publishing/publisher-world.ts";
import { admin, deliver, ORIGIN } from "../webhook.ts";
import {
  acme,
  bindings,
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

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const issue = acme(issueOpen);

let world: World;
let issues = 0;

beforeEach(async () => {
  world = await createWorld();
  await publish("mapping/gitlab/acme", TITLES_TO_CHANNEL);
});
afterEach(endWorld);

async function titled(title: string, path = "acme/widgets"): Promise<string> {
  const { id } = await deliver({
    ...issue,
    project: { ...issue.project, path_with_namespace: path },
    object_attributes: { ...issue.object_attributes, iid: (issues += 1), title },
  });
  await settled();
  return id;
}

function say<T>(verb: string, body: object, destination = "channel"): Promise<T> {
  return admin<T>(`/destinations/${destination}/${verb}`, {
    method: "POST",
    body: JSON.stringify(body),
  });
}

function pause(destination = "channel"): Promise<unknown> {
  return say("pause", { by: "amina", why: "the channel moves" }, destination);
}

function posted(): string[] {
  return world.slack.workspace.messages.map(({ text }) => text);
}

/** Everything goes to a webhook whose channel is archived. */
async function archiveHook(): Promise<void> {
  const [rule] = TITLES_TO_CHANNEL.rules;
  await publish("mapping/gitlab/acme", { rules: [{ ...rule, to: "hook" }] });
  world.slack.workspace.faults.set({ on: "/services/*", fault: "archived" });
}

async function codes(destination: string): Promise<string[]> {
  type Pauses = { items: { pauses: { destination: string; code: string }[] }[] };
  const { items } = await admin<Pauses>("/problems");
  return items.flatMap(({ pauses }) =>
    pauses.filter((each) => each.destination === destination).map(({ code }) => code),
  );
}

async function paused(): Promise<number> {
  const { paused: count } = await relay().health();
  return count;
}

describe("a destination that a person pauses", () => {
  it("keeps its queue, in order, until a person resumes it", async () => {
    await titled("before");
    expect(await pause()).toMatchObject({
      destination: "channel",
      by: "amina",
      why: "the channel moves",
      namespaces: ["acme"],
    });
    await titled("one");
    await titled("two");
    // Neither the probe of other pauses, nor an edited document, nor a crash ends it.
    await step(6 * MINUTE);
    await publish("destination/channel", {
      type: "channel",
      channel: "C0000000001",
      limit: "10/second",
    });
    await step(2 * MINUTE);
    await evict();
    await step(6 * MINUTE);
    expect(posted()).toEqual(["before"]);
    expect(await say("resume", { by: "bo" })).toMatchObject({
      namespaces: [{ namespace: "acme", result: "resumed" }],
    });
    await settled();
    await step(1_000);
    expect(posted()).toEqual(["before", "one", "two"]);
    expect(await paused()).toBe(0);
  });

  it("says who and why, in problems and in the health", async () => {
    await titled("before");
    await pause();
    const { items } = await admin<{ items: { pauses: object[] }[] }>("/problems");
    expect(items.flatMap(({ pauses }) => pauses)).toMatchObject([
      {
        destination: "channel",
        code: "paused_by_person",
        said: "paused by amina: the channel moves",
        fix: expect.stringContaining("until somebody resumes it"),
      },
    ]);
    expect(await paused()).toBe(1);
  });

  it("stays paused when a send that was under way succeeds", async () => {
    let pausing: Promise<unknown> = Promise.resolve();
    world.watch({ start: () => (pausing = pause()) });
    await titled("under way");
    await pausing;
    world.watch({});
    await titled("later");
    expect(posted()).toEqual(["under way"]);
    expect(await paused()).toBe(1);
  });

  it("stays paused when nothing waits any more, and when what waits is retried", async () => {
    await titled("before");
    await pause();
    await step(6 * MINUTE);
    expect(await paused()).toBe(1);
    const id = await titled("later");
    await admin(`/deliveries/${id}.0/retry`, { method: "POST" });
    await settled();
    expect(posted()).toEqual(["before"]);
  });

  it("never fails what waits, and holds up no other destination", async () => {
    await publish("mapping/gitlab/acme", {
      rules: [{ name: "Both", on: "issue.*", to: ["channel", "alerts"], message: "hi" }],
    });
    await pause();
    await titled("first");
    await pause();
    const id = await titled("both");
    await step(2 * DAY);
    const { deliveries } = await admin<{ deliveries: { destination: string; state: string }[] }>(
      `/events/${id}`,
    );
    expect(deliveries).toMatchObject([
      { destination: "channel", state: "pending" },
      { destination: "alerts", state: "delivered" },
    ]);
  });

  it("is paused as well in a namespace whose first event comes later", async () => {
    await publish("mapping/gitlab/later", TITLES_TO_CHANNEL);
    await pause();
    await titled("late", "later/thing");
    await settled("gitlab/later");
    expect(posted()).toEqual([]);
    expect(await say("resume", { by: "bo" })).toMatchObject({
      namespaces: [{ namespace: "later", result: "resumed" }],
    });
    await settled("gitlab/later");
    expect(posted()).toEqual(["late"]);
    await publish("mapping/gitlab/latest", TITLES_TO_CHANNEL);
    await titled("not held", "latest/thing");
    await settled("gitlab/latest");
    expect(posted()).toEqual(["late", "not held"]);
  });

  it("is resumed in a namespace that registers at that moment, which was told of the pause before", async () => {
    await publish("mapping/gitlab/later", TITLES_TO_CHANNEL);
    await pause();
    await runInDurableObject(relay(DIRECTORY), (directory) => {
      const register = directory.register.bind(directory);
      const methods = Object.getPrototypeOf(directory) as typeof directory;
      // Its answer is under way while somebody resumes.
      vi.spyOn(methods, "register").mockImplementationOnce((async (name: string) => {
        const holds = register(name);
        expect(holds).toHaveLength(1);
        directory.hold("channel", null);
        await relay(name).release("channel");
        return holds;
      }) as never);
    });
    await titled("late", "later/thing");
    await settled("gitlab/later");
    expect(await query("SELECT name FROM relays", "gitlab/later")).toHaveLength(1);
    expect(posted()).toEqual(["late"]);
  });

  it("that was published a moment ago can be paused, whatever KV still shows", async () => {
    const { mend } = await refuseWrites(() => "429 Too Many Requests");
    await put("destination/fresh", DOCUMENTS["destination/channel"]);
    expect(await bindings.MAPPINGS.get("destination/fresh")).toBeNull();
    expect(await pause("fresh")).toMatchObject({ destination: "fresh", by: "amina" });
    mend();
  });

  it("shows Slack's own pause again once it is resumed", async () => {
    await archiveHook();
    await titled("stuck");
    await pause("hook");
    expect(await codes("hook")).toEqual(["paused_by_person"]);
    await say("resume", { by: "bo" }, "hook");
    await settled();
    expect(await codes("hook")).toEqual(["channel_is_archived"]);
    world.slack.workspace.faults.clear();
    expect(await say("resume", { by: "bo" }, "hook")).toMatchObject({
      namespaces: [{ result: "tried" }],
    });
    await settled();
    expect(posted()).toContain("stuck");
    expect(await say("resume", { by: "bo" }, "hook")).toMatchObject({
      namespaces: [{ result: "not_paused" }],
    });
  });
});

it("resuming says whether it was paused, also where nothing ever came", async () => {
  await bindings.MAPPINGS.put("destination/quiet", JSON.stringify(DOCUMENTS["destination/hook"]));
  expect(await say("resume", { by: "bo" }, "quiet")).toMatchObject({ wasPaused: false });
  await pause("quiet");
  expect(await say("resume", { by: "bo" }, "quiet")).toMatchObject({ wasPaused: true });
});

describe("a request to pause, resume or discard", () => {
  async function ask(path: string, body: string): Promise<{ status: number; error: unknown }> {
    const response = await exports.default.fetch(
      new Request(`${ORIGIN}/admin/api/destinations${path}`, {
        method: "POST",
        headers: { authorization: "Bearer admin-token" },
        body,
      }),
    );
    const { error } = await response.json<{ error: unknown }>();
    return { status: response.status, error };
  }

  it("says what is wrong with it", async () => {
    for (const [path, body, status, error] of [
      ["/channel/pause", "not JSON", 400, { code: "bad_body" }],
      ["/channel/pause", "{}", 400, { path: "by", message: "expected who does it." }],
      ["/channel/pause", '{"by":"a"}', 400, { path: "why", message: "expected why." }],
      ["/channel/pause", '{"by":" ","why":"w"}', 400, { path: "by" }],
      ["/channel/resume", '{"by":""}', 400, { path: "by" }],
      ["/channel/discard", '{"by":"a"}', 400, { path: "why" }],
      ["/chanel/pause", '{"by":"a","why":"w"}', 404, { code: "unknown_destination" }],
      ["/chanel/resume", '{"by":"a"}', 404, { code: "unknown_destination" }],
      ["/chanel/discard", '{"by":"a","why":"w"}', 404, { code: "unknown_destination" }],
    ] as const) {
      expect(await ask(path, body)).toMatchObject({ status, error });
    }
    expect(await paused()).toBe(0);
  });
});

describe("a queue that nobody wants any more", () => {
  type Discarded = { discarded: number; more: boolean };

  it("is discarded as filtered with who and why, the sums add up, and its pause ends", async () => {
    await archiveHook();
    const ids = [await titled("one"), await titled("two"), await titled("three")];
    await evict();
    await step(1_000);
    expect(await codes("hook")).toEqual(["channel_is_archived"]);
    const why = { by: "amina", why: "the channel is gone" };
    expect(await say<Discarded>("discard", why, "hook")).toEqual({
      destination: "hook",
      discarded: 3,
      more: false,
    });
    await settled();
    for (const id of ids) {
      expect(await admin(`/events/${id}`)).toMatchObject({
        state: "filtered",
        reason: "given up by amina: the channel is gone",
      });
    }
    expect(await paused()).toBe(0);
    const { total } = await admin<{ total: object }>("/ledger");
    expect(total).toMatchObject({
      received: 3,
      filtered: 3,
      pending: 0,
      deliveries: { filtered: 3, pending: 0, failed: 0 },
    });
    world.slack.workspace.faults.clear();
    await evict();
    await step(10 * MINUTE);
    await titled("next");
    expect(posted()).toEqual([expect.stringContaining("Causeway cannot deliver"), "next"]);
    expect(await admin(`/deliveries/${ids[0]}.0/retry`, { method: "POST" })).toMatchObject({
      error: { code: "not_a_delivery" },
    });
  });

  it("is ended page by page, whether its events are settled or recent", async () => {
    await pause();
    for (const title of ["a", "b", "c"]) await titled(title);
    // Retention settles what is old, and deletes nothing that waits.
    await step(8 * DAY);
    for (const title of ["d", "e"]) await titled(title);
    const parked = await query<{ n: number }>(
      "SELECT count(*) AS n FROM outcomes WHERE parked = 1",
    );
    expect(parked).toEqual([{ n: 3 }]);
    expect(await relay().discard("channel", "gone", 4)).toEqual({ discarded: 4, more: true });
    expect(await relay().discard("channel", "gone", 4)).toEqual({ discarded: 1, more: false });
    expect(await relay().discard("channel", "gone", 4)).toEqual({ discarded: 0, more: false });
    await say("resume", { by: "bo" });
    await settled();
    expect(posted()).toEqual([]);
    expect(await relay().ledger()).toMatchObject({ received: 5, filtered: 5, pending: 0 });
  });

  it("keeps what is being sent at that moment", async () => {
    await titled("before");
    let discarding: Promise<Discarded> = Promise.resolve({ discarded: 0, more: false });
    world.watch({
      start: async () => {
        world.watch({});
        await deliver(issue);
        discarding = say<Discarded>("discard", { by: "amina", why: "gone" });
        await discarding;
      },
    });
    const id = await titled("under way");
    await settled();
    expect((await discarding).discarded).toBeLessThanOrEqual(1);
    expect(await admin(`/events/${id}`)).toMatchObject({ state: "delivered" });
    expect(posted()).toEqual(["before", "under way"]);
  });
});
