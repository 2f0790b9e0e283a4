import { exports } from "cloudflare:workers";
import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { runInDurableObject } from "cloudflare:test";
import epicOpen from "../fixtures/gitlab/epic.open.json" with { type: "json" };
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import memberAdd from "../fixtures/gitlab/member.add.json" with { type: "json" };
import { TEST_SETTINGS } from "../settings.ts";
import { admin, deliver, ORIGIN, webhook, type WebhookOptions } from "../webhook.ts";
import { acme, bindings, createWorld, endWorld, query, relay, settled } from "../world.ts";

const issue = acme(issueOpen);
const MiB = 1024 * 1024;

/** What anyone can compute from a master secret and a path, independently of the Worker. */
function derived(master: string, path: string): string {
  return `whsec_${createHmac("sha256", Buffer.from(master, "utf8")).update(Buffer.from(path, "utf8")).digest("base64")}`;
}

const UNSIGNED = { "webhook-signature": null, "webhook-timestamp": null };
const STRANGER = `whsec_${Buffer.alloc(32, 9).toString("base64")}`;

beforeEach(async () => {
  await createWorld();
});
afterEach(endWorld);

describe("POST /gitlab/webhooks", () => {
  test.for<{ name: string; options: WebhookOptions; status: number }>([
    { name: "a signed webhook", options: {}, status: 202 },
    {
      name: "the first plain token",
      options: { headers: { ...UNSIGNED, "x-gitlab-token": "plain-token-one" } },
      status: 202,
    },
    {
      name: "the second plain token",
      options: { headers: { ...UNSIGNED, "x-gitlab-token": "plain-token-two" } },
      status: 202,
    },
    {
      name: "a wrong plain token",
      options: { headers: { ...UNSIGNED, "x-gitlab-token": "plain-token" } },
      status: 401,
    },
    { name: "nothing at all", options: { headers: UNSIGNED }, status: 401 },
    { name: "a stranger's signature", options: { token: STRANGER }, status: 401 },
    {
      name: "a stranger's signature with a right plain token",
      options: { token: STRANGER, headers: { "x-gitlab-token": "plain-token-one" } },
      status: 401,
    },
    {
      name: "a stale timestamp",
      options: { ageSeconds: 301 },
      status: 401,
    },
    {
      name: "a timestamp from the future",
      options: { ageSeconds: -301 },
      status: 401,
    },
    {
      name: "a timestamp of five minutes ago",
      options: { ageSeconds: 300 },
      status: 202,
    },
    {
      name: "a secret derived for a path, on the shared endpoint",
      options: { token: derived("master-secret-now", "acme") },
      status: 401,
    },
  ])("answers $status to $name", async ({ options, status }) => {
    expect((await deliver(issue, options)).status).toBe(status);
  });

  test.for([
    {
      name: "an event no rule wants",
      body: { ...issue, object_attributes: { action: "close" } },
      said: "accepted",
    },
    {
      name: "an unknown kind",
      body: { object_kind: "alert", object_attributes: { action: "fire" } },
      said: "accepted",
    },
    { name: "a body without a kind", body: {}, said: "accepted" },
    { name: "a body that is not JSON", body: "{not json", said: "unreadable" },
    { name: "an empty body", body: "", said: "unreadable" },
    { name: "JSON that is no object", body: "[1,2,3]", said: "unreadable" },
  ])("answers 202 to $name: $said", async ({ body, said }) => {
    expect(await deliver(body)).toMatchObject({ status: 202, said });
  });

  it("records what is unreadable, once", async () => {
    const first = await deliver("{not json", { id: "unreadable-1" });
    await settled("gitlab/-");
    const second = await deliver("{not json", { id: "unreadable-1" });
    expect(second).toMatchObject({ said: "duplicate", id: first.id });
    expect(await admin(`/events/${first.id}`)).toMatchObject({
      state: "unreadable",
      reason: "the body is not a JSON object",
    });
    expect(await admin("/ledger")).toMatchObject({
      total: { received: 2, unreadable: 1, duplicate: 1 },
    });
  });

  it("answers 503 only when the event could not be committed", async () => {
    await deliver(issue);
    await settled();
    await runInDurableObject(relay(), (_instance, state) => {
      state.storage.sql.exec("ALTER TABLE events RENAME TO events_away");
    });
    expect(await deliver(issue)).toMatchObject({ status: 503, code: "not_committed" });
    await runInDurableObject(relay(), (_instance, state) => {
      state.storage.sql.exec("ALTER TABLE events_away RENAME TO events");
    });
    expect(await deliver(issue)).toMatchObject({ status: 202 });
  });

  it("is the only method, and nothing lies beside it", async () => {
    expect((await exports.default.fetch(`${ORIGIN}/gitlab/webhooks`)).status).toBe(404);
    expect(
      (
        await exports.default.fetch(
          new Request(`${ORIGIN}/gitlab/webhooksacme`, { method: "POST" }),
        )
      ).status,
    ).toBe(404);
  });

  it("refuses everything while no secret is configured", async () => {
    const { app } = await import("../../routes/app.ts");
    const bare = {
      ...bindings,
      GITLAB_SIGNING_TOKENS: "",
      GITLAB_SECRET_TOKENS: "",
      HOOK_MASTER_SECRETS: "",
    };
    const unsigned = new Request(`${ORIGIN}/gitlab/webhooks`, {
      method: "POST",
      body: "{}",
      headers: { "x-gitlab-token": "" },
    });
    for (const request of [webhook(issue), unsigned]) {
      expect((await app.fetch(request, bare)).status).toBe(401);
    }
  });

  it("refuses an unsigned request where only signing tokens are configured", async () => {
    const { app } = await import("../../routes/app.ts");
    const request = webhook(issue, {
      headers: { ...UNSIGNED, "x-gitlab-token": TEST_SETTINGS.GITLAB_SIGNING_TOKENS },
    });
    expect((await app.fetch(request, { ...bindings, GITLAB_SECRET_TOKENS: "" })).status).toBe(401);
  });
});

describe("POST /gitlab/webhooks/<path>", () => {
  test.for<{ name: string; options: WebhookOptions; status: number; body?: unknown }>([
    {
      name: "its derived secret as signing token",
      options: { path: "/acme", token: derived("master-secret-now", "acme") },
      status: 202,
    },
    {
      name: "a secret derived from the master secret before",
      options: { path: "/acme", token: derived("master-secret-before", "acme") },
      status: 202,
    },
    {
      name: "its derived secret as plain token",
      options: {
        path: "/acme",
        headers: { ...UNSIGNED, "x-gitlab-token": derived("master-secret-now", "acme") },
      },
      status: 202,
    },
    { name: "a shared signing token", options: { path: "/acme" }, status: 202 },
    {
      name: "a shared plain token",
      options: { path: "/acme", headers: { ...UNSIGNED, "x-gitlab-token": "plain-token-two" } },
      status: 202,
    },
    {
      name: "the secret of the project itself",
      options: { path: "/acme/widgets", token: derived("master-secret-now", "acme/widgets") },
      status: 202,
    },
    {
      name: "a path in another case",
      options: { path: "/Acme/WIDGETS/", token: derived("master-secret-now", "Acme/WIDGETS") },
      status: 202,
    },
    {
      name: "a percent-encoded path",
      options: { path: "/%61cme%2Fwidgets", token: derived("master-secret-now", "acme/widgets") },
      status: 202,
    },
    {
      name: "the secret of another path",
      options: { path: "/acme", token: derived("master-secret-now", "acme/widgets") },
      status: 401,
    },
    {
      name: "a project outside the path",
      options: { path: "/acme/gadgets", token: derived("master-secret-now", "acme/gadgets") },
      status: 403,
    },
    {
      name: "a project whose name only begins like the path",
      options: { path: "/acm", token: derived("master-secret-now", "acm") },
      status: 403,
    },
    {
      name: "an epic of the group",
      options: { path: "/acme", token: derived("master-secret-now", "acme") },
      body: epicOpen,
      status: 202,
    },
    {
      name: "an event without a path of its own",
      options: { path: "/acme/gadgets", token: derived("master-secret-now", "acme/gadgets") },
      body: { anything: true },
      status: 202,
    },
    {
      name: "a member of a nested group, named by its last segment alone",
      options: { path: "/acme/platform", token: derived("master-secret-now", "acme/platform") },
      body: memberAdd,
      status: 202,
    },
  ])("answers $status to $name", async ({ options, status, body }) => {
    expect((await deliver(body ?? issue, options)).status).toBe(status);
  });

  it("gives an event without a path of its own its hook's", async () => {
    const { id } = await deliver(
      { anything: true },
      { path: "/acme/gadgets", token: derived("master-secret-now", "acme/gadgets") },
    );
    await settled();
    expect(await admin(`/events/${id}`)).toMatchObject({
      project: "acme/gadgets",
      type: "unknown",
    });
  });
});

describe("a large body", () => {
  /** An issue whose description makes the body exactly `size` bytes. */
  function issueOf(size: number, fill: string): Uint8Array {
    const description = "DESCRIPTION";
    const [before = "", after = ""] = JSON.stringify({
      ...issue,
      object_attributes: { ...issue.object_attributes, description },
    }).split(description);
    const unit = Buffer.from(fill);
    const body = Buffer.alloc(size, " ");
    const space = size - Buffer.byteLength(before) - Buffer.byteLength(after);
    let at = body.write(before);
    for (let units = Math.floor(space / unit.length); units > 0; units -= 1)
      at += unit.copy(body, at);
    body.write(after, size - Buffer.byteLength(after));
    return body;
  }

  /** Text that does not compress; the runtime makes 64 KiB of randomness at a time. */
  function noise(bytes: number): string {
    const random = new Uint8Array(bytes);
    for (let at = 0; at < bytes; at += 65_536)
      crypto.getRandomValues(random.subarray(at, at + 65_536));
    return Buffer.from(random).toString("base64");
  }

  async function send(body: Uint8Array): Promise<{ status: number; id: string }> {
    const headers = {
      "x-gitlab-token": "plain-token-one",
      "x-gitlab-event": "Issue Hook",
      "webhook-id": crypto.randomUUID(),
    };
    const response = await exports.default.fetch(
      new Request(`${ORIGIN}/gitlab/webhooks`, { method: "POST", headers, body }),
    );
    return { status: response.status, id: (await response.json<{ id: string }>()).id };
  }

  async function stored(id: string): Promise<Uint8Array> {
    const response = await exports.default.fetch(
      new Request(`${ORIGIN}/admin/api/events/${id}/body`, {
        headers: { authorization: `Bearer ${TEST_SETTINGS.ADMIN_TOKEN}` },
      }),
    );
    return new Uint8Array(await response.arrayBuffer());
  }

  test.for([
    { name: "25 MiB of Latin text", size: 25 * MiB, fill: "handover " },
    { name: "25 MiB of non-Latin text", size: 25 * MiB, fill: "引き継ぎ🚑" },
    { name: "3 MiB", size: 3 * MiB, fill: "handover " },
  ])("of $name survives whole, and is delivered", async ({ size, fill }) => {
    const body = issueOf(size, fill);
    const { status, id } = await send(body);
    expect(status).toBe(202);
    await settled();
    expect(Buffer.compare(await stored(id), body)).toBe(0);
    expect(await admin(`/events/${id}`)).toMatchObject({
      state: "delivered",
      type: "issue.open",
      bytes: size,
      large: size > 4 * MiB,
      title: issue.object_attributes.title,
    });
  });

  it("that no compression makes smaller is stored in pieces under 1 MiB", async () => {
    const body = issueOf(25 * MiB, noise(6 * MiB));
    const { id } = await send(body);
    await settled();
    expect(Buffer.compare(await stored(id), body)).toBe(0);
    const [pieces] = await query<{ n: number; longest: number }>(
      "SELECT count(*) AS n, max(length(bytes)) AS longest FROM chunks",
    );
    expect(pieces?.n).toBeGreaterThan(5);
    expect(pieces?.longest).toBeLessThan(MiB);
  });

  it("over 25 MiB is refused with 413, declared or not", async () => {
    const body = new Uint8Array(25 * MiB + 1).fill(0x20);
    expect((await send(body)).status).toBe(413);
    const headers = { "x-gitlab-token": "plain-token-one" };
    const streamed = new Request(`${ORIGIN}/gitlab/webhooks`, {
      method: "POST",
      headers,
      body: new Blob([body]).stream(),
    });
    expect((await exports.default.fetch(streamed)).status).toBe(413);
  });
});
