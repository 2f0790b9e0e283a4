import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { admin } from "../../webhook.ts";
import { endWorld, evict, query, settled, step } from "../../world.ts";
import { createStuckWorld, type StuckWorld } from "../../stuck-world.ts";
import { visit } from "./visit.ts";
import { saidTo } from "./said-to.ts";

let world: StuckWorld;
beforeEach(async () => {
  world = await createStuckWorld();
});
afterEach(endWorld);

type Pause = { destination: string; code: string; said: string };

async function pauses(): Promise<Pause[]> {
  const { items } = await admin<{ items: { pauses: Pause[] }[] }>("/problems");
  return items.flatMap((item) => item.pauses);
}

/** Sends a form; returns where it leads, and the notice that waits there. */
async function press(
  path: string,
  form: Record<string, string>,
): Promise<{ to: string; said: string }> {
  const response = await visit(path, { form });
  return { to: response.headers.get("location") ?? "", said: saidTo(response) };
}

describe("a destination in the console", () => {
  it("is paused by name and reason, and resumed: what waited is sent", async () => {
    await world.titled("before");
    const paused = await press("/admin/destinations/channel/pause", {
      why: "the channel moves",
      back: "/admin/destinations?q=ch",
    });
    expect(paused).toEqual({
      to: "/admin/destinations?q=ch",
      said: expect.stringContaining("channel is paused"),
    });
    expect(await pauses()).toMatchObject([
      {
        destination: "channel",
        code: "paused_by_person",
        said: "paused by Amina Okafor: the channel moves",
      },
    ]);
    await world.titled("waits");
    expect(world.posted()).toEqual(["before"]);
    const resumed = await press("/admin/destinations/channel/resume", { back: "/admin/failed" });
    expect(resumed.said).toContain("channel goes on");
    await settled();
    expect(world.posted()).toEqual(["before", "waits"]);
    expect(await pauses()).toEqual([]);
  });

  it("is tried at once where it stopped by itself", async () => {
    world.slack.workspace.faults.set({ on: "/api/chat.postMessage", fault: "archived", times: 1 });
    await world.titled("waits");
    expect(await pauses()).toMatchObject([{ code: "is_archived" }]);
    const resumed = await press("/admin/destinations/channel/resume", { back: "/admin/failed" });
    expect(resumed.said).toContain("One message to channel is tried now");
    await settled();
    expect(world.posted()).toContain("waits");
  });

  it("is really tried, also by a Relay that has just started, and says when it was", async () => {
    const tries = () =>
      world.slack.workspace.requests.filter(({ path }) => path.endsWith("chat.postMessage")).length;
    world.slack.workspace.faults.set({ on: "/api/chat.postMessage", fault: "archived" });
    await world.titled("waits");
    for (const restart of [false, true]) {
      await step(20_000);
      if (restart) await evict();
      const before = tries();
      await press("/admin/destinations/channel/resume", {});
      const pressed = await (await visit("/admin/destinations?name=channel")).text();
      expect(pressed).toMatch(/A message is tried now|Last tried/);
      await settled();
      expect(tries()).toBe(before + 1);
      const html = await (await visit("/admin/destinations?name=channel")).text();
      expect(html.replace(/<[^>]*>/g, "")).toMatch(/Last tried (just now|0|1|[a-z0-9 ]*second)/);
      expect(html).not.toContain("A message is tried now");
    }
  });

  it("that does not exist has nothing to be paused or given up", async () => {
    for (const act of ["pause", "discard"]) {
      const answer = await visit(`/admin/destinations/nosuch/${act}`);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain("There is no destination &quot;nosuch&quot;");
    }
  });

  it("gives a viewer no form to pause it or to give up what waits", async () => {
    await press("/admin/destinations/channel/pause", { why: "it moves" });
    await world.titled("waits");
    for (const act of ["pause", "discard"]) {
      const path = `/admin/destinations/channel/${act}`;
      expect(await (await visit(path)).text()).toContain(`action="${path}"`);
      const seen = await (await visit(path, { role: "view" })).text();
      expect(seen).not.toContain(`action="${path}"`);
      expect(seen).toContain("Only an editor can do this");
    }
  });

  it("is come back to at the button that was pressed", async () => {
    const html = await (await visit("/admin/destinations")).text();
    const [, back = ""] = /name="back" value="([^"]*#pause-channel)"/.exec(html) ?? [];
    expect(html).toContain('id="pause-channel"');
    const { to } = await press("/admin/destinations/channel/pause", { why: "it moves", back });
    expect(to).toBe(back);
    expect(await (await visit(to)).text()).toContain('id="pause-channel"');
  });

  it("is neither paused nor given up without a reason", async () => {
    await world.titled("before");
    const form = { why: "  ", back: "/admin/failed" };
    const paused = await visit("/admin/destinations/channel/pause", { form });
    expect(paused.status).toBe(400);
    expect(await paused.text()).toContain("Say why");
    expect(await pauses()).toEqual([]);
  });

  it("asks before what waits is given up, and says that it cannot be undone", async () => {
    await press("/admin/destinations/channel/pause", { why: "it is gone" });
    await world.titled("one");
    await world.titled("two", "other/thing");
    const asked = await (
      await visit("/admin/destinations/channel/discard?back=/admin/failed")
    ).text();
    expect(asked).toContain("This cannot be undone.");
    expect(asked).toContain("Give up 2 messages");
    const without = await visit("/admin/destinations/channel/discard", { form: { why: "" } });
    expect(without.status).toBe(400);

    const done = await press("/admin/destinations/channel/discard", {
      why: "nobody reads it",
      back: "/admin/failed",
    });
    expect(done).toEqual({
      to: "/admin/failed",
      said: expect.stringContaining("2 messages to channel given up."),
    });
    expect(await query("SELECT state, reason FROM outcomes")).toEqual([
      { state: "filtered", reason: "given up by Amina Okafor: nobody reads it" },
    ]);
    await press("/admin/destinations/channel/resume", {});
    await settled();
    expect(world.posted()).toEqual([]);
  });

  it("that there is none of is refused by name", async () => {
    for (const verb of ["pause", "resume", "discard"]) {
      const done = await press(`/admin/destinations/chanel/${verb}`, { why: "a slip" });
      expect(done.said).toContain('There is no destination \\"chanel\\"');
    }
    expect(await pauses()).toEqual([]);
  });

  it("is not touched by a viewer", async () => {
    for (const verb of ["pause", "resume", "discard"]) {
      const form = { why: "I may not", back: "/admin" };
      const response = await visit(`/admin/destinations/channel/${verb}`, { role: "view", form });
      expect(response.status).toBe(403);
    }
    expect(await pauses()).toEqual([]);
  });
});
