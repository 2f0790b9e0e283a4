import { exports } from "cloudflare:workers";
import { createExecutionContext, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { app } from "../../routes/app.ts";
import { deriveHookSecret } from "../../src/gitlab/hook-secret.ts";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import { admin, deliver, ORIGIN, webhook } from "../webhook.ts";
import { acme, bindings, createWorld, endWorld, publish, query, relay, settled } from "../world.ts";
import { watchConsole } from "./witness.ts";

const MiB = 1024 * 1024;
const issue = acme(issueOpen);
const PATH = "acme/widgets";
/** The holder of one hook's own token. */
const HOOK = { path: `/${PATH}`, token: deriveHookSecret("master-secret-now", PATH) };
const UNSIGNED = { "webhook-signature": null, "webhook-timestamp": null };

beforeEach(async () => {
  await createWorld();
});
afterEach(endWorld);

/** The bindings, and every use that is made of a Relay or of KV. */
function counted() {
  const touched: string[] = [];
  const watch = <T extends object>(binding: T, name: string): T =>
    new Proxy(binding, {
      get(target, key) {
        touched.push(`${name}.${String(key)}`);
        const value: unknown = Reflect.get(target, key);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  const env = {
    ...bindings,
    RELAY: watch(bindings.RELAY, "RELAY"),
    MAPPINGS: watch(bindings.MAPPINGS, "MAPPINGS"),
  };
  return { env, touched };
}

/** A body that is made when it is read, and how often it was. */
function lazyBody(chunk: Uint8Array, chunks = Number.POSITIVE_INFINITY) {
  const read = { chunks: 0 };
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (read.chunks >= chunks) return controller.close();
        read.chunks += 1;
        controller.enqueue(chunk.slice());
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, read };
}

const now = () => String(Math.floor(Date.now() / 1000));
const SLACK_PATHS = ["/slack/events", "/slack/interactions", "/slack/commands"];

/** A form, as a browser sends it from a page of the console. */
function form(path: string, body: string): Request {
  const headers = { origin: ORIGIN, "content-type": "application/x-www-form-urlencoded" };
  return new Request(ORIGIN + path, { method: "POST", headers, body });
}

describe("a request that nobody vouches for", () => {
  test.for<[name: string, request: () => Request, status: number]>([
    ["an unsigned webhook", () => webhook(issue, { headers: UNSIGNED }), 401],
    [
      "a wrong token",
      () => webhook(issue, { headers: { ...UNSIGNED, "x-gitlab-token": "wrong" } }),
      401,
    ],
    ["a stranger's signature", () => webhook(issue, { token: HOOK.token }), 401],
    ["a stale signature", () => webhook(issue, { ageSeconds: 301 }), 401],
    ["a hook's path that is too long", () => webhook(issue, { path: `/${"x".repeat(481)}` }), 404],
    [
      "an event outside the path of its hook's token",
      () => webhook({ ...issue, project: { path_with_namespace: "acme/gadgets" } }, HOOK),
      403,
    ],
    ...SLACK_PATHS.map((path): [string, () => Request, number] => [
      `an unsigned ${path}`,
      () => new Request(ORIGIN + path, { method: "POST", body: "{}" }),
      401,
    ]),
    ...["/ledger", "/problems", "/events", "/events/x", "/events/x/body", "/nothing"].map(
      (path): [string, () => Request, number] => [
        `/admin/api${path} without its token`,
        () => new Request(`${ORIGIN}/admin/api${path}`),
        401,
      ],
    ),
    ...["", "/events", "/events/x/body", "/documents?key=destination/hook", "/nothing"].map(
      (path): [string, () => Request, number] => [
        `the console's /admin${path}`,
        () => new Request(`${ORIGIN}/admin${path}`),
        303,
      ],
    ),
    ["a form of the console", () => form("/admin/destinations/hook/pause", "why=x"), 401],
    ["a wrong token in the console", () => form("/admin/sign-in", "name=x&token=wrong"), 401],
    ["an address that there is none", () => new Request(`${ORIGIN}/wp-login.php`), 404],
  ])("touches no Relay and no KV: %s", async ([, request, status]) => {
    const { env, touched } = counted();
    expect((await app.fetch(request(), env, createExecutionContext())).status).toBe(status);
    expect(touched).toEqual([]);
  });

  it("is counted by these tests at all: a good one touches its Relay", async () => {
    const { env, touched } = counted();
    expect((await app.fetch(webhook(issue), env)).status).toBe(202);
    expect(touched).toEqual(["RELAY.getByName"]);
    await settled();
  });

  test.for<[name: string, path: string, headers: Record<string, string>]>([
    ["GitLab's without credentials", "/gitlab/webhooks", {}],
    ["GitLab's with a wrong token", "/gitlab/webhooks", { "x-gitlab-token": "wrong" }],
    [
      "GitLab's with a stale signature",
      "/gitlab/webhooks",
      { "webhook-id": "x", "webhook-timestamp": "1", "webhook-signature": "v1,x" },
    ],
    // Its forms say where they come from, and anybody can say that.
    ["the console's without a session", "/admin/documents", { origin: ORIGIN }],
    ...SLACK_PATHS.flatMap((path): [string, string, Record<string, string>][] => [
      [`${path} without a signature`, path, {}],
      [
        `${path} with a stale one`,
        path,
        { "x-slack-signature": "v0=x", "x-slack-request-timestamp": "1" },
      ],
      [
        `${path} with an odd time`,
        path,
        { "x-slack-signature": "v0=x", "x-slack-request-timestamp": "soon" },
      ],
    ]),
  ])("is refused without its body being read: %s", async ([, path, headers]) => {
    const { stream, read } = lazyBody(new Uint8Array(MiB));
    const request = new Request(ORIGIN + path, { method: "POST", headers, body: stream });
    expect((await app.fetch(request, bindings, createExecutionContext())).status).toBe(401);
    expect(read.chunks).toBe(0);
  });
});

describe("a body without an end", () => {
  test.for<[name: string, path: string, headers: () => Record<string, string>, most: number]>([
    ["GitLab's", "/gitlab/webhooks", () => ({ "x-gitlab-token": "plain-token-one" }), 26],
    [
      "Slack's",
      "/slack/events",
      () => ({ "x-slack-signature": `v0=${"0".repeat(64)}`, "x-slack-request-timestamp": now() }),
      2,
    ],
  ])("is read up to its limit and no further: %s", async ([, path, headers, most]) => {
    const { stream, read } = lazyBody(new Uint8Array(MiB));
    const request = new Request(ORIGIN + path, {
      method: "POST",
      headers: headers(),
      body: stream,
    });
    expect((await app.fetch(request, bindings)).status).toBe(413);
    expect(read.chunks).toBeLessThanOrEqual(most);
  });

  it("that says it is larger than the limit is not read at all", async () => {
    const { stream, read } = lazyBody(new Uint8Array(MiB));
    const headers = { "x-gitlab-token": "plain-token-one", "content-length": String(26 * MiB) };
    const request = new Request(`${ORIGIN}/gitlab/webhooks`, {
      method: "POST",
      headers,
      body: stream,
    });
    expect((await app.fetch(request, bindings)).status).toBe(413);
    expect(read.chunks).toBe(0);
  });
});

it("thousands of signatures in one header are looked through, and none is taken", async () => {
  const many = Array.from({ length: 3_000 }, (_, index) => `v1,${btoa(String(index))}`).join(" ");
  const response = await exports.default.fetch(
    webhook(issue, { headers: { "webhook-signature": many } }),
  );
  expect(response.status).toBe(401);
});

describe("whoever asks for the health", () => {
  it("wakes the Relays once in ten seconds, however often it is asked for", async () => {
    await deliver(issue);
    await settled();
    const { env, touched } = counted();
    for (let asked = 0; asked < 20; asked += 1) {
      const path = asked % 2 === 0 ? "/health/delivery" : "/health";
      await app.fetch(new Request(ORIGIN + path), env);
    }
    // The directory, and the one Relay that it names.
    expect(touched).toEqual(["RELAY.getByName", "RELAY.getByName"]);
  });
});

describe("the admin API", () => {
  it("gives at most 200 events a page", async () => {
    expect(await admin("/events?limit=201")).toMatchObject({ error: { path: "limit" } });
    expect(await admin("/events?limit=200")).toMatchObject({ items: [] });
  });

  it("takes no long question", async () => {
    for (const name of ["type", "text"]) {
      expect(await admin(`/events?${name}=${"x".repeat(201)}`)).toMatchObject({
        error: { path: name },
      });
    }
  });
});

describe("the holder of one hook's token", () => {
  /** Sends an issue of a project, by the token of a hook on `acme`. */
  const send = (path: unknown, changes: object = {}) =>
    deliver(
      { ...issue, ...changes, project: { ...issue.project, path_with_namespace: path } },
      { path: "/acme", token: deriveHookSecret("master-secret-now", "acme") },
    );

  it("makes no Relay but that of the hook's own namespace", async () => {
    await send("acme/a");
    await send("ACME/b/c");
    await send(undefined);
    expect((await send("acme2/a")).status).toBe(403);
    await settled();
    const names = await runInDurableObject(relay("directory"), (directory) => directory.names());
    expect(names).toEqual(["gitlab/acme"]);
  });

  it("has no more mappings read than GitLab has levels of groups", async () => {
    const { id } = await send(`acme${"/a".repeat(230)}`);
    await settled();
    expect(await admin(`/events/${id}`)).toMatchObject({ project: "acme", state: "delivered" });
    const documents = await query<{ key: string }>("SELECT key FROM documents");
    expect(documents.length).toBeLessThan(10);
  });

  it("leaves no event waiting for a mapping whose key KV does not take", async () => {
    // These take more bytes in lower case.
    const { id } = await send(`acme/${"İ".repeat(235)}`);
    await settled();
    expect(await admin(`/events/${id}`)).toMatchObject({ project: "acme", state: "delivered" });
  });

  test.for([
    ["a line break", "acme/a\r\nb"],
    ["a NUL", "acme/a\u0000b"],
    ["half a character", "acme/\ud800"],
    ["dots", "acme/../secret"],
  ] as const)("leaves no event waiting because of %s in its path", async ([, path]) => {
    const { id } = await send(path);
    await settled();
    expect(await admin(`/events/${id}`)).toMatchObject({ state: "delivered" });
  });

  it("has nobody looked up whose name cannot be one of GitLab's", async () => {
    await publish("mapping/gitlab/acme", {
      rules: [
        { name: "All", on: "*", to: "channel", message: "{{ event.actor | mention }} did it" },
      ],
    });
    const written = watchConsole();
    const username = "x".repeat(100_000);
    await send("acme/widgets", { user: { ...issue.user, username } });
    await settled();
    expect(await admin("/problems")).toEqual({ items: [] });
    const lengths = written.map(([line]) => String(line).length);
    expect(Math.max(...lengths)).toBeLessThan(2_000);
    expect(lengths.length).toBeGreaterThan(1);
  });
});
