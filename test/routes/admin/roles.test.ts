import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { admin } from "../../../routes/admin/admin.tsx";
import issueOpen from "../../fixtures/gitlab/issue.open.json" with { type: "json" };
import { TEST_SETTINGS } from "../../settings.ts";
import { admin as api, deliver, ORIGIN } from "../../webhook.ts";
import { acme, bindings, createWorld, DOCUMENTS, endWorld, settled } from "../../world.ts";
import { visit } from "./visit.ts";

const MAIL = "joe.bloggs@example.com";

/** What no page shows: it is in the settings, the documents or the event of this test. */
const SECRETS = [
  TEST_SETTINGS.ADMIN_TOKEN,
  TEST_SETTINGS.VIEWER_TOKEN,
  TEST_SETTINGS.SLACK_BOT_TOKEN,
  TEST_SETTINGS.TRIGGER_URL,
  DOCUMENTS["destination/hook"].url,
  new URL(DOCUMENTS["destination/hook"].url).pathname.slice(-24),
  MAIL,
];

beforeEach(async () => {
  await createWorld();
});
afterEach(endWorld);

/** What may be sent to the console, but for what signs in and out. */
const SENT = admin.routes
  .filter(({ method, path }) => !["GET", "ALL"].includes(method) && !/\/sign-(in|out)$/.test(path))
  .map(({ method, path }) => [method, path.replaceAll(/:\w+(\{[^}]*\})?/g, "x")] as const);
const TRIES = SENT.filter(([, path]) => path.startsWith("/admin/try/"));
const CHANGES = SENT.filter(([, path]) => !path.startsWith("/admin/try/"));

describe("a viewer", () => {
  it("is tried with everything that may be sent", () => {
    expect(CHANGES.length).toBeGreaterThan(5);
  });

  test.for(CHANGES)("is refused what changes something: %s %s", async ([method, path]) => {
    const response = await visit(path, { role: "view", method, form: {} });
    expect(response.status).toBe(403);
    expect(await response.text()).toContain("Whoever has the ADMIN_TOKEN can");
  });

  test.for(TRIES)("may try things out: %s %s", async ([method, path]) => {
    const response = await visit(path, { role: "view", method, form: {} });
    expect([401, 403, 404, 405]).not.toContain(response.status);
  });

  it("sees no secret, no address that posts, and no whole body, wherever they look", async () => {
    const payload = acme(issueOpen);
    const { id } = await deliver({ ...payload, user: { ...payload.user, email: MAIL } });
    await settled();
    const { items } = await api<{ items: { id: string }[] }>("/publishes");
    const looks = new Set(admin.routes.filter(({ method }) => method === "GET").map(filled));
    function filled({ path }: { path: string }): string {
      return path
        .replace("/events/:id", `/events/${id}`)
        .replace("/history/:id", `/history/${items[0]?.id}`)
        .replace(":name", "hook");
    }
    const paths = [
      ...looks,
      ...Object.keys(DOCUMENTS).map((key) => `/admin/documents?key=${key}`),
      ...Object.keys(DOCUMENTS).map((key) => `/admin/history?key=${key}`),
    ];
    expect(paths.length).toBeGreaterThan(20);
    for (const path of paths) {
      const html = await (await visit(path, { role: "view" })).text();
      const seen = SECRETS.filter((secret) => html.includes(secret));
      expect({ path, seen }).toEqual({ path, seen: [] });
    }
    const whole = await visit(`/admin/events/${id}/body`, { role: "view" });
    expect(whole.status).toBe(403);
  });

  it("sees no address that posts where a document is not as it should be", async () => {
    const secret = "deadbeefdeadbeefdeadbeef";
    const url = `https://hooks.slack.com/triggers/T0CAUSEWAY/4100000000001/${secret}`;
    const bare = url.slice("https://".length);
    const rule = { name: "A", on: "issue.open", to: url };
    const reaction = { name: "B", on: "reaction.eyes", to: "thread", message: `Look at ${url}` };
    const documents: Record<string, unknown> = {
      "destination/spaced": { type: "workflow", url: ` ${url}` },
      "destination/bare": { type: "webhook", url: bare },
      "destination/noted": { type: "workflow", url: "secret:TRIGGER_URL", address: url },
      "destination/listed": [url],
      "destination/elsewhere": { type: "channel", channel: url },
      "destination/proxied": { type: "webhook", url: `https://proxy.test/${secret}` },
      "mapping/gitlab/acme": { rules: [rule, { ...rule, name: "B", to: "channel", message: url }] },
      "mapping/gitlab/acme/odd": { rules: [{ ...rule, name: url, too: bare }] },
      "mapping/slack/C0000000001": { rules: [reaction] },
      "person/odd": { slack: url },
    };
    for (const [key, document] of Object.entries(documents)) {
      await bindings.MAPPINGS.put(key, JSON.stringify(document));
    }
    await bindings.MAPPINGS.put("destination/broken", `{"type":"workflow","url":"${url}",}`);
    await bindings.MAPPINGS.put("destination/escaped", `{"url":"${url.replaceAll("/", "\\/")}",}`);
    const keys = [...Object.keys(documents), "destination/broken", "destination/escaped"];
    // So that Causeway has them, and the history what was there by hand.
    for (const key of keys) await visit(`/admin/documents?key=${key}`);
    const { id } = await deliver(acme(issueOpen));
    await settled();
    const { items } = await api<{ items: { id: string }[] }>("/publishes");
    const texts = { key: "mapping/gitlab/acme", event: id };
    const text = JSON.stringify(documents["mapping/gitlab/acme"]).replaceAll(url, "x");
    const visits: [string, Record<string, string>?][] = [
      ...[
        "",
        "/events",
        "/failed",
        "/mappings",
        "/destinations",
        "/reactions",
        "/people",
        "/history",
      ].map((path): [string] => [`/admin${path}`]),
      [`/admin/events/${id}`],
      ["/admin/documents/words"],
      ["/admin/reactions?channel=C0000000001&emoji=eyes"],
      ...items.map((each): [string] => [`/admin/history/${each.id}`]),
      ...keys.flatMap((key): [string][] => [
        [`/admin/documents?key=${key}`],
        [`/admin/documents/delete?key=${key}`],
        [`/admin/history?key=${key}`],
      ]),
      ...["check", "preview", "backtest"].flatMap((path): [string, Record<string, string>][] => [
        [`/admin/try/${path}`, { ...texts, text }],
        [`/admin/try/${path}`, { ...texts, text: JSON.stringify({ rules: [] }) }],
        [`/admin/try/${path}`, { ...texts, key: "mapping/gitlab/acme/widgets", text }],
      ]),
    ];
    for (const [path, form] of visits) {
      const options = form === undefined ? {} : { form };
      const answer = await visit(path, { role: "view", ...options });
      const html = await answer.text();
      expect({ path, status: answer.status, seen: html.includes(secret) }).toEqual({
        path,
        status: 200,
        seen: false,
      });
    }
  });

  it("pauses nothing, and is told who can", async () => {
    const path = "/admin/destinations/channel/pause";
    const response = await visit(path, { role: "view", form: { why: "x" } });
    expect(response.status).toBe(403);
    await settled("publisher");
    const page = await visit("/admin/destinations", { role: "view" });
    expect(page.status).toBe(200);
    const html = await page.text();
    expect(html).not.toContain("/admin/destinations/channel/resume");
    expect(html).not.toContain(path);
    expect(await (await visit("/admin/destinations")).text()).toContain(path);
  });

  it("is told in the place where the button was, when htmx asks", async () => {
    const response = await visit("/admin/anything", { role: "view", form: {}, htmx: true });
    expect(response.status).toBe(403);
    const html = await response.text();
    expect(html).toMatch(/^<div class="notice bad" role="alert">/);
    expect(html).toContain("change nothing");
  });

  test.for([
    "/admin/try/../destinations/channel/pause",
    "/admin/try/%2e%2e/destinations/channel/pause",
    "/admin//try/preview/../../documents",
    "/admin/documents?x=/admin/try/",
    "/admin/documents/admin/try/",
  ])("gets nowhere by a detour: %s", async (path) => {
    const response = await visit(path, { role: "view", form: { why: "x" } });
    expect([403, 404]).toContain(response.status);
    const { status } = await visit("/admin/destinations/channel/pause", { role: "view", form: {} });
    expect(status).toBe(403);
  });

  test.for(["PUT", "PATCH", "DELETE", "OPTIONS"])(
    "is refused by other methods, too: %s",
    async (method) => {
      expect((await visit("/admin/documents", { role: "view", method })).status).toBe(403);
    },
  );
});

describe("a page that is not there", () => {
  it("says so within the console, to those who are in", async () => {
    const response = await visit("/admin/no-such-page");
    expect(response.status).toBe(404);
    const html = await response.text();
    expect(html).toContain("There is no such page");
    expect(html).toContain('href="/admin/events"');
    const part = await visit("/admin/no-such-page", { htmx: true });
    expect(await part.text()).toMatch(/^<div class="notice bad"/);
  });

  it("is the page itself, where only a slash is too much", async () => {
    for (const path of ["/admin/", "/admin/events/"]) {
      const { status, headers } = await visit(path);
      const to = new URL(headers.get("location") ?? "", ORIGIN);
      expect([status, to.origin, to.pathname]).toEqual([301, ORIGIN, path.slice(0, -1)]);
    }
  });

  it("is the page that a form belongs to, where somebody comes back without the form", async () => {
    for (const [path, page] of [
      ["/admin/rules/switch", "/admin/mappings"],
      ["/admin/failed/retry", "/admin/failed"],
      ["/admin/people/remove", "/admin/people"],
      ["/admin/hooks/enable", "/admin/hooks"],
      ["/admin/destinations/channel/resume", "/admin/destinations"],
    ] as const) {
      const { status, headers } = await visit(path);
      expect([path, status, headers.get("location")]).toEqual([path, 303, page]);
    }
    // Every path that is sent to can be looked at.
    for (const [, path] of CHANGES) {
      expect([path, (await visit(path)).headers.get("location") ?? "a page"]).not.toEqual([
        path,
        "",
      ]);
      const html = await (await visit(path)).text();
      expect([path, html.includes("There is no such page")]).toEqual([
        path,
        path.endsWith("/x/rollback"),
      ]);
    }
  });

  it("is for strangers like any other", async () => {
    expect((await visit("/admin/no-such-page", { role: null })).status).toBe(303);
  });
});
