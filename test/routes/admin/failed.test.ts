import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { publish, relay, settled, step, endWorld } from "../../world.ts";
import { createStuckWorld, type StuckWorld } from "../../stuck-world.ts";
import { rowsIn } from "./rows-in.ts";
import { visit } from "./visit.ts";
import { look } from "./look.ts";
import { wordsIn } from "./page.ts";

let world: StuckWorld;
beforeEach(async () => {
  world = await createStuckWorld();
});
afterEach(endWorld);

/** Sends a form, and returns where it leads. */
async function press(path: string, form: Record<string, string>): Promise<string> {
  const response = await visit(path, { form });
  expect(response.status).toBe(303);
  return response.headers.get("location") ?? "";
}

describe("/admin/failed", () => {
  it("says that all is well while it is", async () => {
    await world.titled("fine");
    expect(wordsIn(await look("/admin/failed"))).toContain("Nothing failed, and nothing is paused");
  });

  it("has a part for each cause, with the fix, how many and since when, over all namespaces", async () => {
    await world.gaveUp("one");
    await world.gaveUp("two", "other/thing");
    await world.refused("three");
    const html = await look("/admin/failed");
    expect(wordsIn(html)).toContain("It was not taken for a day");
    expect(wordsIn(html)).toContain("2 messages to channel failed.");
    expect(wordsIn(html)).toContain("See that whoever should take it is well again.");
    expect(wordsIn(html)).toContain("Slack refused the message as the rule writes it");
    expect(wordsIn(html)).toContain(
      "Correct the rule's message or variables".replace("'", "&#39;"),
    );
    expect(wordsIn(html)).toContain("Retry all that can be retried (2)");
  });

  it("says how a paused destination goes on: which channel the bot is to be invited to", async () => {
    world.slack.workspace.faults.set({
      on: "/api/chat.postMessage",
      fault: "not_in_channel",
      times: 1,
    });
    await world.titled("waits");
    const html = await look("/admin/failed");
    expect(wordsIn(html)).toContain("The bot is not in the channel");
    expect(wordsIn(html)).toMatch(
      /Invite the bot to (C0000000001|#\w+) : open the channel in Slack/,
    );
    expect(wordsIn(html)).toContain("channel is paused, and 1 message waits.");
    expect(wordsIn(html)).toContain("tried every 5 minutes, and sent by itself then");
    expect(html).toContain('action="/admin/destinations/channel/resume"');
    expect(html).toContain("/admin/events?destination=channel&amp;state=pending");
    const names = await look("/admin/channel-names?channel=C0000000001", { htmx: true });
    expect(names).toContain("C0000000001");
    expect(wordsIn(names)).toMatch(/#\w+/);
  });

  it("names who paused what, and why", async () => {
    await relay().hold("channel", { by: "Kim", why: "it moves", since: Date.now() });
    await world.titled("waits");
    const html = wordsIn(await look("/admin/failed"));
    expect(html).toContain("Paused by a person");
    expect(html).toContain("paused by Kim: it moves");
    expect(html).toContain("until somebody resumes it");
  });

  it("shows a viewer everything and no button", async () => {
    await world.gaveUp("one");
    const html = await look("/admin/failed", { role: "view" });
    expect(wordsIn(html)).toContain("1 message to channel failed.");
    expect(html).not.toContain('action="/admin/failed');
    const refused = await visit("/admin/failed/retry", {
      role: "view",
      form: { destination: "channel" },
    });
    expect(refused.status).toBe(403);
    expect(world.posted()).toEqual([]);
  });

  it("shows the messages of a cause one by one, with their rules, and what helps each", async () => {
    const id = await world.refused("<b>three</b>");
    const [event] = [id];
    const html = await look("/admin/failed/list?destination=channel&cause=invalid_blocks", {
      htmx: true,
    });
    expect(rowsIn(html)).toHaveLength(1);
    expect(html).toContain("&lt;b&gt;three&lt;/b&gt;");
    expect(html).toContain(`/admin/events/${event}`);
    expect(html).toContain("/admin/documents?key=mapping%2Fgitlab%2Facme&amp;rule=All");
    expect(html).toContain(`action="/admin/events/${event}/replay"`);
    expect(html).not.toContain('action="/admin/failed/retry"');
  });

  it("names the command that replays many at once, to those who may", async () => {
    await world.refused("three");
    expect(wordsIn(await look("/admin/failed"))).not.toContain("npx causeway replay");
    await world.refused("four");
    expect(wordsIn(await look("/admin/failed"))).toMatch(
      /npx causeway replay --since \d{4}-\d\d-\d\d --state failed --to channel/,
    );
    const seen = wordsIn(await look("/admin/failed", { role: "view" }));
    expect(seen).not.toContain("npx causeway replay");
  });

  it("replays what only a replay helps, to where it failed", async () => {
    const id = await world.refused("three");
    await publish("mapping/gitlab/acme", {
      rules: [{ name: "All", on: "issue.*", to: ["channel", "hook"], message: "corrected" }],
    });
    await step(60_000);
    await press(`/admin/events/${id}/replay`, {
      how: "today",
      to: "channel",
      back: "/admin/failed",
    });
    await settled();
    expect(world.posted()).toEqual(["corrected"]);
    expect(wordsIn(await look("/admin/failed"))).toContain("Nothing failed");
  });

  it("lists page by page, through all namespaces", async () => {
    for (let n = 0; n < 26; n += 1) await world.gaveUp(`one ${n}`);
    for (let n = 0; n < 3; n += 1) await world.gaveUp(`two ${n}`, "other/thing");
    const first = await look("/admin/failed/list?destination=channel&cause=gave_up");
    const next = /href="([^"]*cursor=[^"]*)"/.exec(first)?.[1]?.replaceAll("&amp;", "&") ?? "";
    const second = await look(next);
    expect(
      [...rowsIn(first), ...rowsIn(second)].map((row) => /(one|two) \d+/.exec(row)?.[0]),
    ).toEqual([...Array.from({ length: 26 }, (_, n) => `one ${n}`), "two 0", "two 1", "two 2"]);
    expect(second).not.toContain("cursor=");
  }, 30_000);

  it("sends one message again, and says so", async () => {
    const id = await world.gaveUp("one");
    const list = await look("/admin/failed/list?destination=channel&cause=gave_up", { htmx: true });
    expect(list).toContain(`value="${id}.0"`);
    const back = await press("/admin/failed/retry", { id: `${id}.0`, back: "/admin/failed" });
    expect(back).toBe("/admin/failed");
    await settled();
    expect(world.posted()).toEqual(["one"]);
    expect(wordsIn(await look("/admin/failed"))).toContain("Nothing failed");
  });

  it("goes back to pages of the console only", async () => {
    const id = await world.gaveUp("one");
    const form = { id: `${id}.0`, back: "https://elsewhere.example.com/admin" };
    expect(await press("/admin/failed/retry", form)).toBe("/admin");
  });
});

describe("a bulk retry", () => {
  it("sends what has a cause again, and says how many arrived and how many failed again", async () => {
    await world.gaveUp("one");
    await world.gaveUp("two");
    await world.refused("three");
    const run = await press("/admin/failed/retry", { destination: "channel", cause: "gave_up" });
    expect(run).toMatch(/^\/admin\/failed\/retries\/[\w-]{36}$/);
    await settled();
    expect(world.posted()).toEqual(["one", "two"]);
    const html = await look(run);
    expect(wordsIn(html)).toContain("2 messages were sent again");
    expect(wordsIn(html)).toContain("2 of 2 put back into the queues");
    expect(wordsIn(html)).toContain("2 arrived");
    expect(wordsIn(html)).not.toContain("failed again");
    expect(wordsIn(html)).toContain("Begun by Amina Okafor");
  });

  it("says which failed again, and links to them", async () => {
    const id = await world.gaveUp("one");
    world.slack.workspace.faults.set({ on: "*", fault: "invalid_blocks", times: 2 });
    const run = await press("/admin/failed/retry", { cause: "gave_up" });
    await settled();
    const html = await look(run);
    expect(wordsIn(html)).toContain("1 failed again");
    expect(html).toContain(`href="/admin/events/${id}"`);
  });

  it("goes on page by page, from where it was, for whoever looks again; and can be stopped", async () => {
    await world.manyGaveUp(103);
    await world.gaveUp("two", "other/thing");
    const run = await press("/admin/failed/retry", { back: "/admin" });
    await settled();
    expect(world.posted()).toHaveLength(100);
    const html = await look(run);
    expect(wordsIn(html)).toContain("100 of 104 put back");
    expect(html).toContain(`hx-post="${run}"`);
    const stopped = await look(`${run}?stopped`);
    expect(wordsIn(stopped)).toContain("Stopped");
    expect(stopped).not.toContain("hx-post");
    expect(stopped).toContain(`action="${run}"`);

    const viewer = await look(run, { role: "view" });
    expect(viewer).not.toContain("hx-post");
    const second = await look(run, { htmx: true, form: {} });
    expect(wordsIn(second)).toContain("103 of 104 put back");
    const third = await look(run, { htmx: true, form: {} });
    await settled();
    await settled("gitlab/other");
    expect(third).not.toContain("hx-post");
    expect(wordsIn(await look(run))).toMatch(/104 messages were sent again.*104 arrived/);
    const vals = (html: string) =>
      JSON.parse((/hx-vals="([^"]*)"/.exec(html)?.[1] ?? "").replaceAll("&quot;", '"') || "{}");
    expect(html).toMatch(/id="retry-said" class="unseen" role="status"/);
    expect(html).not.toContain("aria-live");
    // What is pressed is replaced only at the end, and a headline is read out once.
    const step = await look(run, { htmx: true, form: vals(html) });
    expect(step).toContain('id="retry-said" hx-swap-oob="innerHTML">104 messages were sent again');
    expect(step).toContain('id="retry-buttons" hx-swap-oob="innerHTML"></div>');
    expect(second).not.toContain("Stop");
    // A step more does nothing.
    await look(run, { htmx: true, form: {} });
    await settled();
    expect(new Set(world.posted()).size).toBe(104);
    expect(world.posted()).toHaveLength(104);
  }, 60_000);

  it("is begun by a form alone: whoever looks at an address that nobody began is led to what failed", async () => {
    await world.gaveUp("one");
    const response = await visit(`/admin/failed/retries/${crypto.randomUUID()}`);
    expect(response.headers.get("location")).toBe("/admin/failed");
    const posted = await visit(`/admin/failed/retries/${crypto.randomUUID()}`, {
      form: {},
      htmx: true,
    });
    expect(posted.headers.get("hx-redirect")).toBe("/admin/failed");
    await settled();
    expect(world.posted()).toEqual([]);
  });

  it("leaves what must be replayed, and says so when there is nothing else", async () => {
    await world.refused("three");
    const run = await press("/admin/failed/retry", {});
    expect(wordsIn(await look(run))).toContain("There was nothing that a retry helps");
    expect(world.posted()).toEqual([]);
  });

  it("counts what was given up meanwhile", async () => {
    await world.gaveUp("one");
    await publish("destination/channel", {
      type: "channel",
      channel: "C0000000001",
      limit: "none",
    });
    await relay().hold("channel", { by: "Kim", why: "it moves", since: Date.now() });
    const run = await press("/admin/failed/retry", { destination: "channel", cause: "gave_up" });
    const waits = await look(run);
    expect(wordsIn(waits)).toMatch(/1 message is on the way again.*1 waits for its turn/);
    const [, vals = ""] = /id="retry-look" hx-vals="([^"]*)"/.exec(waits) ?? [];
    const looked = new URLSearchParams(JSON.parse(vals.replaceAll("&quot;", '"'))).toString();
    const lookedAgain = async () => (await visit(`${run}?${looked}`, { htmx: true })).status;
    expect(await lookedAgain()).toBe(204);
    await press("/admin/destinations/channel/discard", {
      why: "not wanted",
      back: "/admin/failed",
    });
    expect(await lookedAgain()).toBe(200);
    expect(wordsIn(await look(run))).toContain("1 given up meanwhile");
  });
});
