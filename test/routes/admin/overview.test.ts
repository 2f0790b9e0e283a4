import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import issueOpen from "../../fixtures/gitlab/issue.open.json" with { type: "json" };
import { deliver } from "../../webhook.ts";
import {
  acme,
  bindings,
  createWorld,
  endWorld,
  publish,
  query,
  relay,
  settled,
  step,
  TITLES_TO_CHANNEL,
  type World,
} from "../../world.ts";
// Before the tests: what a page needs is many files, and a test has five seconds.
import "../../../routes/admin/admin.tsx";
import { visit, type VisitOptions } from "./visit.ts";

const HOUR = 3_600_000;
const issue = acme(issueOpen);

function titled(title: string, path = "acme/widgets"): unknown {
  return {
    ...issue,
    project: { ...issue.project, path_with_namespace: path },
    object_attributes: { ...issue.object_attributes, title, iid: title.length },
  };
}

/** A page as people read it: without its tags, in one line. */
async function read(path: string, options?: VisitOptions): Promise<{ html: string; text: string }> {
  const response = await visit(path, options);
  expect(response.status).toBe(200);
  const html = await response.text();
  const text = html
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/&#39;|&amp;|&quot;/g, (each) => (each === "&#39;" ? "'" : each))
    .replaceAll(/\s+/g, " ");
  return { html, text };
}

describe("the overview", () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld();
    await publish("mapping/gitlab/acme", TITLES_TO_CHANNEL);
  });
  afterEach(endWorld);

  it("greets a new installation with what to do next", async () => {
    const { html, text } = await read("/admin");
    expect(text).toContain("Causeway is ready. Nothing has come yet.");
    expect(html).toContain('href="/admin/documents?new=mapping"');
    expect(text).not.toContain("Ledger");
  });

  it("says that everything is well, in figures that add up", async () => {
    await deliver(titled("first"), { id: "one" });
    await deliver(titled("first"), { id: "one" });
    await deliver(titled("second", "other/thing"), { path: "/other" });
    await settled();
    await settled("gitlab/other");
    vi.setSystemTime(Date.now() + 5_000);
    const { html, text } = await read("/admin");
    expect(text).toContain("Everything is well.");
    expect(text).toContain("Events came 2 ");
    expect(text).toContain("Messages posted 1 ");
    expect(text).toContain("Events posted nowhere 1 ");
    expect(text).toContain(
      "received 3 delivered = 1 filtered + 1 duplicate + 1 pending + 0 failed + 0 unreadable + 0",
    );
    expect(text).toContain(
      "The one message that a rule sent was in Slack 0.1 s after GitLab's request.",
    );
    expect(html).toMatch(
      /aria-label="In 24 hours 2 events came, 1 messages were posted and 0 failed/,
    );
    expect(text).toContain("By top-level group: the last 24 hours");
    expect(html).toContain('hx-get="/admin/hooks/summary"');
    expect(html).not.toMatch(/ style=| onclick=|<script>/);
  });

  it("shows what a person has paused, and the button that ends it", async () => {
    await deliver(titled("before"));
    await settled();
    await relay().hold("channel", { by: "Ana", why: "maintenance <b>", since: Date.now() });
    await deliver(titled("waits"));
    await settled();
    const { html, text } = await read("/admin");
    expect(text).toContain("Everything is well.");
    expect(text).toContain("Good to know");
    expect(text).toContain("channel is paused, and 1 message waits.");
    expect(text).toContain("paused by Ana: maintenance &lt;b&gt;");
    expect(html).toContain('action="/admin/destinations/channel/resume"');
    const resumed = await visit("/admin/destinations/channel/resume", { form: { back: "/admin" } });
    expect(resumed.status).toBe(303);
    expect(resumed.headers.get("location")).toBe("/admin");
    await settled();
    expect(world.slack.workspace.messages.map(({ text: said }) => said)).toContain("waits");
    expect((await read("/admin")).text).not.toContain("is paused");
  });

  it("counts what needs somebody, and has failed messages sent again", async () => {
    world.slack.workspace.faults.set({ on: "*", fault: "invalid_blocks", times: 2 });
    await deliver(titled("refused"));
    await settled();
    // As if it had been tried for a day: what Slack refuses only a corrected rule puts right.
    await query("UPDATE outcomes SET reason = 'gave up after a day of retries: HTTP 503'");
    world.slack.workspace.faults.set({ on: "*", fault: "archived" });
    await deliver(titled("later"));
    await settled();
    const { html, text } = await read("/admin");
    expect(text).toContain("2 things need you.");
    expect(text).toContain("1 message to channel failed.");
    expect(text).toContain("The channel is archived");
    expect(text).toContain("Try channel now");
    expect(html).toMatch(/action="\/admin\/failed\/retry".*name="back" value="\/admin"/);
    world.slack.workspace.faults.clear();
    await visit("/admin/destinations/channel/resume", { form: { back: "/admin" } });
    await visit("/admin/destinations/alerts/resume", { form: { back: "/admin" } });
    await settled();
    expect((await read("/admin")).text).toContain("1 thing needs you.");
    const form = { destination: "channel", cause: "gave_up", back: "/admin" };
    expect((await visit("/admin/failed/retry", { form })).status).toBe(303);
    await settled();
    expect((await read("/admin")).text).toContain("Everything is well.");
    expect(world.slack.workspace.messages.map(({ text: said }) => said)).toContain("refused");
  });

  it("shows a viewer the same, without buttons that change something", async () => {
    world.slack.workspace.faults.set({ on: "*", fault: "archived" });
    await deliver(titled("later"));
    await settled();
    const { html, text } = await read("/admin", { role: "view" });
    expect(text).toContain("1 thing needs you.");
    expect(html).not.toMatch(/<form[^>]*action="\/admin\/(destinations|failed)/);
  });

  it("says that nothing has come for long", async () => {
    await deliver(titled("first"));
    await settled();
    await step(26 * HOUR);
    const { text } = await read("/admin");
    expect(text).toContain("Nothing has come from GitLab for 26 hours");
    expect(text).toContain("Everything is well.");
    expect(text).toContain("Events came 0 ");
  });

  it("names documents that cannot be used, and events that wait for them", async () => {
    await publish("mapping/gitlab/other", "{ not json");
    await deliver(titled("first", "other/thing"), { path: "/other" });
    await settled("gitlab/other");
    const { html, text } = await read("/admin");
    expect(text).toContain("2 things need you.");
    expect(text).toContain("1 event waits to be decided");
    expect(html).toContain('href="/admin/documents?key=mapping%2Fgitlab%2Fother"');
  });

  it("refreshes its parts in place, and says the same sentence once", async () => {
    await deliver(titled("first"));
    await settled();
    const { html } = await read("/admin");
    const [, again = ""] = /hx-get="(\/admin\/overview\?[^"]*)"/.exec(html) ?? [];
    const same = await read(again.replaceAll("&amp;", "&"), { htmx: true });
    expect(same.html).not.toContain("<h1");
    expect(same.html).toContain('id="day-figures" hx-swap-oob="innerHTML"');
    expect(same.html).not.toContain('id="how-it-is"');
    world.slack.workspace.faults.set({ on: "*", fault: "archived" });
    await deliver(titled("later"));
    await settled();
    const other = await read(again.replaceAll("&amp;", "&"), { htmx: true });
    expect(other.text).toContain("1 thing needs you.");
    expect(other.html).toContain('id="how-it-is"');
  });

  it("opens the whole page for a new installation when the first event comes", async () => {
    const { html } = await read("/admin");
    const [, again = ""] = /hx-get="(\/admin\/overview\?[^"]*)"/.exec(html) ?? [];
    const before = await visit(again.replaceAll("&amp;", "&"), { htmx: true });
    expect(before.headers.get("hx-refresh")).toBeNull();
    await deliver(titled("first"));
    await settled();
    const after = await visit(again.replaceAll("&amp;", "&"), { htmx: true });
    expect(after.headers.get("hx-refresh")).toBe("true");
  });

  it("shows no address and no secret", async () => {
    world.slack.workspace.faults.set({ on: "*", fault: "archived" });
    await publish("mapping/gitlab/acme", {
      rules: [{ name: "H", on: "issue.*", to: "hook", message: "x" }],
    });
    await step(60_000);
    await deliver(titled("later"));
    await settled();
    const { html } = await read("/admin");
    expect(html).not.toContain("000000000000000000000001");
    expect(html).not.toContain(bindings.ADMIN_TOKEN ?? "no token");
  });
});
