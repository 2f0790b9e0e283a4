import { exports } from "cloudflare:workers";
import { afterEach, describe, expect, it, test, vi } from "vitest";
import { createHmac } from "node:crypto";
import { deriveHookSecret } from "../../src/gitlab/hook-secret.ts";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import { AMINA, CHANNEL, createSlackWorld, RELAY } from "../relay/slack-world.ts";
import { TEST_SETTINGS } from "../settings.ts";
import { ORIGIN, webhook, type WebhookOptions } from "../webhook.ts";
import { acme, createWorld, endWorld, settled } from "../world.ts";

const issue = acme(issueOpen);

afterEach(endWorld);

describe("a webhook of GitLab's that somebody recorded", () => {
  /** Records a request that GitLab signed, and sends it; then again with `change`. */
  async function record(
    options: WebhookOptions,
    change: (headers: Headers) => void,
    again: { path?: string; body?: string } = {},
  ): Promise<{ first: string; status: number; said: string | undefined }> {
    const request = webhook(issue, options);
    const [{ headers }, body] = [request, await request.clone().text()];
    const first = await exports.default.fetch(request);
    await settled();
    const changed = new Headers(headers);
    change(changed);
    const url = new URL(again.path ?? request.url, ORIGIN);
    const answered = await exports.default.fetch(
      new Request(url, { method: "POST", headers: changed, body: again.body ?? body }),
    );
    const { status: said }: { status?: string } = await answered.json();
    await settled();
    return {
      first: (await first.json<{ status: string }>()).status,
      status: answered.status,
      said,
    };
  }

  it("is a duplicate when it is sent again as it is, and posts nothing", async () => {
    const { slack } = await createWorld();
    expect(await record({}, () => {})).toEqual({
      first: "accepted",
      status: 202,
      said: "duplicate",
    });
    expect(slack.workspace.messages).toHaveLength(1);
  });

  test.for<[name: string, change: (headers: Headers) => void, again?: { body: string }]>([
    ["another id", (headers) => headers.set("webhook-id", crypto.randomUUID())],
    ["a fresh timestamp", (headers) => headers.set("webhook-timestamp", seconds(1))],
    ["another body", () => {}, { body: JSON.stringify({ ...issue, changes: {} }) }],
    ["a space behind its body", () => {}, { body: `${JSON.stringify(issue)} ` }],
    ["no timestamp", (headers) => headers.delete("webhook-timestamp")],
    ["no id", (headers) => headers.delete("webhook-id")],
    ["no signature", (headers) => headers.delete("webhook-signature")],
  ])("is refused with %s", async ([, change, again]) => {
    const { slack } = await createWorld();
    expect(await record({}, change, again)).toMatchObject({ first: "accepted", status: 401 });
    expect(slack.workspace.messages).toHaveLength(1);
  });

  it("is refused when it is older than five minutes, although nothing else changed", async () => {
    await createWorld();
    const later = () => void vi.setSystemTime(Date.now() + 301_000);
    expect(await record({}, later)).toMatchObject({ first: "accepted", status: 401 });
  });

  it("is refused at the path of another hook, which has a token of its own", async () => {
    await createWorld();
    const options = { path: "/acme", token: deriveHookSecret("master-secret-now", "acme") };
    for (const path of ["/gitlab/webhooks/acme/widgets", "/gitlab/webhooks"]) {
      expect(await record(options, () => {}, { path })).toMatchObject({ status: 401 });
    }
  });

  it("with a shared token is a duplicate at any path, for its project says where it belongs", async () => {
    const { slack } = await createWorld();
    const path = "/gitlab/webhooks/acme";
    expect(await record({}, () => {}, { path })).toMatchObject({ status: 202, said: "duplicate" });
    expect(slack.workspace.messages).toHaveLength(1);
  });

  it("stays confidential when the header that says so is taken away, which no signature covers", async () => {
    const { slack } = await createWorld();
    const options = { hook: "Confidential Issue Hook" };
    const plain = (headers: Headers) => headers.set("x-gitlab-event", "Issue Hook");
    expect(await record(options, plain)).toMatchObject({ status: 202, said: "duplicate" });
    expect(slack.workspace.messages).toEqual([]);
  });
});

describe("a request of Slack's that somebody recorded", () => {
  const reaction = {
    type: "event_callback",
    team_id: "T0CAUSEWAY",
    event_id: "Ev0000000001",
    event: { type: "reaction_added", reaction: "escalate", user: AMINA, event_ts: "1" },
  };

  function signed(path: string, body: string, timestamp = seconds(0)): Request {
    const key = TEST_SETTINGS.SLACK_SIGNING_SECRET;
    const hmac = createHmac("sha256", key).update(`v0:${timestamp}:${body}`).digest("hex");
    const headers = { "x-slack-request-timestamp": timestamp, "x-slack-signature": `v0=${hmac}` };
    return new Request(ORIGIN + path, { method: "POST", headers, body });
  }

  async function bodyFor(ts: string): Promise<string> {
    const item = { type: "message", channel: CHANNEL, ts };
    return JSON.stringify({ ...reaction, event: { ...reaction.event, item } });
  }

  it("is answered once, however often it comes", async () => {
    const world = await createSlackWorld();
    await world.rules({ on: "reaction.escalate", to: "thread" });
    const body = await bodyFor(world.question.ts);
    for (let times = 0; times < 3; times += 1) {
      expect((await exports.default.fetch(signed("/slack/events", body))).status).toBe(200);
      await settled(RELAY);
    }
    expect(world.answers()).toHaveLength(1);
  });

  it("is refused when it is older than five minutes", async () => {
    const world = await createSlackWorld();
    const request = signed("/slack/events", await bodyFor(world.question.ts));
    vi.setSystemTime(Date.now() + 301_000);
    expect((await exports.default.fetch(request)).status).toBe(401);
  });

  it("makes nothing happen at another of the three addresses, which its signature does not name", async () => {
    const world = await createSlackWorld();
    await world.rules({ on: "reaction.escalate", to: "thread" });
    const body = await bodyFor(world.question.ts);
    for (const path of ["/slack/interactions", "/slack/commands"]) {
      expect((await exports.default.fetch(signed(path, body))).status).toBe(200);
    }
    await settled(RELAY);
    expect(world.answers()).toEqual([]);
    expect(await world.events()).toEqual([]);
  });
});

function seconds(later: number): string {
  return String(Math.floor(Date.now() / 1000) + later);
}
