import { exports } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { admin } from "../../routes/admin/admin.tsx";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import mergeRequestOpen from "../fixtures/gitlab/merge_request.open.json" with { type: "json" };
import pipelineFailed from "../fixtures/gitlab/pipeline.failed.json" with { type: "json" };
import { sessionCookie, visit, type VisitOptions } from "../routes/admin/visit.ts";
import { TEST_SETTINGS } from "../settings.ts";
import { admin as api, deliver, ORIGIN } from "../webhook.ts";
import { acme, createWorld, DOCUMENTS, endWorld, settled } from "../world.ts";
import { ADDRESSES, ALL_ATTACKS, ATTACKS, MARK, poisoned } from "./console-attacks.ts";

const [ADDRESS = ""] = ADDRESSES;
/** What KV takes as a key, and no more than it takes. */
const KEY = `"><img src=x ${MARK} onerror=alert(1)>`;
const RULES = [
  ...ATTACKS.map((attack, at) => ({
    name: `${attack.slice(0, 190)}${at}`,
    on: "*",
    to: at === 0 ? "channel" : "hook",
    mode: at < 2 ? "live" : "shadow",
    message: `{{ event.title }} ${attack} {{ payload | json }}`,
  })),
  { name: "\ud800", on: "*", to: ["\ud800", KEY], mode: "shadow", message: "x" },
  { name: KEY, on: "issue.open", when: { if: `event.title == '${MARK}'` }, to: "channel" },
];
const HOSTILE = { rules: RULES };
/** What nobody could publish, but put past Causeway. */
const UNUSABLE = { rules: [{ name: ALL_ATTACKS, on: ALL_ATTACKS, to: ALL_ATTACKS }] };

/** Documents whose names and texts are attacks; some of them are not even valid. */
const HOSTILE_DOCUMENTS: Record<string, unknown> = {
  ...DOCUMENTS,
  "mapping/gitlab/acme": HOSTILE,
  [`mapping/gitlab/acme/${KEY}`]: UNUSABLE,
  "mapping/gitlab/other": UNUSABLE,
  [`mapping/slack/${KEY}`]: { rules: [{ name: KEY, on: `reaction.${KEY}`, to: "thread" }] },
  "mapping/slack/C0000000001": {
    rules: [
      { name: "\ud800", on: "reaction.\ud800", to: "thread", message: "\ud800" },
      { name: ALL_ATTACKS, on: "reaction.eyes", to: "thread", message: ALL_ATTACKS },
    ],
  },
  [`destination/${KEY}`]: { type: "webhook", url: `${DOCUMENTS["destination/hook"].url}${MARK}` },
  "destination/broken": ALL_ATTACKS,
  [`person/${KEY}`]: { slack: KEY },
  "person/amina": { slack: "U0000000001", __proto__: 1 },
};

/** Every way to ask for something, as `admin.tsx` mounts it. */
const ROUTES = admin.routes.filter(({ method }) => method !== "ALL");
const GETS = [...new Set(ROUTES.flatMap(({ method, path }) => (method === "GET" ? path : [])))];
const POSTS = ROUTES.flatMap(({ method, path }) =>
  method === "POST" && !/\/sign-(in|out)$/.test(path) ? path : [],
);
const FIELDS =
  "q key new after before cursor back why name edit add row channel emoji on shown to source state project type kind since said destination cause id rule mapping etag event text payload alone report begun act sure print over how delivery username slack owner path hook version looked count waiting test stopped seen token".split(
    " ",
  );

/** What no answer has: it is in the settings or in the documents. */
const SECRETS = [
  TEST_SETTINGS.ADMIN_TOKEN,
  TEST_SETTINGS.VIEWER_TOKEN,
  TEST_SETTINGS.SLACK_BOT_TOKEN,
  TEST_SETTINGS.SLACK_SIGNING_SECRET,
  TEST_SETTINGS.GITLAB_API_TOKEN,
  TEST_SETTINGS.HOOK_MASTER_SECRETS,
  TEST_SETTINGS.GITLAB_SIGNING_TOKENS,
  TEST_SETTINGS.TRIGGER_URL,
  new URL(DOCUMENTS["destination/hook"].url).pathname.slice(-24),
];

let event: string;
let publishId: string;

beforeEach(async () => {
  await createWorld(HOSTILE_DOCUMENTS);
  const bodies = [issueOpen, mergeRequestOpen, pipelineFailed].map(acme);
  const ids: string[] = [];
  for (const body of bodies) {
    ids.push((await deliver(poisoned(body, ALL_ATTACKS, ADDRESS) as object)).id);
  }
  await settled();
  event = ids[0] ?? "";
  const { items } = await api<{ items: { id: string }[] }>("/publishes");
  publishId = items[0]?.id ?? "";
});
afterEach(endWorld);

/** A route's path with something in its place. */
function filled(path: string, given: { event: string; publish: string; name: string }): string {
  return path
    .replace("/events/:id", `/events/${given.event}`)
    .replace("/history/:id", `/history/${given.publish}`)
    .replace(/:\w+(\{[^}]*\})?/g, given.name);
}

function real(path: string): string {
  return filled(path, { event, publish: publishId, name: encodeURIComponent(KEY) });
}

/** What is wrong with an answer, a line each. */
async function faultsOf(path: string, options: VisitOptions = {}): Promise<string[]> {
  const response = await visit(path, options);
  return await faultsIn(response);
}

async function faultsIn(response: Response): Promise<string[]> {
  const faults: string[] = [];
  if (response.status >= 500) faults.push(`status ${response.status}`);
  const { headers } = response;
  for (const [name, value] of Object.entries(REQUIRED)) {
    if (headers.get(name)?.includes(value) !== true) faults.push(`${name}: ${headers.get(name)}`);
  }
  for (const name of ["location", "hx-redirect", "hx-push-url"]) {
    const to = headers.get(name);
    if (to !== null && !isInside(to)) faults.push(`${name}: ${to}`);
  }
  for (const cookie of headers.getSetCookie()) {
    if (
      !/; HttpOnly/i.test(cookie) ||
      !/; Secure/i.test(cookie) ||
      !/; SameSite=Lax/i.test(cookie)
    ) {
      faults.push(`cookie: ${cookie.slice(0, 60)}`);
    }
  }
  if (headers.get("content-type")?.startsWith("text/html") === true) {
    faults.push(...(await foreignMarkup(response.clone())));
  }
  const text = await response.text();
  faults.push(...SECRETS.filter((secret) => text.includes(secret)).map((it) => `shows ${it}`));
  return faults;
}

const REQUIRED = {
  "content-security-policy": "default-src 'none'",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cache-control": "no-store",
};

function isInside(to: string): boolean {
  const url = URL.parse(to, ORIGIN);
  return url?.origin === ORIGIN && /^\/admin(\/|$)/.test(url.pathname);
}

/** Elements of a page that a text has made, or that run something. */
async function foreignMarkup(response: Response): Promise<string[]> {
  const found: string[] = [];
  const rewriter = new HTMLRewriter().on("*", {
    element({ tagName, attributes }) {
      const pairs = [...attributes].map(([name = "", value = ""]) => ({ name, value }));
      if (tagName === MARK) found.push(`<${tagName}>`);
      if (tagName === "base" || tagName === "iframe" || tagName === "object") found.push(tagName);
      if (tagName === "script" && !pairs.some(({ name }) => name === "src")) found.push("script");
      for (const { name, value } of pairs) {
        const runs =
          name === MARK ||
          /^on|^style$|^srcdoc$|hx-(on|vals|headers|request|vars)/.test(name) ||
          (/^(href|src|action|formaction|xlink:href|(data-)?hx-(get|post|put|delete))$/.test(
            name,
          ) &&
            // Browsers take control characters out of the scheme.
            /^[\s\p{Cc}]*(j\s*a\s*v\s*a|data|vbscript|\/\/|\/\\)/iu.test(value));
        if (runs) found.push(`${tagName} ${name}=${value.slice(0, 80)}`);
      }
    },
  });
  await rewriter.transform(response).arrayBuffer();
  return found;
}

async function faultsByPath(paths: string[], options: VisitOptions = {}): Promise<object> {
  const found: Record<string, string[]> = {};
  for (const path of paths) {
    const faults = await faultsOf(path, options);
    if (faults.length > 0) found[path] = [...new Set(faults)];
  }
  return found;
}

describe("what people wrote into GitLab, Slack and KV", () => {
  it("is found where it has become markup", async () => {
    const headers = { "content-type": "text/html" };
    for (const attack of ATTACKS.slice(0, 2)) {
      const faults = await foreignMarkup(
        new Response(`<p title="${attack}">${attack}</p>`, { headers }),
      );
      expect(faults).not.toEqual([]);
    }
    expect(await foreignMarkup(new Response(`<a href="${ADDRESS}">x</a>`))).toHaveLength(1);
  });

  test.for<VisitOptions>([
    { role: "edit" },
    { role: "edit", htmx: true },
    { role: "view" },
    { role: "edit", name: `${ALL_ATTACKS.slice(0, 200)}` },
  ])("is text on every page and in every part of one: %j", async (options) => {
    const keys = Object.keys(HOSTILE_DOCUMENTS).map(encodeURIComponent);
    const paths = [
      ...GETS.map(real),
      ...keys.flatMap((key) => [`/admin/documents?key=${key}`, `/admin/history?key=${key}`]),
      ...keys.map((key) => `/admin/documents/delete?key=${key}`),
      ...keys.map((key) => `/admin/documents/events?key=${key}`),
    ];
    expect(paths.length).toBeGreaterThan(40);
    expect(await faultsByPath(paths, options)).toEqual({});
  });

  it("is there to be read", async () => {
    const { state, deliveries } = await api<{ state: string; deliveries: object[] }>(
      `/events/${event}`,
    );
    expect({ state, sent: deliveries.length > 1 }).toEqual({ state: "delivered", sent: true });
    for (const path of ["/admin/events", `/admin/events/${event}`, "/admin/mappings"]) {
      expect(await (await visit(path)).text()).toContain(MARK);
    }
  });
});

describe("what stands in an address", () => {
  // All of them at once everywhere; each alone in some places, which change from one to the next.
  const all = [ALL_ATTACKS, "\u0000", "a".repeat(5_000)];
  const alone = [...ATTACKS, "%", ...ADDRESSES];
  const attacks = [
    ...all.map((attack) => ({ attack, nth: null })),
    ...alone.map((attack, nth) => ({ attack, nth })),
  ].map(({ attack, nth }) => ({ attack, nth, named: inTitle(attack) }));
  test.for(attacks)(
    "is text, and never a mistake of ours: $named",
    { timeout: 60_000 },
    async ({ attack, nth }) => {
      const isTurn = (_path: string, index: number) => nth === null || index % 5 === nth % 5;
      const value = encodeURIComponent(attack.toWellFormed());
      const query = FIELDS.map((field) => `${field}=${value}`).join("&");
      const paths = GETS.filter(isTurn).flatMap((path) => [
        `${real(path)}?${query}`,
        filled(path, { event: value, publish: value, name: value }),
      ]);
      const one = FIELDS.slice(0, 24)
        .filter(isTurn)
        .map((field) => `/admin/events?${field}=${value}`);
      expect(await faultsByPath([...paths, ...one, `/admin/${value}`])).toEqual({});
      const parts = nth === null ? paths : paths.filter((_path, index) => index % 2 === nth % 2);
      expect(await faultsByPath(parts, { htmx: true })).toEqual({});
    },
  );

  test.for([
    "/admin/events/%E0%A4%A",
    "/admin/events?q=%E0%A4%A&state=%",
    "/admin/documents?key=%ff%fe",
    "/admin/destinations/%ff/pause",
    "/admin//events",
    "/admin/events/",
    "/admin/",
    "/admin/./events",
    "/admin/events;x=1",
    "/admin/events?q=a&q=b&state=x&state=y&__proto__=1&constructor=2",
    `/admin/events?${"q=a&".repeat(20_000)}`,
  ])("is answered cleanly however it is written: %s", async (path) => {
    expect(await faultsOf(path)).toEqual([]);
    expect((await visit(path, { role: null })).status).toBe(303);
  });

  test.for(["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])(
    "changes nothing by the method %s",
    async (method) => {
      for (const path of GETS.map(real)) {
        const response = await visit(path, { method });
        const { status } = response;
        const isClean =
          method === "HEAD"
            ? status < 500 && (await response.text()) === ""
            : [400, 403, 404, 405].includes(status);
        expect({ path, status, isClean }).toEqual({ path, status, isClean: true });
      }
    },
  );

  test.for(["/ADMIN", "/Admin/events", "/admin%2fevents", "//admin/events", "/administrator"])(
    "opens no other way in: %s",
    async (path) => {
      const response = await visit(path);
      expect(response.status).toBe(404);
      expect(response.headers.get("content-type")).toMatch(/^application\/json/);
    },
  );
});

describe("a form", () => {
  const every = (value: string | string[]) =>
    Object.fromEntries(FIELDS.map((field) => [field, value]));

  test.for<[string, Record<string, string | string[]>]>([
    ["empty", {}],
    ["full of attacks", every(ALL_ATTACKS.toWellFormed())],
    ["with each field twice", every(["a", ALL_ATTACKS.toWellFormed()])],
    ["with an address in each field", every(ADDRESS)],
    ["with a document in each field", every(JSON.stringify(HOSTILE))],
    [
      "with fields of objects",
      { __proto__: "x", constructor: "x", "__proto__[x]": "1", "a.b": "c" },
    ],
    ["with a key that KV does not take", every("x".repeat(600))],
    ["with a deep payload", { ...every("mapping/gitlab/acme"), payload: "[".repeat(200_000) }],
    ["with a deep text", { key: "mapping/gitlab/acme", text: `${"[".repeat(100_000)}` }],
    ["with a prototype", { key: "person/x", text: '{"__proto__":{"slack":"U0000000001"}}' }],
  ])("is answered cleanly: %s", async ([, form]) => {
    for (const htmx of [false, true]) {
      expect(await faultsByPath(POSTS.map(real), { form, htmx })).toEqual({});
    }
    expect(Object.prototype).not.toHaveProperty("x");
    expect(Object.prototype).not.toHaveProperty("slack");
  });

  const BODIES: [string, string, BodyInit][] = [
    ["in parts without a boundary", "multipart/form-data", "x"],
    [
      "in parts that never end",
      "multipart/form-data; boundary=b",
      "--b\r\ncontent-disposition: form-data",
    ],
    ["in parts, with a file", "multipart/form-data; boundary=b", fileInParts()],
    ["as JSON", "application/json", '{"why":"x","key":"mapping/gitlab/acme"}'],
    ["as JSON that is broken", "application/json", "{"],
    ["as text", "text/plain", "why=x"],
    [
      "as bytes that are no UTF-8",
      "application/x-www-form-urlencoded",
      new Uint8Array([0xff, 0x3d, 0xfe]),
    ],
    ["with broken escapes", "application/x-www-form-urlencoded", "why=%E0%A4%A&key=%&%=1&=&&"],
    ["of a type that is none", ";;;", "why=x"],
  ];

  test.for(BODIES)("of another kind is answered cleanly: %s", async ([, type, body]) => {
    const found: Record<string, string[]> = {};
    for (const path of POSTS.map(real)) {
      const faults = await faultsIn(await send(path, type, body));
      if (faults.length > 0) found[path] = faults;
    }
    expect(found).toEqual({});
  });

  it("of ten megabytes is refused, and no more of it is read than any form needs", async () => {
    const chunk = new TextEncoder().encode("why=".padEnd(1024 * 1024, "x"));
    for (const path of POSTS.map(real)) {
      let read = 0;
      const stream = new ReadableStream<Uint8Array>({
        pull(controller) {
          if (read === 30) return controller.close();
          read += 1;
          controller.enqueue(chunk.slice());
        },
      });
      const response = await send(path, "application/x-www-form-urlencoded", stream);
      expect({ path, status: response.status }).toEqual({ path, status: 413 });
      expect(await response.text()).toMatch(/at most|too large|larger/i);
      expect(read).toBeLessThan(14);
    }
  });

  test.for(ADDRESSES.concat(["https://evil.invalid/admin", "//evil.invalid/admin", "/admin/../x"]))(
    "leads nowhere else afterwards: %j",
    async (back) => {
      const forms = [
        ["/admin/destinations/channel/pause", { why: "x", back }],
        ["/admin/destinations/channel/resume", { back }],
        ["/admin/destinations/nothing/discard", { why: "x", back }],
        ["/admin/failed/retry", { id: "x", back }],
        ["/admin/hooks/enable", { owner: "project", path: "a/b", hook: "1", back }],
        ["/admin/rules/switch", { mapping: "x", rule: "x", etag: "x", on: "true", back }],
      ] as const;
      for (const [path, form] of forms) {
        const { status, headers } = await visit(path, { form });
        expect({ path, status }).toEqual({ path, status: 303 });
        expect(isInside(headers.get("location") ?? "")).toBe(true);
      }
    },
  );
});

describe("a file of the console", () => {
  test.for([
    "/console/../wrangler.toml",
    "/console/%2e%2e/wrangler.toml",
    "/console/..%2f..%2fpackage.json",
    "/console/editor.js.map",
    "/console/nothing.js",
  ])("is one that is meant to be served: %s", async (path) => {
    const response = await exports.default.fetch(new Request(ORIGIN + path));
    expect(response.status).toBe(404);
    expect(await response.text()).not.toMatch(/SLACK|dependencies|sources/);
  });
});

/** The first of a text, for a test's title: half a character there would break off the whole run. */
function inTitle(text: string): string {
  return JSON.stringify(text).slice(0, 60).toWellFormed();
}

async function send(
  path: string,
  type: string,
  body: BodyInit | ReadableStream,
): Promise<Response> {
  const cookie = await sessionCookie("edit", "Amina Okafor");
  return await exports.default.fetch(
    new Request(ORIGIN + path, {
      method: "POST",
      headers: { cookie, "content-type": type, origin: ORIGIN, "sec-fetch-site": "same-origin" },
      body,
      redirect: "manual",
    }),
  );
}

/** A file in each field, where a text is expected. */
function fileInParts(): string {
  const parts = FIELDS.map(
    (field) =>
      `--b\r\nContent-Disposition: form-data; name="${field}"; filename="${MARK}.html"\r\nContent-Type: text/html\r\n\r\n<${MARK}>\r\n`,
  );
  return `${parts.join("")}--b--\r\n`;
}
