import { afterEach, beforeEach, describe, expect, it } from "vitest";
import issueOpen from "../../fixtures/gitlab/issue.open.json" with { type: "json" };
import { deliver } from "../../webhook.ts";
import {
  acme,
  createWorld,
  DOCUMENTS,
  endWorld,
  publish,
  relay,
  settled,
  step,
} from "../../world.ts";
import { rowsIn } from "./rows-in.ts";
import { visit } from "./visit.ts";
import { look } from "./look.ts";

const SECRET = "000000000000000000000001";

async function page(query = "", role: "edit" | "view" = "edit"): Promise<string> {
  return await look(`/admin/destinations${query}`, { role });
}

async function rowOf(name: string): Promise<string> {
  return rowsIn(await page()).find((row) => row.startsWith(name)) ?? "";
}

describe("/admin/destinations", () => {
  beforeEach(async () => {
    await createWorld({
      ...DOCUMENTS,
      "destination/private": {
        type: "channel",
        channel: "C0000000007",
        confidential: true,
        limit: "5/minute",
      },
    });
  });
  afterEach(endWorld);

  it("says of each where it goes, without its address", async () => {
    const html = await page();
    expect(html).not.toContain(SECRET);
    expect(html).not.toContain("B0000000001");
    expect(await rowOf("hook")).toContain("incoming webhook slack.test/services/T…/…••••");
    expect(await rowOf("support")).toContain(
      "workflow secret:TRIGGER_URL variables title, url; no limit",
    );
    expect(await rowOf("private")).toContain(
      "channel C0000000007 at most 5 a minute; takes confidential events",
    );
  });

  it("counts the rules that name it, and links to them", async () => {
    expect(await rowOf("support")).toContain("1 rule");
    expect(await rowOf("alerts")).toContain("no rule");
    expect(await page()).toContain('href="/admin/mappings?to=support"');
  });

  it("says what is paused and why, how much waits, and how to go on", async () => {
    await deliver(acme(issueOpen));
    await settled();
    expect(await rowOf("support")).toContain("✓ ok 0 1 just now");
    await relay().hold("support", { by: "Kim", why: "maintenance", since: Date.now() });
    await deliver(acme(issueOpen));
    await settled();
    const row = await rowOf("support");
    expect(row).toContain("… paused 1 wait for support");
    expect(row).toContain("paused by Kim: maintenance (since just now");
    expect(await page("?q=support")).toContain('action="/admin/destinations/support/resume"');
    expect(await page("?q=hook")).toContain('action="/admin/destinations/hook/pause"');
  });

  it("shows a pause that was made before any event came", async () => {
    await relay("directory").hold("channel", { by: "Kim", why: "not yet", since: Date.now() });
    expect(await rowOf("channel")).toContain("paused by Kim: not yet");
  });

  it("shows what rules name and nobody has published, and what cannot be used", async () => {
    await publish("mapping/gitlab/beta", { rules: [{ name: "A", on: "issue.open", to: "lost" }] });
    await publish("destination/odd", { type: "chanel", channel: "C0000000001" });
    expect(await rowOf("lost")).toMatch(/✗ missing.*There is no destination\/lost/);
    expect(await page("?q=lost")).toContain(
      "/admin/documents?new=destination&amp;key=destination%2Flost",
    );
    expect(await rowOf("odd")).toMatch(/✗ cannot be used.*type:/);
  });

  it("shows where the bot answers when that is paused", async () => {
    await relay("slack/T0CAUSEWAY").register("slack/T0CAUSEWAY");
    await relay("directory").register("slack/T0CAUSEWAY");
    expect(await page()).not.toContain("Answers of the bot");
    await relay("slack/T0CAUSEWAY").hold("thread:C0000000009", {
      by: "Kim",
      why: "loud",
      since: Date.now(),
    });
    const html = await page();
    expect(html).toContain("the threads of C0000000009");
    expect(html).toContain('action="/admin/destinations/thread%3AC0000000009/resume"');
  });

  it("finds them by name, channel or kind", async () => {
    expect(rowsIn(await page("?q=C0000000007"))).toHaveLength(1);
    expect(rowsIn(await page("?q=WORKFLOW"))).toEqual([expect.stringMatching(/^support/)]);
    await publish("destination/hook-2", { type: "channel", channel: "C0000000001" });
    await step(601_000);
    expect(rowsIn(await page("?q=hook"))).toHaveLength(2);
    expect(rowsIn(await page("?name=hook"))).toEqual([expect.stringMatching(/^hook incoming/)]);
    expect(await page("?q=zebra")).toContain("No destination is like that.");
  });

  it("goes through many page by page", async () => {
    for (let n = 0; n < 104; n += 1) {
      await publish(`destination/many-${n}`, { type: "channel", channel: "C0000000001" });
    }
    const first = await page("?q=many-");
    const next =
      /<a href="\/admin\/destinations(\?[^"]+)">Next/.exec(first)?.[1]?.replaceAll("&amp;", "&") ??
      "";
    const names = [...rowsIn(first), ...rowsIn(await page(next))].map(
      (row) => row.split(" ", 1)[0],
    );
    expect(new Set(names).size).toBe(104);
    expect(names).toHaveLength(104);
  });

  it("checks one in place: what Slack says of it", async () => {
    const response = await visit("/admin/destinations/private/check", { htmx: true });
    const html = await response.text();
    expect(html).not.toContain("<html");
    expect(html).toContain("channel_not_found");
    const hook = await (await visit("/admin/destinations/hook/check", { role: "view" })).text();
    expect(hook).toContain("<html");
    expect(hook).toContain("Its address stands in the document");
    expect(hook).not.toContain(SECRET);
  });

  it("shows a viewer nothing to press but the look", async () => {
    const html = await page("", "view");
    expect(html).toContain("/admin/destinations/hook/check");
    expect(html).not.toContain("/pause");
    expect(html).not.toContain("New destination");
  });
});
