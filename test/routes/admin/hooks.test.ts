import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import issueOpen from "../../fixtures/gitlab/issue.open.json" with { type: "json" };
import { gitlabHooksAccess } from "../../../src/operations/hooks/gitlab-hooks-access.ts";
import { TEST_SETTINGS } from "../../settings.ts";
import { deliver, ORIGIN } from "../../webhook.ts";
import {
  acme,
  bindings,
  createWorld,
  endWorld,
  publish,
  settled,
  step,
  type World,
} from "../../world.ts";
import { rowsIn } from "./rows-in.ts";
import { visit, type VisitOptions } from "./visit.ts";
import { look } from "./look.ts";
import { wordsIn } from "./page.ts";
import { saidTo } from "./said-to.ts";

const MAPPING = { rules: [{ name: "Opened", on: "issue.open", to: "support" }] };

let world: World;
beforeEach(async () => {
  world = await createWorld({ "mapping/gitlab/acme/site": MAPPING, "mapping/gitlab/*": MAPPING });
});
afterEach(endWorld);

/** Makes a webhook in GitLab that sends here. */
async function make(path = "projects/acme%2Fsite", fields: object = {}) {
  const { gitlab } = world;
  await gitlab.app.request(`https://gitlab.test/api/v4/${path}/hooks`, {
    method: "POST",
    headers: { authorization: "Bearer glpat-somebody", "content-type": "application/json" },
    body: JSON.stringify({
      url: `${ORIGIN}/gitlab/webhooks/acme/site`,
      signing_token: TEST_SETTINGS.GITLAB_SIGNING_TOKENS,
      issues_events: true,
      push_events: false,
      ...fields,
    }),
  });
  const made = gitlab.webhooks.hooks.at(-1);
  if (made === undefined) throw new Error("GitLab made no webhook");
  return made;
}

async function enable(fields: object = {}, options: VisitOptions = {}): Promise<string> {
  const form = { owner: "project", path: "acme/site", hook: "1", back: "/admin/hooks", ...fields };
  const response = await visit("/admin/hooks/enable", { form, ...options });
  return saidTo(response);
}

describe("/admin/hooks", () => {
  it("shows the webhooks of projects with a mapping, and of the groups above them", async () => {
    await make();
    await make("groups/acme", { url: `${ORIGIN}/gitlab/webhooks/acme` });
    await make("projects/acme%2Fsite", { url: "https://others.example.com/hook/very-secret" });
    const html = await look("/admin/hooks");
    expect(wordsIn(html)).toContain(
      "GitLab sends to all 2 webhooks that 2 projects and groups have.",
    );
    expect(rowsIn(html)).toEqual([
      expect.stringMatching(
        /^acme group, webhook 2 ✓ sends .*\/gitlab\/webhooks\/acme issues none lately$/,
      ),
      expect.stringMatching(
        /^acme\/site project, webhook 1 ✓ sends .*webhooks\/acme\/site issues none lately$/,
      ),
    ]);
    expect(html).toContain('href="https://gitlab.test/acme/site/-/hooks/1/edit"');
    expect(html).not.toContain("others.example.com");
    expect(html).not.toContain(TEST_SETTINGS.GITLAB_API_TOKEN);
  });

  it("says what GitLab disabled, and enables it by a test that arrives", async () => {
    const hook = await make();
    hook.failures = 40;
    const html = await look("/admin/hooks");
    expect(wordsIn(html)).toContain(
      "GitLab has stopped sending to 1 of 1 webhook. 2 projects and groups were looked at.",
    );
    expect(rowsIn(html)[0]).toMatch(/✗ disabled .* Enable webhook 1 of acme\/site$/);
    expect(await look("/admin/hooks", { role: "view" })).not.toContain("/admin/hooks/enable");
    const said = await enable();
    expect(said).toContain("The test of webhook 1 of acme/site arrived");
    expect(said).toContain("It was: disabled by GitLab. It is: ok.");
    expect(hook.failures).toBe(0);
    expect(rowsIn(await look("/admin/hooks"))[0]).toContain("✓ sends");
  });

  it("says until when GitLab pauses one that failed a few times", async () => {
    const hook = await make();
    hook.failures = 5;
    hook.disabledUntil = Date.now() + 2 * 60_000;
    expect(rowsIn(await look("/admin/hooks"))[0]).toContain(
      "✗ disabled GitLab tries again in 2 minutes",
    );
  });

  it("says why a test did not arrive, and leaves it as it was", async () => {
    const hook = await make("projects/acme%2Fsite", { signing_token: undefined, token: "wrong" });
    hook.failures = 40;
    const said = await enable();
    expect(said).toContain("The test of webhook 1 of acme/site came here and was refused");
    expect(said).toContain("npx causeway hooks create acme/site --renew-token");
    expect(said).not.toMatch(/GitLab refused|\{"error/);
    expect(hook.failures).toBe(40);
  });

  it("does not test what sends to others, nor for a viewer", async () => {
    const hook = await make("projects/acme%2Fsite", { url: "https://others.example.com/hook" });
    hook.failures = 40;
    expect(await enable()).toContain("Webhook 1 of acme/site does not send here.");
    const form = { owner: "project", path: "acme/site", hook: "1" };
    const viewer = await visit("/admin/hooks/enable", { role: "view", form });
    expect(viewer.status).toBe(403);
    expect(hook.failures).toBe(40);
    expect(world.gitlab.webhooks.sent.size).toBe(0);
  });

  it("takes its token nowhere but to GitLab, in one header", async () => {
    await make();
    await look("/admin/hooks");
    const calls = vi.mocked(fetch).mock.calls.map(([input, init]) => new Request(input, init));
    const asked = calls.filter(({ url }) => url.startsWith("https://gitlab.test/api/v4/"));
    expect(asked.length).toBeGreaterThan(0);
    for (const request of asked) {
      expect(request.redirect).toBe("manual");
      const headers = [...request.headers].filter(([, value]) =>
        value.includes(TEST_SETTINGS.GITLAB_API_TOKEN),
      );
      expect(headers.map(([name]) => name)).toEqual(["authorization"]);
      expect(request.url).not.toContain(TEST_SETTINGS.GITLAB_API_TOKEN);
    }
  });

  it("says which projects it may not look at, and what that takes", async () => {
    await publish("mapping/gitlab/acme/site-locked", MAPPING);
    await make();
    const html = wordsIn(await look("/admin/hooks"));
    expect(html).toContain("1 project or group could not be looked at");
    expect(html).toContain("acme/site-locked GitLab does not let the owner of GITLAB_API_TOKEN");
    expect(html).toContain("Maintainer in a project");
  });

  it("says which path was renamed, and that its mapping has to be", async () => {
    const headers = { location: "https://gitlab.test/api/v4/elsewhere" };
    world.gitlab.faults.push({ answer: new Response(null, { status: 301, headers }) });
    expect(wordsIn(await look("/admin/hooks"))).toContain(
      "acme GitLab sends this path elsewhere: it was renamed.",
    );
  });

  it("asks GitLab once in five minutes, and anew when somebody says so", async () => {
    const hook = await make();
    await look("/admin/hooks");
    const asked = world.fetched();
    hook.failures = 40;
    await step(60_000);
    expect(wordsIn(await look("/admin/hooks"))).toContain("GitLab was asked 1 minute ago");
    expect(world.fetched()).toBe(asked);
    const again = await visit("/admin/hooks?anew");
    expect(again.headers.get("location")).toBe("/admin/hooks");
    expect(rowsIn(await look("/admin/hooks"))[0]).toContain("✗ disabled");
    hook.failures = 0;
    await step(6 * 60_000);
    expect(rowsIn(await look("/admin/hooks"))[0]).toContain("✓ sends");
  });

  it("asks about a few at a time, and goes on from there", async () => {
    for (let n = 0; n < 60; n += 1) await publish(`mapping/gitlab/acme/p${n + 100}`, MAPPING);
    await make("projects/acme%2Fp159", { url: `${ORIGIN}/gitlab/webhooks/acme/p159` });
    const before = world.fetched();
    let html = await look("/admin/hooks");
    expect(world.fetched() - before).toBeLessThanOrEqual(40);
    expect(html).not.toContain("acme/p159");
    let looks = 1;
    for (let next = nextIn(html); next !== null; next = nextIn(html)) {
      html = await look(next);
      looks += 1;
    }
    expect(html).toContain("acme/p159");
    expect(looks).toBeLessThanOrEqual(5);
  });

  it("says what is wrong with GitLab as a whole, and asks no more", async () => {
    for (let n = 0; n < 10; n += 1) world.gitlab.faults.push({ answer: "cut" });
    const before = world.fetched();
    expect(wordsIn(await look("/admin/hooks"))).toContain(
      "GitLab at https://gitlab.test cannot be reached",
    );
    expect(world.fetched() - before).toBeLessThanOrEqual(5);
  });

  it("shows when something came last by each hook's path, and looks at the hooks that it came through", async () => {
    await publish("mapping/gitlab/acme", MAPPING);
    await make("projects/acme%2Fwidgets", { url: `${ORIGIN}/gitlab/webhooks/acme/widgets` });
    await deliver(acme(issueOpen), { path: "/acme/widgets" });
    await settled();
    await step(60_000);
    const html = await look("/admin/hooks");
    expect(rowsIn(html)[0]).toMatch(/^acme\/widgets project.*issues 1 minute ago$/);
    expect(wordsIn(html)).toContain("Of the latest 1,000 events of each namespace");
  });
});

function nextIn(html: string): string | null {
  const found = /href="(\/admin\/hooks\?after=[^"&]*)">Look at the next/.exec(html)?.[1];
  return found ?? null;
}

it("cannot ask GitLab without a token: that says what to set, with which scope and role", () => {
  const without = gitlabHooksAccess({ ...bindings, GITLAB_API_TOKEN: " " });
  expect(without).toEqual({ ok: false, message: expect.stringContaining("read_api") });
  const nowhere = gitlabHooksAccess({ ...bindings, GITLAB_URL: "gitlab" });
  expect(nowhere).toEqual({ ok: false, message: expect.stringContaining("GITLAB_URL") });
});

describe("/admin/hooks/summary", () => {
  it("is a part of a page: what GitLab does not send to, with the button", async () => {
    const hook = await make();
    hook.failures = 40;
    const html = await look("/admin/hooks/summary", { htmx: true });
    expect(html).not.toContain("<html");
    expect(wordsIn(html)).toContain("GitLab has stopped sending to 1 of 1 webhook.");
    expect(html).toContain('action="/admin/hooks/enable"');
    expect(html).toContain('name="disabled-hooks" value="1"');
    const summary = await visit("/admin/hooks/summary", { htmx: true });
    expect(summary.headers.get("hx-trigger-after-swap")).toBe("hooks-disabled");
    const things = async (query: string): Promise<number> =>
      Number(
        /(\d+) things? needs? you/.exec(wordsIn(await look(`/admin/overview${query}`)))?.[1] ?? 0,
      );
    expect(await things("?disabled-hooks=1")).toBe((await things("")) + 1);
    const viewer = await look("/admin/hooks/summary", { htmx: true, role: "view" });
    expect(viewer).toContain("acme/site");
    expect(viewer).not.toContain("/admin/hooks/enable");
  });

  it("says which was not seen and why, and that events come all the same", async () => {
    await publish("mapping/gitlab/acme/site-locked", MAPPING);
    await deliver(acme(issueOpen));
    await settled();
    const html = wordsIn(await look("/admin/hooks/summary", { htmx: true }));
    expect(html).toMatch(/No webhook of .* sends here\./);
    expect(html).toMatch(/Events come all the same, the last \S+ .*: through a webhook/);
    expect(html).toMatch(
      /acme\/site-locked was not seen: GitLab does not let the owner of GITLAB_API_TOKEN .*\. All webhooks/,
    );
    expect(html).not.toContain("1 project or group were");
  });

  it("says that all is well in a sentence", async () => {
    await make();
    expect(wordsIn(await look("/admin/hooks/summary", { htmx: true }))).toContain(
      "GitLab sends to the one webhook that 2 projects and groups have.",
    );
  });
});
