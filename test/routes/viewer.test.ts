import { exports } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { adminApi } from "../../routes/api/api.ts";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import { TEST_SETTINGS } from "../settings.ts";
import { deliver, ORIGIN } from "../webhook.ts";
import { acme, createWorld, endWorld, settled } from "../world.ts";

/** Each way to ask `/admin/api`, and whether VIEWER_TOKEN is enough for it. */
const WAYS: [way: string, allowed: boolean][] = [
  ["GET /ledger", true],
  ["GET /problems", true],
  ["GET /checks/settings", true],
  ["GET /checks/delivery", true],
  ["GET /checks/kv", true],
  ["GET /checks/slack", true],
  ["GET /checks/channels/:id", true],
  ["GET /checks/destinations/:name", true],
  ["POST /checks/destinations/:name", true],
  ["POST /people/lookup", true],
  ["POST /people/check", true],
  ["POST /hook-tokens", false],
  ["GET /events", true],
  ["GET /events/:id", true],
  ["GET /events/:id/body", false],
  ["POST /events/:id/replay", false],
  ["GET /documents", true],
  ["GET /documents/*", false],
  ["PUT /documents/*", false],
  ["DELETE /documents/*", false],
  ["GET /publishes", true],
  ["GET /publishes/:id", false],
  ["GET /publishes/:id/progress", true],
  ["POST /publishes", false],
  ["GET /deliveries", true],
  ["POST /deliveries/retry", false],
  ["POST /deliveries/:id/retry", false],
  ["POST /backtests", true],
  ["POST /destinations/:name/pause", false],
  ["POST /destinations/:name/resume", false],
  ["POST /destinations/:name/discard", false],
  ["GET /failures", true],
  ["GET /openapi.json", true],
];

beforeEach(async () => {
  await createWorld();
});
afterEach(endWorld);

async function ask(way: string, token: string, init: RequestInit = {}): Promise<Response> {
  const [method = "", path = ""] = way.split(" ");
  return await exports.default.fetch(
    new Request(`${ORIGIN}/admin/api${path}`, {
      ...init,
      method,
      headers: { authorization: `Bearer ${token}` },
    }),
  );
}

/** The ledger, which counts every delivery. */
async function ledgerText(): Promise<string> {
  return await (await ask("GET /ledger", TEST_SETTINGS.VIEWER_TOKEN)).text();
}

async function codeOf(response: Response): Promise<string | null> {
  const said = await response.text();
  return /^\{"error":\{"code":"(\w+)"/.exec(said)?.[1] ?? null;
}

describe("VIEWER_TOKEN", () => {
  it("is decided about for each way to ask", () => {
    const ways = adminApi.routes
      .filter(({ method }) => method !== "ALL")
      .map(({ method, path }) => `${method} ${path}`);
    expect(WAYS.map(([way]) => way).toSorted()).toEqual([...new Set(ways)].toSorted());
  });

  test.for(WAYS)("%s: %s", async ([way, allowed]) => {
    const filled = way.replace(":id", "C0000000001").replace(":name", "channel");
    const path = filled.replace("*", "destination/channel");
    const body = way.startsWith("GET") ? {} : { body: "{}" };
    const response = await ask(path, TEST_SETTINGS.VIEWER_TOKEN, body);
    const { status } = response;
    expect(status === 403 && (await codeOf(response)) === "viewer").toBe(!allowed);
    expect(status).not.toBe(401);
    const editor = await ask(path, TEST_SETTINGS.ADMIN_TOKEN, body);
    expect([401, 403]).not.toContain(editor.status);
  });

  it("reads mappings and people, but no destination's address, however its name is written", async () => {
    const viewer = TEST_SETTINGS.VIEWER_TOKEN;
    const mapping = await ask("GET /documents/mapping/gitlab/acme", viewer);
    expect(mapping.status).toBe(200);
    expect(await mapping.text()).toContain("Opened");
    for (const key of [
      "destination/hook",
      "destination%2Fhook",
      "%64estination/hook",
      "%2564estination/hook",
      "mapping/../destination/hook",
      "mapping%2F..%2Fdestination%2Fhook",
      "/destination/hook",
      "./destination/hook",
    ]) {
      const response = await ask(`GET /documents/${key}`, viewer);
      expect(response.status).not.toBe(200);
      expect(await response.text()).not.toContain("000000000000000000000001");
    }
  });

  it("is told no address of a destination by anything that it may ask", async () => {
    const { id } = await deliver(acme(issueOpen));
    await settled();
    const viewer = TEST_SETTINGS.VIEWER_TOKEN;
    const secret = "000000000000000000000001";
    const told: string[] = [];
    for (const [way] of WAYS.filter(([each, allowed]) => allowed && each.startsWith("GET"))) {
      const path = way.replace("/events/:id", `/events/${id}`);
      const named = path.replace(":id", "C0000000001").replace(":name", "hook");
      if ((await (await ask(named, viewer)).text()).includes(secret)) told.push(way);
    }
    expect(told).toEqual([]);
    const list = await ask("GET /documents", viewer);
    expect(await list.text()).toContain("slack.test/services/T…/…••••");
    expect(await (await ask("GET /documents", TEST_SETTINGS.ADMIN_TOKEN)).text()).toContain(secret);
  });

  it("finds out by no back-test what pages leave out of an event", async () => {
    const email = "alex@example.test";
    await deliver({ ...acme(issueOpen), user: { ...issueOpen.user, email } });
    await settled();
    const asked = (beginning: string) => ({
      since: "2030-01-01T00:00:00Z",
      documents: [
        {
          key: "mapping/gitlab/acme",
          text: JSON.stringify({
            rules: [
              {
                name: "Asks",
                on: "issue.*",
                to: "channel",
                when: { if: `payload.user.email.startsWith("${beginning}")` },
              },
            ],
          }),
        },
        {
          key: "destination/channel",
          text: JSON.stringify({ type: "channel", channel: "C0000000001" }),
        },
      ],
    });
    const would = async (token: string, beginning: string): Promise<number> => {
      const body = JSON.stringify(asked(beginning));
      const answer = await ask("POST /backtests", token, { body });
      const { items }: { items: { would: unknown[] }[] } = await answer.json();
      return items.flatMap((item) => item.would).length;
    };
    expect(await would(TEST_SETTINGS.ADMIN_TOKEN, email)).toBe(1);
    expect(await would(TEST_SETTINGS.VIEWER_TOKEN, email)).toBe(0);
    expect(await would(TEST_SETTINGS.VIEWER_TOKEN, "")).toBe(1);
  });

  it("changes nothing with what it is refused", async () => {
    const { id } = await deliver(acme(issueOpen));
    await settled();
    const before = await ledgerText();
    const replay = await ask(`POST /events/${id}/replay`, TEST_SETTINGS.VIEWER_TOKEN);
    expect(await codeOf(replay)).toBe("viewer");
    await settled();
    expect(await ledgerText()).toBe(before);
    await ask("POST /destinations/support/pause", TEST_SETTINGS.VIEWER_TOKEN, {
      body: '{"by":"Mallory","why":"x"}',
    });
    const problems = await ask("GET /problems", TEST_SETTINGS.VIEWER_TOKEN);
    expect(await problems.text()).not.toContain("Mallory");
  });

  it("says what it is for, and what it takes instead", async () => {
    const response = await ask("POST /publishes", TEST_SETTINGS.VIEWER_TOKEN, { body: "{}" });
    expect(await response.json()).toEqual({
      error: { code: "viewer", message: expect.stringContaining("ADMIN_TOKEN does") },
    });
  });
});
