import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, test, vi } from "vitest";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import { admin, deliver } from "../webhook.ts";
import { saying } from "../publishing/publisher-world.ts";
import {
  acme,
  bindings,
  createWorld,
  endWorld,
  evict,
  publish,
  relay,
  settled,
  step,
  type World,
} from "../world.ts";

const issue = acme(issueOpen);

/** Makes KV fail inside the Relay until the returned function is called. */
async function breakKv(how: (key: string) => Promise<never>): Promise<() => void> {
  let spy: { mockRestore: () => void } | undefined;
  await runInDurableObject(relay(), () => {
    spy = vi.spyOn(bindings.MAPPINGS, "getWithMetadata").mockImplementation(how as never);
  });
  return () => spy?.mockRestore();
}

describe("the documents in KV", () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld();
    await publish("mapping/gitlab/acme", saying("one"));
  });
  afterEach(endWorld);

  const said = (): string[] => world.slack.workspace.messages.map(({ text }) => text);

  async function send(): Promise<string> {
    const { id } = await deliver(issue);
    await settled();
    return id;
  }

  it("are read again after half a minute, well within the 90 s that are promised", async () => {
    await send();
    await publish("mapping/gitlab/acme", saying("two"));
    await send();
    await step(31_000);
    await send();
    expect(said()).toEqual(["one", "one", "two"]);
  });

  it("when one has a mistake, leave the last good copy in use, visibly", async () => {
    await send();
    await publish("mapping/gitlab/acme", { rulez: [] });
    await step(31_000);
    await send();
    expect(said()).toEqual(["one", "one"]);
    expect(await admin("/problems")).toMatchObject({
      items: [
        {
          namespace: "acme",
          documents: [
            {
              key: "mapping/gitlab/acme",
              using: "the last good copy",
              problem: expect.stringContaining('rulez: unknown key. Did you mean "rules"?'),
            },
          ],
        },
      ],
    });
    await publish("mapping/gitlab/acme", saying("mended"));
    await step(31_000);
    await send();
    expect(said()).toEqual(["one", "one", "mended"]);
    expect(await admin("/problems")).toEqual({ items: [] });
  });

  it("when KV fails, leave the last good copy in use, also after an eviction", async () => {
    await send();
    await evict();
    const mend = await breakKv(() => Promise.reject(new Error("KV GET failed: 500")));
    vi.setSystemTime(Date.now() + 31_000);
    await send();
    expect(said()).toEqual(["one", "one"]);
    expect(JSON.stringify(await admin("/problems"))).toContain(
      "KV could not be read: KV GET failed: 500",
    );
    mend();
  });

  test.for([
    { name: "KV cannot be read", breaks: true },
    { name: "the first version has a mistake", breaks: false },
  ])(
    "when $name and no good copy is known, let the event wait and then arrive",
    async ({ breaks }) => {
      const mend = breaks ? await breakKv(() => Promise.reject(new Error("KV is away"))) : () => {};
      if (!breaks) await publish("mapping/gitlab/acme", "{");
      const id = await send();
      expect(await admin(`/events/${id}`)).toMatchObject({
        state: "pending",
        reason: expect.stringContaining("cannot be used"),
      });
      expect(await admin("/ledger")).toMatchObject({ total: { received: 1, pending: 1 } });
      await evict();
      mend();
      await publish("mapping/gitlab/acme", saying("late"));
      await step(31_000);
      await step(31_000);
      expect(said()).toEqual(["late"]);
      expect(await admin("/ledger")).toMatchObject({
        total: { received: 1, delivered: 1, pending: 0 },
      });
    },
  );

  it("let other projects pass while one waits", async () => {
    await publish("mapping/gitlab/acme/broken", "{");
    await deliver({ ...issue, project: { ...issue.project, path_with_namespace: "acme/broken" } });
    await send();
    expect(said()).toEqual(["one"]);
  });

  it("that are deleted are absent, which is no mistake", async () => {
    await send();
    await bindings.MAPPINGS.delete("mapping/gitlab/acme");
    await step(31_000);
    const id = await send();
    expect(await admin(`/events/${id}`)).toMatchObject({
      state: "filtered",
      reason: "no mapping for its path",
    });
  });

  it("explain an event as they were when it came", async () => {
    const id = await send();
    await publish("mapping/gitlab/acme", {
      rules: [{ name: "Other", on: "push.*", to: "channel" }],
    });
    await step(31_000);
    await send();
    expect(await admin(`/events/${id}`)).toMatchObject({
      rules: [{ rule: "Opened", matched: true }],
    });
  });

  it("keep the order of a subject when its first event had to wait", async () => {
    const mend = await breakKv(() => Promise.reject(new Error("KV is away")));
    const titled = (title: string): unknown => ({
      ...issue,
      object_attributes: { ...issue.object_attributes, title },
    });
    await publish("mapping/gitlab/acme", saying("{{ event.title }}"));
    await deliver(titled("first"));
    await settled();
    mend();
    vi.setSystemTime(Date.now() + 6_000);
    await deliver(titled("second"));
    await settled();
    expect(said()).toEqual(["first", "second"]);
  });

  it("that have a mistake from the start make events wait, although there was none before", async () => {
    await bindings.MAPPINGS.delete("mapping/gitlab/acme");
    await send();
    await publish("mapping/gitlab/acme", { rules: "none" });
    await step(31_000);
    const id = await send();
    expect(await admin(`/events/${id}`)).toMatchObject({ state: "pending" });
    await publish("mapping/gitlab/acme", saying("mended"));
    await step(31_000);
    expect(said()).toEqual(["mended"]);
  });

  it("do not make an event arrive twice that is replayed while it waits", async () => {
    await publish("mapping/gitlab/acme", "{");
    const id = await send();
    await publish("mapping/gitlab/acme", saying("once"));
    vi.setSystemTime(Date.now() + 31_000);
    // Both replays, and the Relay's own next look, read the mapping at the same time.
    const { promise: bothAsked, resolve: goOn } = Promise.withResolvers<void>();
    const get = bindings.MAPPINGS.get.bind(bindings.MAPPINGS);
    const mend = await breakKv(async (key) => {
      await bothAsked;
      return (await get(key)) as never;
    });
    const replays = Promise.all(
      [1, 2].map(() => admin<{ deliveries: string[] }>(`/events/${id}/replay`, { method: "POST" })),
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    goOn();
    const [first, second] = await replays;
    mend();
    await settled();
    await step(31_000);
    expect(said()).toEqual(["once"]);
    expect(first).toEqual(second);
  });

  it("are kept as they were while an event that was matched against them is", async () => {
    await publish("mapping/gitlab/acme", {
      rules: [{ name: "Opened", on: "issue.open", to: "later", message: "the old words" }],
    });
    await send();
    await publish("mapping/gitlab/acme", saying("other words"));
    await step(31_000);
    await send();
    await step(9 * 24 * 3_600_000);
    await step(3_600_000);
    await publish("destination/later", { type: "channel", channel: "C0000000002" });
    await step(61_000);
    await step(61_000);
    const late = world.slack.workspace.messages.filter(({ channel }) => channel === "C0000000002");
    expect(late.map(({ text }) => text)).toEqual(["the old words"]);
  });

  it("that make too large a message do not stop those behind it", async () => {
    await publish("mapping/gitlab/acme", {
      rules: [
        {
          name: "Huge",
          on: "issue.open",
          to: "channel",
          message: {
            text: "{{ event.title }}",
            blocks: Array.from({ length: 50 }, () => ({
              type: "section",
              text: { type: "mrkdwn", text: "{{ event.text }}" },
            })),
          },
        },
      ],
    });
    await deliver({
      ...issue,
      object_attributes: {
        ...issue.object_attributes,
        title: "huge",
        description: "引".repeat(150_000),
      },
    });
    await settled();
    await send();
    expect(said()).toEqual(["huge", issue.object_attributes.title]);
  });
});
