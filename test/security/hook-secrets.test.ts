import { exports } from "cloudflare:workers";
import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { deriveHookSecret } from "../../src/gitlab/hook-secret.ts";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import { admin, deliver, ORIGIN } from "../webhook.ts";
import { acme, createWorld, endWorld, publish, settled, type World } from "../world.ts";

const issue = acme(issueOpen);
const PATH = "acme/widgets";
const TOKEN = deriveHookSecret("master-secret-now", PATH);
const UNSIGNED = { "webhook-signature": null, "webhook-timestamp": null };

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(endWorld);

describe("the token derived for a hook", () => {
  test.for<[status: number, path: string, name: string]>([
    [202, "/acme/widgets", "its own path"],
    [202, "/acme/widgets/", "its own path with a slash at its end"],
    [202, "/acme%2Fwidgets", "its own path, percent-encoded"],
    [401, "", "the shared endpoint"],
    [401, "/acme", "the group above"],
    [401, "/acme/widgets/sub", "a path below"],
    [401, "/acme/gadgets", "a project beside"],
    [401, "/acme/widgets2", "a project whose name begins like its own"],
    [401, "/Acme/widgets", "its own path in another case"],
    [401, "/ACME/WIDGETS", "its own path in capitals"],
    [401, "/acme/widgets%20", "its own path and a space"],
    [401, "/acme/widgets%00", "its own path and a NUL"],
    [401, "/acme%252Fwidgets", "its own path, encoded twice"],
    [401, "/acme/widgets/..%2Fgadgets", "a way out of its own path"],
    [401, "/acme/widgets/../gadgets", "a way out that the URL resolves"],
    [401, "/*", "all paths"],
  ])("answers %i at %s: %s", async ([status, path]) => {
    expect((await deliver(issue, { path, token: TOKEN })).status).toBe(status);
    const asToken = { ...UNSIGNED, "x-gitlab-token": TOKEN };
    expect((await deliver(issue, { path, headers: asToken })).status).toBe(status);
  });

  it("opens nothing else: not the admin API, not Slack's endpoints", async () => {
    const asAdmin = await exports.default.fetch(
      new Request(`${ORIGIN}/admin/api/ledger`, { headers: { authorization: `Bearer ${TOKEN}` } }),
    );
    expect(asAdmin.status).toBe(401);
    const timestamp = String(Math.floor(Date.now() / 1000));
    const body = "{}";
    const hmac = createHmac("sha256", TOKEN).update(`v0:${timestamp}:${body}`).digest("hex");
    const asSlack = await exports.default.fetch(
      new Request(`${ORIGIN}/slack/events`, {
        method: "POST",
        headers: { "x-slack-request-timestamp": timestamp, "x-slack-signature": `v0=${hmac}` },
        body,
      }),
    );
    expect(asSlack.status).toBe(401);
  });

  it("is not good for what it was derived from, nor the other way round", async () => {
    for (const token of ["master-secret-now", "master-secret-before", "plain-token-one"]) {
      const headers = { ...UNSIGNED, "x-gitlab-token": token };
      const expected = token === "plain-token-one" ? 202 : 401;
      expect((await deliver(issue, { path: `/${PATH}`, headers })).status).toBe(expected);
    }
  });

  test.for<[name: string, project: unknown]>([
    ["a project of another group", { path_with_namespace: "finance/payroll" }],
    ["a project beside", { path_with_namespace: "acme/gadgets" }],
    ["the group above", { path_with_namespace: "acme" }],
  ])("cannot speak for %s", async ([, project]) => {
    expect(await deliver({ ...issue, project }, { path: `/${PATH}`, token: TOKEN })).toMatchObject({
      status: 403,
      code: "out_of_scope",
    });
    expect(world.slack.workspace.messages).toEqual([]);
  });

  test.for<[name: string, path: string]>([
    ["too long to be one", `finance/${"x".repeat(500)}`],
    ["too deep to be one", `finance${"/x".repeat(30)}`],
    ["of broken characters", "finance/\ud800"],
  ])("cannot pass as another project by a path that is %s", async ([, path]) => {
    await publish("mapping/gitlab/*", {
      rules: [{ name: "Finance", on: "*", when: { project: "finance/*" }, to: "hook" }],
    });
    const { id } = await deliver(
      { ...issue, project: { ...issue.project, path_with_namespace: path } },
      { path: `/${PATH}`, token: TOKEN },
    );
    await settled();
    expect(await admin(`/events/${id}`)).toMatchObject({
      project: PATH,
      rules: expect.arrayContaining([expect.objectContaining({ rule: "Finance", matched: false })]),
    });
    expect(JSON.stringify(world.slack.workspace.messages)).not.toContain("finance");
  });
});
