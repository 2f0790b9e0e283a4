import { exports } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { app } from "../../routes/app.ts";
import { deriveHookSecret } from "../../src/gitlab/hook-secret.ts";
import { ORIGIN } from "../webhook.ts";
import { bindings, createWorld, endWorld } from "../world.ts";
import { TEST_SETTINGS } from "../settings.ts";

const ADMIN = { authorization: `Bearer ${TEST_SETTINGS.ADMIN_TOKEN}` };

function request(body: unknown, headers: Record<string, string> = ADMIN): Request {
  return new Request(`${ORIGIN}/admin/api/hook-tokens`, {
    method: "POST",
    headers,
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

beforeEach(async () => {
  await createWorld();
});
afterEach(endWorld);

describe("the token of a hook", () => {
  test.for([
    ["acme/widgets", "acme/widgets"],
    ["/Acme/Widgets/", "Acme/Widgets"],
    ["acme%2Fwidgets", "acme/widgets"],
  ] as const)("of %s is derived for %s from the first master secret", async ([given, path]) => {
    const answer = await exports.default.fetch(request({ path: given }));
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect([answer.status, await answer.json()]).toEqual([
      200,
      {
        path,
        url: `${ORIGIN}/gitlab/webhooks/${path}`,
        token: deriveHookSecret("master-secret-now", path),
        secrets: 2,
      },
    ]);
  });

  it("is nobody's without the admin token", async () => {
    const answer = await exports.default.fetch(request({ path: "acme" }, {}));
    expect(answer.status).toBe(401);
  });

  test.for([
    {},
    { path: "" },
    { path: "//" },
    { path: 7 },
    "no json",
    "null",
    { path: "a/".repeat(30) },
  ])("is not made for %j", async (body) => {
    const answer = await exports.default.fetch(request(body));
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { error: { code: "bad_path", path: "path" } },
    ]);
  });

  test.for([undefined, "", "  "])("needs a master secret, not %j", async (secrets) => {
    const { HOOK_MASTER_SECRETS: _, ...others } = { ...bindings };
    const env = secrets === undefined ? others : { ...others, HOOK_MASTER_SECRETS: secrets };
    const answer = await app.fetch(request({ path: "acme" }), env);
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      {
        error: {
          code: "no_master_secret",
          message: expect.stringContaining("wrangler secret put"),
        },
      },
    ]);
  });
});
