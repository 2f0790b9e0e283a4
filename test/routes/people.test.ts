import { exports } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it, test } from "vitest";
import { app } from "../../routes/app.ts";
import { TEST_SETTINGS } from "../settings.ts";
import { ORIGIN } from "../webhook.ts";
import { bindings, createWorld, endWorld, type World } from "../world.ts";

let world: World;

beforeEach(async () => {
  world = await createWorld();
});
afterEach(endWorld);

function question(path: string, body: unknown): Request {
  return new Request(`${ORIGIN}/admin/api/people/${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${TEST_SETTINGS.ADMIN_TOKEN}` },
    body: JSON.stringify(body),
  });
}

async function ask(path: string, body: unknown): Promise<{ status: number; json: unknown }> {
  const response = await exports.default.fetch(question(path, body));
  return { status: response.status, json: await response.json() };
}

it("finds members by their e-mail addresses", async () => {
  const emails = ["Amina@example.com", "nobody@example.com"];
  expect(await ask("lookup", { emails })).toEqual({
    status: 200,
    json: {
      items: [
        {
          email: "Amina@example.com",
          slack: "U0000000001",
          name: "amina",
          state: "active",
          why: null,
        },
        {
          email: "nobody@example.com",
          slack: null,
          name: null,
          state: "not_found",
          why: "Slack knows nobody of this id or address.",
        },
      ],
      retryAfterSeconds: null,
    },
  });
});

it("says who of these members is still there", async () => {
  world.slack.workspace.member("bruno")!.isDeleted = true;
  const slack = ["U0000000001", "U0000000002", "U0CAUSEWAY", "U0999999999"];
  const { json } = await ask("check", { slack });
  expect((json as { items: object[] }).items).toMatchObject([
    { slack: "U0000000001", state: "active", why: null },
    { slack: "U0000000002", state: "deactivated", why: "the account has been deactivated." },
    { slack: "U0CAUSEWAY", state: "bot" },
    { slack: "U0999999999", state: "not_found" },
  ]);
});

it("answers what it knows when Slack has had enough, and says when to go on", async () => {
  const asked = world.fetched();
  world.watch({
    start: () => {
      if (world.fetched() - asked !== 2) return;
      world.slack.workspace.faults.set({ on: "/api/*", fault: "rate_limited", retryAfter: 11 });
    },
  });
  const slack = ["U0000000001", "U0000000002", "U0000000003"];
  const { status, json } = await ask("check", { slack });
  expect(status).toBe(200);
  expect(json).toMatchObject({ items: [{ slack: "U0000000001" }], retryAfterSeconds: 11 });
  expect(world.fetched() - asked).toBe(2);
});

it("says which scope e-mail addresses need, once for all", async () => {
  world.slack.workspace.scopes.delete("users:read.email");
  const before = world.fetched();
  const emails = ["amina@example.com", "bruno@example.com"];
  const { status, json } = await ask("lookup", { emails });
  expect(status).toBe(422);
  expect(json).toMatchObject({
    error: {
      code: "missing_scope",
      message: expect.stringMatching(/lacks the scope users:read\.email.*slack-app-manifest/),
    },
  });
  expect(world.fetched() - before).toBe(1);
});

it("says that Slack does not answer, and that there is no bot token", async () => {
  world.slack.workspace.faults.set({ on: "/api/*", fault: "html_error" });
  expect(await ask("check", { slack: ["U0000000001"] })).toMatchObject({
    status: 502,
    json: { error: { code: "slack_silent" } },
  });
  const response = await app.fetch(question("check", { slack: ["U0000000001"] }), {
    ...bindings,
    SLACK_BOT_TOKEN: "",
  });
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({ error: { code: "no_token" } });
});

test.for([
  ["lookup", { emails: ["amina"] }, "emails.0"],
  ["lookup", { emails: Array.from({ length: 51 }, () => "a@example.com") }, "emails"],
  ["lookup", "nothing", ""],
  ["check", { slack: ["amina"] }, "slack.0"],
  ["check", { emails: [] }, "slack"],
] as const)("refuses a question that is none: %s %j", async ([path, body, where]) => {
  const { status, json } = await ask(path, body);
  expect(status).toBe(400);
  expect(json).toMatchObject({ error: { code: "bad_body", path: where } });
});
