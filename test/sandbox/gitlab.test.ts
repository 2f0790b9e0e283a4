import { Hono } from "hono";
import { describe, expect, it, test } from "vitest";

import { createGitlab, type GitlabOptions } from "../../src/sandbox/gitlab.ts";

const BASE = "http://127.0.0.1:4010/gitlab";
const SITE = "/api/v4/projects/acme%2Fsite/issues";

/** The stand-in as `npm start` has it: under a path of another's origin. */
function gitlabWithCalls(options?: GitlabOptions) {
  const { app, issues, faults } = createGitlab(options);
  const origin = new Hono().route("/gitlab", app);
  origin.onError((error) => {
    throw error;
  });
  const get = async (path: string, token = "glpat-test") =>
    origin.fetch(new Request(`${BASE}${path}`, { headers: { "private-token": token } }));
  const post = async (path: string, body: unknown, token = "glpat-test") =>
    origin.fetch(
      new Request(`${BASE}${path}`, {
        method: "POST",
        headers: { "private-token": token, "content-type": "application/json" },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
    );
  const titles = async (query: string, token?: string) =>
    (await (await get(`${SITE}?${query}`, token)).json<{ title: string }[]>()).map(
      ({ title }) => title,
    );
  return { issues, faults, get, post, titles };
}

describe("an issue that is made", () => {
  it("is answered as GitLab does, with an address below the one it was made at", async () => {
    const { post, get } = gitlabWithCalls({ now: () => Date.parse("2026-11-01T10:00:00Z") });
    const answer = await post(SITE, {
      title: " Outage ",
      description: "It is down.",
      labels: "support, urgent,support",
      confidential: true,
    });
    const issue = {
      id: 1,
      iid: 1,
      project_id: 1,
      title: "Outage",
      description: "It is down.",
      state: "opened",
      labels: ["support", "urgent"],
      confidential: true,
      author: { id: 1, username: "user-1" },
      web_url: `${BASE}/acme/site/-/issues/1`,
      references: { short: "#1", relative: "#1", full: "acme/site#1" },
      created_at: "2026-11-01T10:00:00.000Z",
    };
    expect([answer.status, await answer.json()]).toEqual([201, issue]);
    expect(await (await get(`${SITE}/1`)).json()).toEqual(issue);
  });

  it("is counted in its own project", async () => {
    const { post, issues } = gitlabWithCalls();
    const other = "/api/v4/projects/gitlab-com%2Fsupport%2Fteam/issues";
    for (const path of [SITE, other, SITE]) await post(path, { title: "a" });
    expect(issues.map(({ id, iid, projectId }) => [id, iid, projectId])).toEqual([
      [1, 1, 1],
      [2, 1, 2],
      [3, 2, 1],
    ]);
  });

  it("has a page at its address, on which nothing runs", async () => {
    const { post, get } = gitlabWithCalls();
    const hostile = `<script>alert(1)</script> "'&`;
    await post(SITE, { title: hostile, description: hostile, labels: "<b>" });
    const page = await get("/acme/site/-/issues/1", "");
    const text = await page.text();
    expect(page.status).toBe(200);
    expect(page.headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src /);
    expect(text).not.toMatch(/<script|<b>/);
    expect(text.match(/&lt;script&gt;alert\(1\)/g)).toHaveLength(3);
    expect((await get("/acme/site/-/issues/2")).status).toBe(404);
  });
});

describe("a request that GitLab refuses", () => {
  test.for<
    [name: string, path: string, body: unknown, token: string, status: number, says: unknown]
  >([
    ["without a token", SITE, { title: "a" }, "", 401, { message: "401 Unauthorized" }],
    ["with a strange token", SITE, { title: "a" }, "xoxb-1", 401, { message: "401 Unauthorized" }],
    [
      "with too small a scope",
      SITE,
      { title: "a" },
      "glpat-read-1",
      403,
      expect.objectContaining({ error: "insufficient_scope", scope: "api" }),
    ],
    [
      "for an unknown group",
      "/api/v4/projects/other%2Fsite/issues",
      { title: "a" },
      "glpat-1",
      404,
      { message: "404 Project Not Found" },
    ],
    [
      "for a missing project",
      "/api/v4/projects/acme%2Fsite-missing/issues",
      { title: "a" },
      "glpat-1",
      404,
      { message: "404 Project Not Found" },
    ],
    ["without a title", SITE, {}, "glpat-1", 400, { error: "title is missing" }],
    [
      "with a blank title",
      SITE,
      { title: " " },
      "glpat-1",
      400,
      { message: { title: ["can't be blank"] } },
    ],
    [
      "with a long title",
      SITE,
      { title: "👍".repeat(256) },
      "glpat-1",
      400,
      { message: { title: ["is too long (maximum is 255 characters)"] } },
    ],
    [
      "with a long description",
      SITE,
      { title: "a", description: "é".repeat(524_289) },
      "glpat-1",
      400,
      { message: { description: ["is too long. The maximum size is 1 MiB."] } },
    ],
    ["that is not JSON", SITE, "{", "glpat-1", 400, { error: "400 Bad Request" }],
    ["to a path it has not", "/api/v4/users", {}, "glpat-1", 404, { error: "404 Not Found" }],
  ])("%s", async ([, path, body, token, status, says]) => {
    const { post, issues } = gitlabWithCalls();
    const answer = await post(path, body, token);
    expect([answer.status, await answer.json()]).toEqual([status, says]);
    expect(issues).toEqual([]);
  });

  it("has a token that is not one of those it was given", async () => {
    const { get } = gitlabWithCalls({ tokens: ["secret"] });
    expect((await get(SITE, "glpat-1")).status).toBe(401);
    expect((await get(SITE, "secret")).status).toBe(200);
  });
});

describe("the list of issues", () => {
  it("is filtered by author and time, and ordered", async () => {
    let now = Date.parse("2026-11-01T10:00:00Z");
    const { post, titles } = gitlabWithCalls({ now: () => now });
    for (const [title, token] of [
      ["a", "glpat-me"],
      ["b", "glpat-you"],
      ["c", "glpat-me"],
    ]) {
      await post(SITE, { title }, token);
      now += 1000;
    }
    expect(await titles("")).toEqual(["c", "b", "a"]);
    expect(await titles("sort=asc&order_by=created_at")).toEqual(["a", "b", "c"]);
    expect(await titles("scope=created_by_me", "glpat-me")).toEqual(["c", "a"]);
    expect(await titles("created_after=2026-11-01T10:00:01Z")).toEqual(["c", "b"]);
  });

  it("comes in pages, of which each but the last names the next", async () => {
    const { post, get, titles } = gitlabWithCalls();
    for (const title of "abcde") await post(SITE, { title });
    const next = async (page: number) =>
      (await get(`${SITE}?sort=asc&per_page=2&page=${page}`)).headers.get("x-next-page");
    expect([await next(1), await next(2), await next(3)]).toEqual(["2", "3", ""]);
    expect(await titles("sort=asc&per_page=2&page=3")).toEqual(["e"]);
  });

  it("refuses a time that is none", async () => {
    const answer = await gitlabWithCalls().get(`${SITE}?created_after=soon`);
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { error: "created_after is invalid" },
    ]);
  });
});

describe("a fault", () => {
  it("serves once, before GitLab does anything", async () => {
    const { post, faults, issues } = gitlabWithCalls();
    faults.push({ answer: new Response("down", { status: 503 }) });
    expect((await post(SITE, { title: "a" })).status).toBe(503);
    expect(issues).toEqual([]);
    expect((await post(SITE, { title: "a" })).status).toBe(201);
  });

  it("may come after the issue was made", async () => {
    const { post, faults, issues } = gitlabWithCalls();
    faults.push({ answer: new Response("down", { status: 500 }), after: true });
    faults.push({ answer: "cut", after: true });
    const answer = await post(SITE, { title: "a" });
    expect([answer.status, await answer.text()]).toEqual([500, "down"]);
    await expect(post(SITE, { title: "b" })).rejects.toThrow("Network connection lost.");
    expect(issues.map(({ title }) => title)).toEqual(["a", "b"]);
  });

  it("waits for its method, and may only be late", async () => {
    const { get, post, faults } = gitlabWithCalls();
    faults.push({ method: "POST", delayMs: 5 });
    expect((await get(SITE)).status).toBe(200);
    expect(faults).toHaveLength(1);
    expect((await post(SITE, { title: "a" })).status).toBe(201);
    expect(faults).toEqual([]);
  });
});
