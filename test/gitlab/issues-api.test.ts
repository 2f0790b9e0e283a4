import { Hono } from "hono";
import { afterEach, describe, expect, it, test, vi } from "vitest";
import { type IssueAnswer, type IssueDraft, makeIssue } from "../../src/gitlab/issues-api.ts";
import { createGitlab } from "../../src/sandbox/gitlab.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const TOKEN = "glpat-0123456789abcdef";
const URL_OF_GITLAB = "https://gitlab.test/gitlab";
const START = Date.parse("2026-11-01T10:00:00Z");
const HOUR_MS = 3_600_000;
const DRAFT: IssueDraft = {
  project: "acme/support/site",
  title: "It is down",
  description: "Somebody said so.\n\n<!-- causeway:m1 -->",
  labels: ["support", "from slack"],
  confidential: true,
  marker: "causeway:m1",
};

/** The stand-in behind `fetch`, below a path as in relative-url installations. */
function openGitlab() {
  let now = START;
  const gitlab = createGitlab({ now: () => now });
  const origin = new Hono().route("/gitlab", gitlab.app);
  origin.onError((error) => {
    throw error;
  });
  const calls: { method: string; url: URL; request: Request; init: RequestInit }[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init = {}) => {
    const request = new Request(input as RequestInfo, init as RequestInit);
    const url = new URL(request.url);
    calls.push({
      method: request.method,
      url,
      request: request.clone(),
      init: init as RequestInit,
    });
    if (url.host !== "gitlab.test") throw new Error("a stranger was called");
    return await origin.fetch(request);
  });
  return {
    ...gitlab,
    calls,
    methods: () => calls.map(({ method }) => method).join(" "),
    at: (ms: number) => (now = ms),
    make: (since: number | null = null, change: Partial<IssueDraft> = {}, token = TOKEN) =>
      makeIssue({ ...DRAFT, ...change }, { url: URL_OF_GITLAB, token }, since),
  };
}

/** What `fetch` answers to everything. */
function answering(...responses: Response[]): void {
  const spy = vi.spyOn(globalThis, "fetch");
  for (const response of responses) spy.mockImplementationOnce(async () => response);
}

const make = (since: number | null = null) =>
  makeIssue(DRAFT, { url: URL_OF_GITLAB, token: TOKEN }, since);

/** An answer in one line: what the queue does with it. */
function decision(answer: IssueAnswer): string {
  switch (answer.outcome) {
    case "delivered":
      return answer.issue.found ? "found" : "made";
    case "refused":
      return "refused";
    case "wait":
      return `wait ${answer.afterMs}`;
    case "retry":
      return answer.maybePosted ? "retry, maybe posted" : "retry";
    case "blocked":
      return `blocked: ${answer.cause} ${answer.code}`;
  }
}

describe("the first attempt", () => {
  it("makes the issue and says where it is", async () => {
    const gitlab = openGitlab();
    expect(await gitlab.make()).toEqual({
      outcome: "delivered",
      issue: {
        url: "https://gitlab.test/gitlab/acme/support/site/-/issues/1",
        iid: 1,
        title: "It is down",
        reference: "acme/support/site#1",
        found: false,
      },
      status: 201,
      said: "made acme/support/site#1",
    });
    const { title, description, labels, confidential } = DRAFT;
    expect(gitlab.issues).toMatchObject([{ title, description, labels, confidential }]);
  });

  it("looks for nothing, follows nothing, and shows the token in one header only", async () => {
    const { make: attempt, calls } = openGitlab();
    await attempt();
    const [call] = calls;
    expect(calls).toHaveLength(1);
    expect(call?.url.pathname).toBe("/gitlab/api/v4/projects/acme%2Fsupport%2Fsite/issues");
    expect(call?.init.redirect).toBe("manual");
    expect(call?.request.headers.get("private-token")).toBe(TOKEN);
    expect(`${call?.url.href} ${await call?.request.text()}`).not.toContain(TOKEN);
  });

  test.for<[url: string, start: string]>([
    ["https://gitlab.test/gitlab/", "https://gitlab.test/gitlab/api/v4/projects/"],
    ["https://gitlab.test", "https://gitlab.test/api/v4/projects/"],
    ["https://gitlab.test//", "https://gitlab.test/api/v4/projects/"],
  ])("reaches GitLab at %s", async ([url, start]) => {
    const { calls } = openGitlab();
    await makeIssue(DRAFT, { url, token: TOKEN }, null);
    expect(calls[0]?.url.href.startsWith(start)).toBe(true);
  });

  it("cuts a title that is too long between characters", async () => {
    const gitlab = openGitlab();
    await gitlab.make(null, { title: "👍".repeat(255) });
    await gitlab.make(null, { title: "👍".repeat(256) });
    expect(gitlab.issues.map(({ title }) => title)).toEqual([
      "👍".repeat(255),
      `${"👍".repeat(254)}…`,
    ]);
  });

  it("cuts a description that is too long, but never its marker", async () => {
    const gitlab = openGitlab();
    for (const character of ["a", "é", "👍"]) {
      const bytes = new TextEncoder().encode(character).length;
      const description = `${character.repeat(1_048_576 / bytes)}${DRAFT.marker}`;
      expect(decision(await gitlab.make(null, { description }))).toBe("made");
      const made = gitlab.issues.at(-1)?.description ?? "";
      expect(made.endsWith(`${character}\n\n${DRAFT.marker}`)).toBe(true);
      expect(new TextEncoder().encode(made).length).toBeGreaterThan(1_048_570);
    }
  });

  it("adds a marker that the description lacks, for the next attempt needs it", async () => {
    const gitlab = openGitlab();
    await gitlab.make(null, { description: "Short." });
    expect(gitlab.issues[0]?.description).toBe("Short.\n\ncauseway:m1");
  });
});

describe("a later attempt", () => {
  const LOST = [
    ["an error", { answer: new Response("oops", { status: 500 }) }],
    ["a cut connection", { answer: "cut" as const }],
    ["half an answer", { answer: halfAnAnswer() }],
    ["a strange body", { answer: Response.json([], { status: 201 }) }],
  ] as const;

  test.for(LOST)("finds the issue whose answer was lost by %s", async ([, fault]) => {
    const gitlab = openGitlab();
    gitlab.faults.push({ ...fault, after: true });
    expect(decision(await gitlab.make())).toBe("retry, maybe posted");
    const answer = await gitlab.make(START);
    expect(answer).toMatchObject({
      outcome: "delivered",
      issue: { iid: 1, found: true, reference: "acme/support/site#1" },
      status: 200,
      said: "an earlier attempt made acme/support/site#1",
    });
    expect(gitlab.issues).toHaveLength(1);
    expect(gitlab.methods()).toBe("POST GET");
  });

  it("makes the issue where there is none", async () => {
    const gitlab = openGitlab();
    gitlab.faults.push({ answer: "cut" });
    await gitlab.make();
    expect(decision(await gitlab.make(START))).toBe("made");
    expect(gitlab.methods()).toBe("POST GET POST");
  });

  it("finds it though GitLab's clock is most of an hour behind", async () => {
    const gitlab = openGitlab();
    gitlab.at(START - HOUR_MS);
    await gitlab.make();
    expect(decision(await gitlab.make(START))).toBe("found");
  });

  it("does not look further back, at others' issues, or at other messages'", async () => {
    const gitlab = openGitlab();
    gitlab.at(START - HOUR_MS - 1);
    await gitlab.make();
    gitlab.at(START);
    await gitlab.make(null, {}, "glpat-of-another");
    await gitlab.make(null, { description: "causeway:m2", marker: "causeway:m2" });
    await gitlab.make(null, { project: "acme/other" });
    expect(decision(await gitlab.make(START))).toBe("made");
  });

  it("looks on every page, up to the tenth", async () => {
    const gitlab = openGitlab();
    const others = { description: "another's", marker: "another's" };
    for (let made = 0; made < 950; made += 1) await gitlab.make(null, others);
    await gitlab.make();
    gitlab.calls.length = 0;
    expect(decision(await gitlab.make(START))).toBe("found");
    expect(gitlab.methods()).toBe("GET ".repeat(10).trim());
    expect(gitlab.calls.map(({ url }) => url.searchParams.get("page")).join()).toBe(
      "1,2,3,4,5,6,7,8,9,10",
    );

    for (let made = 0; made < 60; made += 1) await gitlab.make(null, others);
    const answer = await gitlab.make(START, { marker: "nobody's" });
    expect(answer).toMatchObject({ outcome: "retry", maybePosted: false });
    expect(answer.said).toMatch(/more than 1000 issues/);
    expect(gitlab.issues).toHaveLength(1011);
  });

  test.for<[name: string, response: Response | "cut", expected: string]>([
    ["an error", new Response("oops", { status: 502 }), "retry"],
    ["a cut connection", "cut", "retry"],
    ["something else", Response.json({ ok: true }), "retry"],
    ["a refusal", Response.json({ error: "created_after is invalid" }, { status: 400 }), "retry"],
    ["429", new Response("Retry later", { status: 429 }), "wait null"],
    [
      "401",
      Response.json({ message: "401 Unauthorized" }, { status: 401 }),
      "blocked: auth gitlab_token_refused",
    ],
    [
      "404",
      Response.json({ message: "404 Project Not Found" }, { status: 404 }),
      "blocked: target gitlab_project_not_found",
    ],
    [
      "a redirect to the moved project",
      new Response(null, {
        status: 302,
        headers: { location: "https://gitlab.test/api/v4/projects/7/issues" },
      }),
      "blocked: target gitlab_project_moved",
    ],
  ])("makes nothing when looking is answered by %s", async ([, answer, expected]) => {
    const gitlab = openGitlab();
    gitlab.faults.push({ answer });
    expect(decision(await gitlab.make(START))).toBe(expected);
    expect(gitlab.methods()).toBe("GET");
  });

  it("makes nothing when the second page fails", async () => {
    const gitlab = openGitlab();
    const others = { description: "another's", marker: "another's" };
    for (let made = 0; made < 101; made += 1) await gitlab.make(null, others);
    gitlab.faults.push({ method: "GET" }, { method: "GET", answer: "cut" });
    expect(decision(await gitlab.make(START))).toBe("retry");
    expect(gitlab.issues).toHaveLength(101);
  });
});

const HTML = { "content-type": "text/html; charset=utf-8" };
const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  Response.json(body, { status, headers });

describe("an answer to the making of an issue", () => {
  test.for<[name: string, response: Response, decision: string, said: string]>([
    [
      "401",
      json(401, { message: "401 Unauthorized" }),
      "blocked: auth gitlab_token_refused",
      "401 Unauthorized",
    ],
    [
      "401 of a revoked token",
      json(401, { error: "invalid_token", error_description: "Token was revoked." }),
      "blocked: auth gitlab_token_refused",
      "invalid_token: Token was revoked.",
    ],
    [
      "403 for the scope",
      json(403, { error: "insufficient_scope", error_description: "Higher…", scope: "api" }),
      "blocked: auth gitlab_insufficient_scope",
      "insufficient_scope: Higher…",
    ],
    [
      "403 for the role",
      json(403, { message: "403 Forbidden" }),
      "blocked: auth gitlab_forbidden",
      "403 Forbidden",
    ],
    [
      "404",
      json(404, { message: "404 Project Not Found" }),
      "blocked: target gitlab_project_not_found",
      "404 Project Not Found",
    ],
    [
      "405",
      json(405, { message: "Non GET methods are not allowed for moved projects" }),
      "blocked: target gitlab_project_moved",
      "Non GET methods are not allowed for moved projects",
    ],
    [
      "400 about fields",
      json(400, { message: { title: ["can't be blank", "is odd"], labels: { a: ["no"] } } }),
      "refused",
      `title can't be blank, is odd; labels {"a":["no"]}`,
    ],
    ["400 of the gate", json(400, { error: "title is missing" }), "refused", "title is missing"],
    ["409", json(409, { message: { error: "spam" } }), "refused", "error spam"],
    ["422", json(422, {}), "refused", "HTTP 422 application/json"],
    [
      "413",
      new Response("<html>", { status: 413, headers: HTML }),
      "refused",
      "HTTP 413 text/html",
    ],
    ["408", new Response(null, { status: 408 }), "retry, maybe posted", "HTTP 408"],
    ["500", json(500, { message: "500 Internal" }), "retry, maybe posted", "500 Internal"],
    [
      "502 of a proxy",
      new Response("<html>", { status: 502, headers: HTML }),
      "retry, maybe posted",
      "HTTP 502 text/html",
    ],
    [
      "a login page",
      new Response("<html>", { headers: HTML }),
      "blocked: configuration not_gitlab",
      "HTTP 200 text/html",
    ],
    [
      "a page that is not there",
      new Response("<html>", { status: 404, headers: HTML }),
      "blocked: configuration not_gitlab",
      "HTTP 404 text/html",
    ],
    [
      "a redirect",
      new Response(null, { status: 302, headers: { location: "https://sso.test/in?secret=1" } }),
      "blocked: configuration not_gitlab",
      "HTTP 302 to sso.test",
    ],
    ["201 without an issue", json(201, {}), "retry, maybe posted", "HTTP 201 application/json"],
    [
      "201 that is no JSON",
      new Response("{", { status: 201, headers: { "content-type": "application/json" } }),
      "retry, maybe posted",
      "HTTP 201 application/json",
    ],
  ])("%s", async ([, response, expected, said]) => {
    answering(response);
    const answer = await make();
    expect([decision(answer), answer.said]).toEqual([expected, said]);
    expect(answer.status).toBe(response.status);
  });

  test.for<[headers: Record<string, string>, afterMs: number | null]>([
    [{ "retry-after": "30" }, 30_000],
    [{ "retry-after": "30", "ratelimit-reset": String(START / 1000 + 7) }, 30_000],
    [{ "ratelimit-reset": String(START / 1000 + 7) }, 7_000],
    [{ "ratelimit-reset": String(START / 1000 + 7), "ratelimit-remaining": "0" }, 7_000],
    [{ "ratelimit-reset": String(START / 1000 - 7) }, 1_000],
    // The limit of issues: the reset is that of another.
    [{ "ratelimit-reset": String(START / 1000 + 7), "ratelimit-remaining": "12" }, null],
    [{ "ratelimit-reset": "soon" }, null],
    [{ "ratelimit-reset": "9999999999999" }, null],
    [{}, null],
  ])("429 with %j waits %s ms", async ([headers, afterMs]) => {
    vi.useFakeTimers({ toFake: ["Date"], now: START });
    answering(new Response("Retry later", { status: 429, headers }));
    expect(await make()).toMatchObject({ outcome: "wait", afterMs, status: 429 });
  });

  it("says what a person can do", async () => {
    const fixOf = async (response: Response) => {
      answering(response);
      const answer = await make();
      return answer.outcome === "blocked" ? answer.fix : null;
    };
    expect(await fixOf(json(401, {}))).toMatch(/scope api .* secret put GITLAB_API_TOKEN/);
    expect(await fixOf(json(403, { error: "insufficient_scope" }))).toMatch(/lacks the scope api/);
    expect(await fixOf(json(403, {}))).toMatch(/role Reporter/);
    expect(await fixOf(json(404, {}))).toMatch(/does not exist, or the token's owner cannot/);
    expect(await fixOf(json(405, {}))).toMatch(/new path/);
    expect(await fixOf(new Response("<html>", { headers: HTML }))).toMatch(/^GITLAB_URL does not/);
  });

  it("is kept short, and never says the token", async () => {
    answering(json(400, { message: `${TOKEN} is\nbad ${"x".repeat(1_000)}` }));
    const answer = await make();
    expect(answer.said).toMatch(/^… is bad x+$/);
    expect(answer.said).toHaveLength(300);

    vi.spyOn(globalThis, "fetch").mockRejectedValue(new TypeError(`bad header ${TOKEN}`));
    expect(await make()).toMatchObject({
      outcome: "retry",
      maybePosted: true,
      status: null,
      said: "bad header …",
    });
  });
});

it("is blocked by an address that is none", async () => {
  const answer = await makeIssue(DRAFT, { url: "gitlab.test", token: TOKEN }, null);
  expect(decision(answer)).toBe("blocked: configuration not_gitlab");
});

describe("a GitLab that hangs", () => {
  test.for([
    [null, true],
    [START, false],
  ] as const)("is left after five seconds (since %s)", async ([since, maybePosted]) => {
    const gitlab = openGitlab();
    gitlab.faults.push({ after: true, delayMs: 60_000 });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    let answer: IssueAnswer | undefined;
    const making = gitlab.make(since).then((each) => (answer = each));
    while (vi.getTimerCount() < 2) await vi.advanceTimersByTimeAsync(0);
    await vi.advanceTimersByTimeAsync(4_999);
    expect(answer).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    await making;
    expect(answer).toMatchObject({ outcome: "retry", maybePosted, status: null });
    expect(vi.getTimerCount()).toBe(0);
    expect(gitlab.issues).toHaveLength(since === null ? 1 : 0);
  });
});

describe("a timer", () => {
  it("is not left behind, for it would keep a Relay in memory", async () => {
    const gitlab = openGitlab();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    await gitlab.make(START);
    expect(vi.getTimerCount()).toBe(0);
  });
});

/** The status says that the issue was made; the body breaks off. */
function halfAnAnswer(): Response {
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.error(new TypeError("Network connection lost.")),
  });
  return new Response(body, { status: 201, headers: { "content-type": "application/json" } });
}
