import { Webhook } from "standardwebhooks";
import { describe, expect, it, test } from "vitest";
import { createGitlab, type GitlabOptions } from "../../src/sandbox/gitlab.ts";

const BASE = "http://127.0.0.1:4010/api/v4";
const HOOKS = "/projects/acme%2Fsite/hooks";
const URL_OF_HOOK = "https://causeway.test/gitlab/webhooks/acme/site";
const SIGNING_TOKEN = `whsec_${btoa("a".repeat(32))}`;

/** The stand-in, with a receiver of webhooks that answers as told and keeps what it got. */
function gitlabWithReceiver(options: GitlabOptions = {}) {
  const got: { headers: Headers; body: string }[] = [];
  const answers: (number | "none")[] = [];
  let now = Date.parse("2026-11-01T10:00:00Z");
  const { app, webhooks } = createGitlab({
    now: () => now,
    async send(request) {
      got.push({ headers: request.headers, body: await request.text() });
      const status = answers.shift() ?? 202;
      if (status === "none") throw new TypeError("Network connection lost.");
      return new Response(null, { status });
    },
    ...options,
  });
  async function call(method: string, path: string, body?: object, token = "glpat-test") {
    const response = await app.request(`${BASE}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const json: unknown = await response.json();
    return { status: response.status, json: json as never, headers: response.headers };
  }
  const make = (fields: object = {}, at = HOOKS) =>
    call("POST", at, { url: URL_OF_HOOK, issues_events: true, ...fields });
  const wait = (ms: number) => (now += ms);
  const fire = (data: object = {}) => webhooks.fire("acme/site", "issues_events", data);
  return { ...webhooks, call, make, fire, wait, got, answers };
}

it("lists the projects and groups below a group that were asked for", async () => {
  const { call, make } = gitlabWithReceiver();
  await make({}, "/projects/acme%2Fa-group%2Fsite/hooks");
  await make({}, "/projects/gitlab-com%2Fother/hooks");
  await make({}, "/groups/acme%2Fa-group/hooks");
  const projects = await call("GET", "/groups/acme/projects?include_subgroups=true");
  expect(projects.json).toEqual([{ id: 1, path_with_namespace: "acme/a-group/site" }]);
  const groups = await call("GET", "/groups/acme/descendant_groups");
  expect(groups.json).toEqual([{ id: 3, full_path: "acme/a-group" }]);
});

describe("a webhook that is made", () => {
  it("has GitLab's defaults, and shows no secret", async () => {
    const { make, call } = gitlabWithReceiver();
    const made = await make({ token: "secret", signing_token: SIGNING_TOKEN });
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({
      id: 1,
      url: URL_OF_HOOK,
      project_id: 1,
      push_events: true,
      issues_events: true,
      job_events: false,
      enable_ssl_verification: true,
      alert_status: "executable",
      disabled_until: null,
      token_present: true,
      signing_token_present: true,
    });
    expect(JSON.stringify(made.json)).not.toMatch(/secret"|whsec_/);
    expect(made.json).not.toHaveProperty("member_events");
    expect((await call("GET", `${HOOKS}/1`)).json).toEqual(made.json);
  });

  it("of a group has the events of groups", async () => {
    const { make } = gitlabWithReceiver();
    const made = await make({ member_events: true }, "/groups/acme/hooks");
    expect(made.json).toMatchObject({ group_id: 1, member_events: true, subgroup_events: false });
  });

  it("cannot sign before GitLab 19", async () => {
    const { make, hooks, call } = gitlabWithReceiver({ version: "18.11.0" });
    const made = await make({ signing_token: SIGNING_TOKEN });
    expect(made.json).not.toHaveProperty("signing_token_present");
    expect(hooks[0]?.signingToken).toBe("");
    expect((await call("GET", "/version")).json).toMatchObject({ version: "18.11.0" });
  });

  it("loses its token with its URL", async () => {
    const { make, call } = gitlabWithReceiver();
    await make({ token: "secret" });
    const same = await call("PUT", `${HOOKS}/1`, { url: URL_OF_HOOK, job_events: true });
    expect(same.json).toMatchObject({ job_events: true, issues_events: true, token_present: true });
    const other = await call("PUT", `${HOOKS}/1`, { url: `${URL_OF_HOOK}/other` });
    expect(other.json).toMatchObject({ token_present: false });
  });

  test.for<[fields: object, status: number, says: object]>([
    [{ url: undefined }, 400, { error: "url is missing" }],
    [{ url: "ftp://a" }, 422, { error: "Invalid url given" }],
    [{ job_events: "maybe" }, 400, { error: "job_events is invalid" }],
    [
      { branch_filter_strategy: "x" },
      400,
      { error: "branch_filter_strategy does not have a valid value" },
    ],
    [{ signing_token: "whsec_short" }, 422, { message: { signing_token: [expect.any(String)] } }],
  ])("is refused for %j", async ([fields, status, says]) => {
    const { make, hooks } = gitlabWithReceiver();
    const answer = await make(fields);
    expect([answer.status, answer.json]).toEqual([status, says]);
    expect(hooks).toEqual([]);
  });

  test.for<[path: string, token: string, status: number, says: object]>([
    ["/projects/acme%2Fgone-missing", "glpat-a", 404, { message: "404 Project Not Found" }],
    ["/projects/acme", "glpat-a", 404, { message: "404 Project Not Found" }],
    ["/groups/acme%2Fsite", "glpat-a", 404, { message: "404 Group Not Found" }],
    ["/projects/acme%2Fsite-locked/hooks", "glpat-a", 403, { message: "403 Forbidden" }],
    [`${HOOKS}/7`, "glpat-a", 404, { message: "404 Not Found" }],
    [HOOKS, "nobody", 401, { message: "401 Unauthorized" }],
  ])("%s for %s is %s", async ([path, token, status, says]) => {
    const { call } = gitlabWithReceiver();
    const answer = await call("GET", path, undefined, token);
    expect([answer.status, answer.json]).toEqual([status, says]);
  });
});

describe("a delivery", () => {
  it("is signed, by the scheme of Standard Webhooks", async () => {
    const { make, fire, got } = gitlabWithReceiver({ now: Date.now });
    await make({ signing_token: SIGNING_TOKEN });
    await fire({ object_kind: "issue" });
    const [{ headers, body } = { headers: new Headers(), body: "" }] = got;
    expect(new Webhook(SIGNING_TOKEN).verify(body, Object.fromEntries(headers))).toEqual({
      object_kind: "issue",
    });
    expect(headers.get("x-gitlab-event")).toBe("Issue Hook");
    expect(headers.get("idempotency-key")).toBe(headers.get("webhook-id"));
    expect(headers.has("x-gitlab-token")).toBe(false);
  });

  it("goes to the hooks that want it, of the project and of its groups", async () => {
    const { make, fire } = gitlabWithReceiver();
    await make();
    await make({ issues_events: false });
    await make({}, "/groups/acme/hooks");
    await make({}, "/groups/gitlab-com/hooks");
    await make({}, "/projects/acme%2Fother/hooks");
    expect((await fire()).map(({ id }) => id)).toEqual([1, 2]);
  });

  it("is listed, the newest first, twenty at a time, by what became of it", async () => {
    const { make, fire, call, answers, wait } = gitlabWithReceiver();
    await make({ token: "secret" });
    answers.push(202, 401, 503, "none");
    for (let count = 0; count < 25; count += 1) {
      await fire({ count });
      wait(120_000);
    }
    const first = await call("GET", `${HOOKS}/1/events`);
    expect(first.headers.get("x-next-page")).toBe("2");
    expect((first.json as { id: number }[]).map(({ id }) => id)).toEqual(
      Array.from({ length: 20 }, (_, index) => 25 - index),
    );
    const statuses = async (status: string) =>
      (
        (await call("GET", `${HOOKS}/1/events?status=${status}`)).json as {
          response_status: string;
        }[]
      ).map(({ response_status }) => response_status);
    expect(await statuses("client_failure")).toEqual(["401"]);
    expect(await statuses("server_failure")).toEqual(["internal error", "503"]);
    expect(await statuses("client_failure,503")).toEqual(["503", "401"]);
    expect((await call("GET", `${HOOKS}/1/events?per_page=50`)).status).toBe(400);
    const [newest] = first.json as { request_headers: object; request_data: object }[];
    expect(newest).toMatchObject({
      url: URL_OF_HOOK,
      trigger: "issue_hooks",
      request_headers: { "X-Gitlab-Token": "[REDACTED]" },
      request_data: { count: 24 },
      response_status: "202",
      created_at: "2026-11-01T10:48:00.000Z",
    });
  });
});

describe("a webhook that fails", () => {
  it("is disabled for longer and longer, and one success makes it good", async () => {
    const { make, fire, call, answers, wait } = gitlabWithReceiver();
    await make();
    answers.push(500, 500, 500, 500, 401);
    const state = async () => {
      const { json } = await call("GET", `${HOOKS}/1`);
      const { alert_status, disabled_until } = json as Record<string, string | null>;
      return [alert_status, disabled_until];
    };
    for (let count = 0; count < 3; count += 1) await fire();
    expect(await state()).toEqual(["executable", null]);
    await fire();
    expect(await state()).toEqual(["temporarily_disabled", "2026-11-01T10:01:00.000Z"]);
    expect(await fire()).toEqual([]);
    wait(61_000);
    await fire();
    expect(await state()).toEqual(["temporarily_disabled", "2026-11-01T10:03:01.000Z"]);
    wait(121_000);
    await fire();
    expect(await state()).toEqual(["executable", null]);
  });

  it("is disabled for good at the fortieth, until a test of it succeeds", async () => {
    const { make, fire, call, hooks } = gitlabWithReceiver();
    await make();
    const [hook] = hooks;
    if (hook !== undefined) hook.failures = 40;
    expect(await fire()).toEqual([]);
    expect((await call("GET", `${HOOKS}/1`)).json).toMatchObject({ alert_status: "disabled" });
    const nothing = await call("POST", `${HOOKS}/1/test/issues_events`);
    expect([nothing.status, nothing.json]).toEqual([
      422,
      { message: "Ensure the project has issues." },
    ]);
    expect((await call("POST", `${HOOKS}/1/test/push_events`)).status).toBe(201);
    expect((await call("GET", `${HOOKS}/1`)).json).toMatchObject({ alert_status: "executable" });
  });
});

describe("a resend", () => {
  it("keeps the delivery's id, with a new entry in the list", async () => {
    const { make, fire, call, got, answers } = gitlabWithReceiver();
    await make({ signing_token: SIGNING_TOKEN });
    answers.push(503, 503);
    await fire();
    for (const response_status of [503, 202]) {
      const answer = await call("POST", `${HOOKS}/1/events/1/resend`);
      expect([answer.status, answer.json]).toEqual([201, { response_status }]);
    }
    expect(new Set(got.map(({ headers }) => headers.get("webhook-id"))).size).toBe(1);
    expect((await call("GET", `${HOOKS}/1/events`)).json).toHaveLength(3);
  });

  it("is made five times a minute and not more", async () => {
    const { make, fire, call, wait } = gitlabWithReceiver();
    await make();
    await fire();
    const resend = async () => (await call("POST", `${HOOKS}/1/events/1/resend`)).status;
    const statuses: number[] = [];
    for (let count = 0; count < 6; count += 1) statuses.push(await resend());
    expect(statuses).toEqual([201, 201, 201, 201, 201, 429]);
    wait(60_001);
    expect(await resend()).toBe(201);
  });

  it("is refused for another URL, and while the webhook is disabled", async () => {
    const { make, fire, call, hooks } = gitlabWithReceiver();
    await make();
    await fire();
    const [hook] = hooks;
    if (hook !== undefined) hook.failures = 40;
    const disabled = await call("POST", `${HOOKS}/1/events/1/resend`);
    expect([disabled.status, disabled.json]).toEqual([422, { message: "Hook disabled" }]);
    await call("PUT", `${HOOKS}/1`, { url: "https://elsewhere.test/" });
    const moved = await call("POST", `${HOOKS}/1/events/1/resend`);
    expect([moved.status, moved.json]).toEqual([
      422,
      { message: "The hook URL has changed, and this log entry cannot be retried" },
    ]);
    expect((await call("POST", `${HOOKS}/1/events/9/resend`)).status).toBe(404);
  });
});
