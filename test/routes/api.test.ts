import { exports } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { app } from "../../routes/app.ts";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import pipelineFailed from "../fixtures/gitlab/pipeline.failed.json" with { type: "json" };
import { admin, deliver, ORIGIN } from "../webhook.ts";
import {
  acme,
  bindings,
  createWorld,
  endWorld,
  publish,
  settled,
  step,
  type World,
} from "../world.ts";

const issue = acme(issueOpen);

type Page = {
  items: { id: string; title: string; type: string; state: string; project: string }[];
  next: string | null;
};

async function ask(path: string, authorization?: string, method = "GET"): Promise<Response> {
  return await exports.default.fetch(
    new Request(`${ORIGIN}/admin/api${path}`, {
      method,
      headers: authorization === undefined ? {} : { authorization },
    }),
  );
}

let world: World;

beforeEach(async () => {
  world = await createWorld();
});
afterEach(endWorld);

describe("/admin/api", () => {
  test.for([
    ["/ledger", "GET"],
    ["/events", "GET"],
    ["/events/x", "GET"],
    ["/events/x/body", "GET"],
    ["/problems", "GET"],
    ["/events/x/replay", "POST"],
    ["/deliveries/x/retry", "POST"],
    ["/deliveries", "GET"],
    ["/deliveries/retry", "POST"],
    ["/failures", "GET"],
    ["/destinations/x/pause", "POST"],
    ["/destinations/x/resume", "POST"],
    ["/destinations/x/discard", "POST"],
    ["/documents", "GET"],
    ["/documents/person/amina", "PUT"],
    ["/documents/person/amina", "DELETE"],
    ["/publishes", "GET"],
    ["/publishes", "POST"],
    ["/nothing", "GET"],
  ] as const)("is closed to strangers: %s", async ([path, method]) => {
    for (const authorization of [
      undefined,
      "Bearer wrong",
      "Bearer ",
      "Basic YWRtaW4tdG9rZW4=",
      "admin-token",
    ]) {
      const response = await ask(path, authorization, method);
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ error: { code: "unauthenticated" } });
    }
  });

  it("is closed to everyone while ADMIN_TOKEN is not set, and says how to set it", async () => {
    const request = new Request(`${ORIGIN}/admin/api/ledger`, {
      headers: { authorization: "Bearer " },
    });
    const env = { ...bindings, ADMIN_TOKEN: "", VIEWER_TOKEN: "" };
    const response = await app.fetch(request, env);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      error: {
        code: "not_configured",
        message: expect.stringContaining("wrangler secret put ADMIN_TOKEN"),
      },
    });
  });

  it("says what was wrong with a question", async () => {
    for (const [query, path, message] of [
      ["state=lost", "state", /^expected one of pending, /],
      ["limit=many", "limit", /^expected a whole number from 1 to 200\.$/],
      ["limit=0", "limit", /^expected a whole number from 1 to 200\.$/],
      ["limit=1.5", "limit", /^expected a whole number from 1 to 200\.$/],
      ["limit=201", "limit", /^expected a whole number from 1 to 200\.$/],
      [`type=${"x".repeat(201)}`, "type", /^expected at most 200 characters\.$/],
      ["cursor=../x", "cursor", /^expected the "next" of an earlier answer\.$/],
    ] as const) {
      const response = await ask(`/events?${query}`, "Bearer admin-token");
      expect(response.status).toBe(400);
      expect(await response.json()).toEqual({
        error: { code: "bad_query", path, message: expect.stringMatching(message) },
      });
    }
    expect(await admin("/events/nonsense")).toMatchObject({ error: { code: "not_found" } });
    expect(await admin("/deliveries/nonsense/retry", { method: "POST" })).toMatchObject({
      error: { code: "not_found" },
    });
  });

  it("lists events newest first, over all namespaces, page by page, each once", async () => {
    const sent: string[] = [];
    for (let number = 0; number < 25; number += 1) {
      const path = number % 3 === 0 ? "other/thing" : "acme/widgets";
      const title = `event ${number}`;
      await deliver({
        ...issue,
        project: { ...issue.project, path_with_namespace: path },
        object_attributes: { ...issue.object_attributes, title },
      });
      await step(10);
      sent.unshift(title);
    }
    await settled();
    await settled("gitlab/other");
    const listed: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Page = await admin(
        `/events?limit=4${cursor === null ? "" : `&cursor=${cursor}`}`,
      );
      listed.push(...page.items.map(({ title }) => title));
      cursor = page.next;
    } while (cursor !== null && listed.length < 50);
    expect(listed).toEqual(sent);
  });

  it("narrows the list by project, type, state and text", async () => {
    await deliver({
      ...issue,
      object_attributes: { ...issue.object_attributes, title: "Find ME" },
    });
    await deliver(acme(pipelineFailed), { hook: "Pipeline Hook" });
    await deliver({
      ...issue,
      project: { ...issue.project, path_with_namespace: "acme/widgets-two" },
    });
    await settled();
    const types = async (query: string): Promise<string[]> =>
      (await admin<Page>(`/events?${query}`)).items.map(
        ({ type, project }) => `${type} ${project}`,
      );
    expect(await types("type=pipeline.failed")).toEqual(["pipeline.failed acme/widgets"]);
    expect(await types("type=pipeline.*")).toEqual(["pipeline.failed acme/widgets"]);
    expect(await types("project=Acme/Widgets")).toEqual([
      "pipeline.failed acme/widgets",
      "issue.open acme/widgets",
    ]);
    expect(await types("project=acme")).toHaveLength(3);
    expect(await types("text=find%20me")).toEqual(["issue.open acme/widgets"]);
    expect(await types("state=filtered")).toEqual(["pipeline.failed acme/widgets"]);
    expect(await types("state=delivered")).toHaveLength(2);
    expect(await types("project=nobody")).toEqual([]);
  });

  it("shows one event whole, without secrets", async () => {
    const { id } = await deliver(acme(pipelineFailed), { hook: "Pipeline Hook" });
    await settled();
    const shown = JSON.stringify(await admin(`/events/${id}`));
    expect(pipelineFailed.object_attributes.variables.length).toBeGreaterThan(0);
    for (const { key, value } of pipelineFailed.object_attributes.variables) {
      expect(shown).toContain(key);
      expect(shown).not.toContain(value);
    }
  });
});

describe("GET /health", () => {
  it("names what is set and what is missing, and no value", async () => {
    const response = await app.fetch(new Request(`${ORIGIN}/health`), {
      ...bindings,
      SLACK_BOT_TOKEN: "",
    });
    const said = await response.text();
    expect(JSON.parse(said)).toMatchObject({
      status: "ok",
      secrets: { GITLAB_SIGNING_TOKENS: true, SLACK_BOT_TOKEN: false, ADMIN_TOKEN: true },
      missing: [expect.stringContaining("SLACK_BOT_TOKEN")],
    });
    for (const secret of ["whsec_AAEC", "plain-token", "master-secret", "admin-token"])
      expect(said).not.toContain(secret);
  });

  it("says whether the settings of Cloudflare Access can be used, and what of them is missing", async () => {
    const access = {
      ACCESS_TEAM_DOMAIN: "acme",
      ACCESS_AUD: "a1b2",
      ACCESS_EDITORS: "*@acme.test",
    };
    const problemsWith = async (settings: object) => {
      const request = new Request(`${ORIGIN}/health`);
      const response = await app.fetch(request, { ...bindings, ...access, ...settings });
      return (await response.json<{ problems: string[] }>()).problems;
    };
    expect(await problemsWith({})).toEqual([]);
    expect(await problemsWith({ ACCESS_AUD: "" })).toEqual([
      expect.stringMatching(/^ACCESS_TEAM_DOMAIN is set and ACCESS_AUD is not: .* closed\./),
    ]);
    expect(await problemsWith({ ACCESS_TEAM_DOMAIN: " " })).toEqual([
      expect.stringMatching(/^ACCESS_AUD is set and ACCESS_TEAM_DOMAIN is not: .* closed\./),
    ]);
    expect(await problemsWith({ ACCESS_TEAM_DOMAIN: "https://acme.test" })).toEqual([
      expect.stringMatching(/^ACCESS_TEAM_DOMAIN is not a team's name .* closed\.$/),
    ]);
    expect(await problemsWith({ ACCESS_EDITORS: "" })).toEqual([
      expect.stringContaining("nobody may change anything in the console"),
    ]);
    expect(await problemsWith({ ACCESS_TEAM_DOMAIN: "", ACCESS_AUD: "" })).toEqual([
      expect.stringMatching(/^ACCESS_EDITORS is set, but .* no effect\.$/),
    ]);
  });

  it("says which settings cannot be used", async () => {
    const response = await app.fetch(new Request(`${ORIGIN}/health`), {
      ...bindings,
      RETENTION_DAYS: "soon",
      GITLAB_SIGNING_TOKENS: "whsec_?",
    });
    const { problems } = await response.json<{ problems: string[] }>();
    expect(problems).toEqual([
      expect.stringContaining("GITLAB_SIGNING_TOKENS holds an entry"),
      'RETENTION_DAYS is "soon"; expected a number of days from 1 to 365. 7 is used.',
    ]);
  });
});

describe("GET /health/delivery", () => {
  const health = async (): Promise<Response> =>
    await exports.default.fetch(`${ORIGIN}/health/delivery`);

  it("is well while things are delivered, and names nobody", async () => {
    await deliver(issue);
    await settled();
    const response = await health();
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      oldestPendingSeconds: 0,
      failedLastHour: 0,
      paused: 0,
      lastEventAt: new Date().toISOString(),
    });
  });

  it("is ill while a destination is paused", async () => {
    await publish("mapping/gitlab/acme", { rules: [{ name: "All", on: "*", to: "missing" }] });
    await deliver(issue);
    await settled();
    await step(90_000);
    const response = await health();
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ paused: 1, oldestPendingSeconds: 90 });
  });

  it("is ill when a delivery waits a quarter of an hour beyond its pace", async () => {
    world.slack.workspace.faults.set({ on: "*", fault: "server_error" });
    await deliver(issue);
    await settled();
    for (let minutes = 0; minutes < 14; minutes += 1) await step(60_000);
    expect((await health()).status).toBe(200);
    for (let minutes = 0; minutes < 2; minutes += 1) await step(60_000);
    const response = await health();
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ paused: 0, oldestPendingSeconds: 960 });
  });

  it("is well when a delivery's pace explains its wait", async () => {
    await publish("destination/slow", {
      type: "webhook",
      url: "https://slack.test/services/T0CAUSEWAY/B0000000001/000000000000000000000001",
      limit: "1/hour",
    });
    await publish("mapping/gitlab/acme", { rules: [{ name: "All", on: "*", to: "slow" }] });
    for (let sent = 0; sent < 2; sent += 1) {
      await deliver(issue);
      await settled();
    }
    await step(50 * 60_000);
    expect((await health()).status).toBe(200);
  });
});
