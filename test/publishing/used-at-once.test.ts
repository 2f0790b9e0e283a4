import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Heads } from "../../src/publishing/heads.ts";
import { Relay } from "../../src/relay/relay.ts";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import { admin, deliver } from "../webhook.ts";
import {
  acme,
  bindings,
  createWorld,
  endWorld,
  evict,
  query,
  publish,
  settled,
  step,
  type World,
} from "../world.ts";
import { AMINA, createSlackWorld, RELAY } from "../relay/slack-world.ts";
import { ask, MAPPING, put, refuseWrites, saying, written } from "./publisher-world.ts";

const issue = acme(issueOpen);
const DOWN = "KV PUT failed: 500 Internal Server Error";

describe("what is published", () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld();
    await publish(MAPPING, saying("one"));
  });
  afterEach(endWorld);

  const said = (): string[] => world.slack.workspace.messages.map(({ text }) => text);

  async function send(): Promise<string> {
    const { id } = await deliver(issue);
    await settled();
    return id;
  }

  it("is used at once by a Relay that has just read the old copy", async () => {
    await send();
    await put(MAPPING, saying("two"));
    await written();
    await send();
    expect(said()).toEqual(["one", "two"]);
  });

  it("is used while KV shows the old text, also after an eviction", async () => {
    await send();
    const { mend } = await refuseWrites(() => DOWN);
    await put(MAPPING, saying("two"));
    await written();
    await send();
    await evict();
    const reads = vi.spyOn(bindings.MAPPINGS, "getWithMetadata");
    await send();
    expect(reads.mock.calls.map(([key]) => String(key))).not.toContain(MAPPING);
    // A minute and a half of staleness, and longer when KV does not take it: the Relay is told again.
    for (let n = 0; n < 6; n += 1) {
      await step(30_000, "publisher");
      await send();
    }
    expect(said()).toEqual(["one", ...Array.from({ length: 8 }, () => "two")]);
    mend();
  });

  it("goes by KV again when that has had time to spread it: an edit by hand is used then", async () => {
    await send();
    await put(MAPPING, saying("two"));
    await written();
    await publish(MAPPING, saying("by hand"));
    vi.setSystemTime(Date.now() + 89_000);
    await send();
    vi.setSystemTime(Date.now() + 2_000);
    await send();
    expect(said()).toEqual(["one", "two", "by hand"]);
  });

  it.each(["{ not JSON", '{"rulez":[]}'])(
    "stays in use, also after an eviction, when somebody puts %s in its place by hand",
    async (broken) => {
      await send();
      await put(MAPPING, saying("two"));
      await written();
      await publish(MAPPING, broken);
      expect((await ask<{ text: string }>(`/documents/${MAPPING}`)).body.text).toBe(broken);
      await written();
      await send();
      expect(await admin("/problems")).toMatchObject({
        items: [{ documents: [{ key: MAPPING, using: "the last good copy" }] }],
      });
      await evict();
      await send();
      expect(said()).toEqual(["one", "two", "two"]);
      await publish(MAPPING, saying("mended"));
      await step(31_000);
      await send();
      expect(said().at(-1)).toBe("mended");
    },
  );

  it("ends what a Relay was told before, however long it was to hold it, also when it hears of it late", async () => {
    await send();
    const { mend } = await refuseWrites(() => DOWN);
    await put(MAPPING, saying("two"));
    await written();
    const spy = vi.spyOn(Relay.prototype, "learn").mockRejectedValue(new Error("Connection lost."));
    mend();
    await put(MAPPING, saying("three"));
    await step(300_000, "publisher");
    expect(await bindings.MAPPINGS.get(MAPPING)).toBe(JSON.stringify(saying("three")));
    await publish(MAPPING, saying("by hand"));
    vi.setSystemTime(Date.now() + 120_000);
    spy.mockRestore();
    await step(300_000, "publisher");
    await send();
    expect(said()).toEqual(["one", "by hand"]);
  });

  it("is held no longer than KV needs when it is written while the directory is asked", async () => {
    await send();
    const wrote = vi.spyOn(Heads.prototype, "wrote");
    const really = Object.getOwnPropertyDescriptors(Relay.prototype).names.value;
    const spy = vi.spyOn(Relay.prototype, "names").mockImplementation(async function (this: Relay) {
      while (wrote.mock.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      vi.setSystemTime(Date.now() + 1_000);
      return really?.call(this) ?? [];
    } as never);
    await put(MAPPING, saying("two"));
    await written();
    expect(spy).toHaveBeenCalled();
    spy.mockRestore();
    await publish(MAPPING, saying("by hand"));
    vi.setSystemTime(Date.now() + 91_000);
    await send();
    expect(said()).toEqual(["one", "by hand"]);
  });

  it("includes new destinations, and ones that are gone", async () => {
    await send();
    const { mend } = await refuseWrites(() => DOWN);
    await put("destination/new", { type: "channel", channel: "C0000000002", limit: "none" });
    await put(MAPPING, { rules: [{ name: "All", on: "issue.open", to: "new", message: "three" }] });
    await written();
    await send();
    expect(world.slack.workspace.messages.at(-1)).toMatchObject({ channel: "C0000000002" });
    await put(MAPPING, null);
    await written();
    const id = await send();
    expect(await admin(`/events/${id}`)).toMatchObject({
      state: "filtered",
      reason: "no mapping for its path",
    });
    mend();
  });

  it("mends what made events wait, and what paused a destination, without waiting for KV", async () => {
    await publish(MAPPING, "{");
    const id = await send();
    expect(await admin(`/events/${id}`)).toMatchObject({ state: "pending" });
    await put(MAPPING, {
      rules: [{ name: "All", on: "issue.open", to: "later", message: "late" }],
    });
    await written();
    await settled();
    expect(JSON.stringify(await admin("/problems"))).toContain("destination_missing");
    await put("destination/later", { type: "channel", channel: "C0000000002" });
    await written();
    await settled();
    expect(said().filter((text) => !text.includes("Causeway cannot deliver"))).toEqual(["late"]);
    expect(await admin("/problems")).toEqual({ items: [] });
  });

  it("includes the people that the Relay knows, and no others", async () => {
    await publish(MAPPING, {
      rules: [
        { name: "All", on: "issue.open", to: "channel", message: "{{ event.actor | mention }}" },
      ],
    });
    await send();
    const username = issue.user.username.toLowerCase();
    const { mend } = await refuseWrites(() => DOWN);
    await put(`person/${username}`, { slack: "U0000000001" });
    await put("person/stranger", { slack: "U0000000002" });
    await written();
    await send();
    expect(said().at(-1)).toBe("<@U0000000001>");
    const rows = await query<{ key: string }>(
      "SELECT key FROM documents WHERE key GLOB 'person/*'",
    );
    expect(rows.map(({ key }) => key)).toContain(`person/${username}`);
    expect(rows.map(({ key }) => key)).not.toContain("person/stranger");
    mend();
  });

  it("reaches the Relays that it concerns alone", async () => {
    await send();
    await deliver({ ...issue, project: { ...issue.project, path_with_namespace: "other/thing" } });
    await settled("gitlab/other");
    await put("mapping/gitlab/acme/widgets", saying("three"));
    await put("mapping/slack/C0000000001", { rules: [] });
    await put("mapping/gitlab/*", { rules: [] });
    await written();
    const held = async (name: string): Promise<string[]> =>
      (
        await query<{ key: string }>(
          "SELECT key FROM documents WHERE held_until IS NOT NULL ORDER BY key",
          name,
        )
      ).map(({ key }) => key);
    expect(await held("gitlab/acme")).toEqual(["mapping/gitlab/*", "mapping/gitlab/acme/widgets"]);
    expect(await held("gitlab/other")).toEqual(["mapping/gitlab/*"]);
  });

  it("reaches a Relay later that cannot be told now", async () => {
    await send();
    const { mend } = await refuseWrites(() => DOWN);
    const spy = vi.spyOn(Relay.prototype, "learn").mockImplementation(async () => {
      throw new Error("Network connection lost.");
    });
    await put(MAPPING, saying("two"));
    await written();
    await send();
    spy.mockRestore();
    await step(2_000, "publisher");
    await send();
    expect(said()).toEqual(["one", "one", "two"]);
    mend();
  });

  it("reaches a Relay whose first event comes while KV does not have it", async () => {
    const { mend } = await refuseWrites(() => DOWN);
    await put("mapping/gitlab/fresh", saying("two"));
    await written();
    const fresh = { ...issue, project: { ...issue.project, path_with_namespace: "fresh/one" } };
    await deliver(fresh);
    await settled("gitlab/fresh");
    await step(61_000, "publisher");
    await deliver(fresh);
    await settled("gitlab/fresh");
    expect(said()).toEqual(["two"]);
    mend();
  });

  it("is told no more once KV has it", async () => {
    await send();
    await put(MAPPING, saying("two"));
    await written();
    expect(await query("SELECT * FROM telling", "publisher")).toEqual([]);
    expect(await bindings.MAPPINGS.get(MAPPING)).toBe(JSON.stringify(saying("two")));
  });
});

describe("what is published for Slack's events", () => {
  afterEach(endWorld);

  it("names people at once, also after an eviction and before KV has them", async () => {
    const world = await createSlackWorld();
    await world.rules({
      on: "reaction.eyes",
      to: "thread",
      message: "You are {{ event.actor.gitlab }}.",
    });
    const answers = async (): Promise<string[]> => {
      const { channel } = world.question;
      await world.react(AMINA, "eyes", world.slack.people.say(AMINA, channel, "Look at this."));
      // A channel gets one answer a second.
      await step(2_000, RELAY);
      return world.answers().map(({ text }) => text);
    };
    expect(await answers()).toEqual(["You are ."]);
    const { mend } = await refuseWrites(() => DOWN);
    await put("person/amina.k", { slack: AMINA });
    await written();
    expect((await answers()).at(-1)).toBe("You are amina.k.");
    await evict(RELAY);
    expect((await answers()).at(-1)).toBe("You are amina.k.");
    await put("person/amina.k", null);
    await written();
    expect((await answers()).at(-1)).toBe("You are .");
    mend();
  });
});
