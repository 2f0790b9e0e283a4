import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { OPERATIONS } from "../../routes/api/openapi/operations.ts";
import { refusalsOf } from "../../routes/api/openapi/refusals.ts";
import type { ShownEvent } from "../../src/relay/show-event.ts";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import pipelineFailed from "../fixtures/gitlab/pipeline.failed.json" with { type: "json" };
import { showInKv } from "../publishing/publisher-world.ts";
import { TEST_SETTINGS } from "../settings.ts";
import { deliver } from "../webhook.ts";
import {
  acme,
  createWorld,
  DOCUMENTS,
  endWorld,
  publish,
  settled,
  step,
  type World,
} from "../world.ts";
import { answered, ask, type Asked } from "./described-api.ts";

type List<T> = { items: T[]; next: string | null };

let world: World;

beforeEach(async () => {
  world = await createWorld();
});
afterEach(endWorld);

/** An event whose delivery is done; its id. */
async function received(payload: object = acme(issueOpen)): Promise<string> {
  const { id } = await deliver(payload);
  await settled();
  return id;
}

async function shown(id: string): Promise<ShownEvent> {
  return (await ask<ShownEvent>("showEvent", { of: [id] })).json;
}

describe("the answers of /admin/api are as they are described", () => {
  it("of events", async () => {
    await publish("mapping/gitlab/acme", {
      rules: [
        ...DOCUMENTS["mapping/gitlab/acme"].rules,
        { name: "Told", on: "issue.open", to: "channel" },
        { name: "Quiet", on: "issue.open", to: "hook", mode: "shadow" },
        { name: "Late", on: "issue.close", to: "hook" },
      ],
    });
    const id = await received();
    await step(10);
    await deliver(acme(pipelineFailed), { hook: "Pipeline Hook" });
    await step(10);
    await deliver("no json");
    await settled();
    await settled("gitlab/-");
    const { json } = await ask<List<{ id: string }>>("listEvents", { query: "?limit=2" });
    expect(json.items).toHaveLength(2);
    await ask("listEvents", { query: `?cursor=${json.next}` });
    const event = await shown(id);
    expect(event.deliveries.map(({ state }) => state)).toEqual([
      "delivered",
      "delivered",
      "shadow",
    ]);
    for (const item of json.items) await shown(item.id);
    await ask("readEventBody", { of: [id] });
    await ask("replayEvent", { of: [id] });
    await ask("replayEvent", { of: [id], query: "?how=again&to=channel&to=support" });
    await ask("replayEvent", { of: [id], query: "?how=test&to=channel&by=Amina" });
    await settled();
    expect((await shown(id)).deliveries.length).toBeGreaterThan(6);
    for (const operation of ["showEvent", "readEventBody", "replayEvent"]) {
      expect((await ask(operation, { of: ["none"] })).status).toBe(404);
    }
    await ask("listEvents", { query: "?state=lost" });
    await ask("listEvents", { query: "?about=nothing" });
    await ask("replayEvent", { of: [id], query: "?how=twice" });
    await ask("replayEvent", { of: [id], query: "?how=test&to=channel&to=hook" });
  });

  it("of deliveries, failures, problems and the ledger", async () => {
    await publish("mapping/gitlab/acme", {
      rules: [
        { name: "Told", on: "*", to: "channel" },
        { name: "Lost", on: "*", to: "missing" },
        { name: "Workflow", on: "*", to: "support" },
      ],
    });
    world.slack.workspace.faults.set({ on: "/api/chat.*", fault: "invalid_blocks" });
    world.slack.workspace.faults.set({ on: "/api/chat.*", fault: "invalid_blocks" });
    const id = await received();
    await step(60_000);
    const { deliveries } = await shown(id);
    const of = (state: string) => deliveries.find((each) => each.state === state)?.id ?? "";
    expect(deliveries.map(({ state }) => state).toSorted()).toEqual(
      expect.arrayContaining(["delivered", "failed", "pending"]),
    );
    const page = await ask<List<object>>("listDeliveries", { query: "?limit=1" });
    expect(page.json.items.length).toBeGreaterThan(2);
    const { json } = await ask<List<{ kind: string }>>("listFailures");
    expect(new Set(json.items.map(({ kind }) => kind))).toEqual(new Set(["failed", "paused"]));
    expect((await ask<List<object>>("listProblems")).json.items).toHaveLength(1);
    await ask("readLedger");
    await ask("retryDeliveries", { body: { ids: [of("failed"), of("delivered"), "none"] } });
    await settled();
    await ask("retryDeliveries", { body: { cause: "invalid_blocks" } });
    await ask("retryDelivery", { of: [of("pending")] });
    await ask("retryDelivery", { of: [of("delivered")] });
    await ask("retryDelivery", { of: ["none"] });
    await ask("listDeliveries", { query: "?role=king" });
    await ask("retryDeliveries", { body: { ids: [] } });
    await ask("retryDeliveries", { body: { cursor: "x" } });
  });

  it("of a delivery that was never to be sent", async () => {
    await publish("mapping/gitlab/acme", {
      rules: [{ name: "Quiet", on: "*", to: "channel", mode: "shadow" }],
    });
    const [delivery] = (await shown(await received())).deliveries;
    const { status } = await ask("retryDelivery", { of: [delivery?.id ?? ""] });
    expect(status).toBe(409);
  });

  it("of destinations", async () => {
    await received();
    const of = ["support"];
    const body = { by: "Amina", why: "A test" };
    await ask("pauseDestination", { of, body });
    await received(acme({ ...issueOpen, changes: {} }));
    const { json } = await ask<{ discarded: number }>("discardWaiting", { of, body });
    expect(json.discarded).toBe(1);
    await ask("resumeDestination", { of, body: { by: "Amina" } });
    for (const operation of ["pauseDestination", "resumeDestination", "discardWaiting"]) {
      const asked = operation === "resumeDestination" ? { by: "Amina" } : body;
      expect((await ask(operation, { of: ["none"], body: asked })).status).toBe(404);
      expect((await ask(operation, { of, body: {} })).status).toBe(400);
    }
  });

  it("of documents and publishes", async () => {
    const of = ["person/amina"];
    const body = '{"slack":"U0000000001"}';
    const isNew = { "if-none-match": "*" };
    const made = await ask<{ id: string }>("writeDocument", { of, body, headers: isNew });
    expect(made.status).toBe(201);
    const { json } = await ask<{ etag: string }>("readDocument", { of });
    const headers = { "if-match": json.etag };
    await ask("writeDocument", { of, body, headers: isNew });
    await ask("writeDocument", { of, body });
    await ask("writeDocument", { of, body: "{}", headers });
    await ask("writeDocument", { of, body, headers: { "if-match": "none" } });
    await ask("writeDocument", { of, body, headers, query: `?by=${"x".repeat(201)}` });
    const changed = '{"slack":"U0000000002"}';
    const query = "?by=Amina&why=moved";
    expect((await ask("writeDocument", { of, body: changed, headers, query })).status).toBe(200);
    await ask("removeDocument", { of });
    await ask("removeDocument", { of, headers });
    await ask("removeDocument", { of, headers: { "if-match": "none" } });
    await ask("removeDocument", { of: ["history/x"], headers });
    await ask("removeDocument", { of, headers, query: `?why=${"x".repeat(2_001)}` });
    const now = await ask<{ etag: string }>("readDocument", { of });
    expect(
      (await ask("removeDocument", { of, headers: { "if-match": now.json.etag } })).status,
    ).toBe(200);
    await ask("readDocument", { of });
    const page = await ask<List<object>>("listDocuments", { query: "?limit=1" });
    await ask("listDocuments", { query: `?cursor=${page.json.next}` });
    await ask("listDocuments", { query: "?limit=many" });
    const change = { key: "person/bruno", text: body, ifMatch: null };
    const publishing = { by: null, changes: [change] };
    expect((await ask("publish", { body: publishing })).status).toBe(201);
    await ask("publish", { body: publishing });
    await ask("publish", { body: {} });
    await ask("publish", { body: { by: null, changes: [{ ...change, text: "{}" }] } });
    await ask("listPublishes", { query: "?limit=2" });
    await ask("listPublishes", { query: "?limit=0" });
    for (const operation of ["readPublish", "readPublishProgress"]) {
      expect((await ask(operation, { of: [made.json.id] })).status).toBe(200);
      expect((await ask(operation, { of: ["none"] })).status).toBe(404);
    }
  });

  it("of back-tests", async () => {
    await received();
    const documents = Object.entries(DOCUMENTS).map(([key, value]) => ({
      key,
      text: JSON.stringify(value),
    }));
    const body = { since: "2026-01-01T00:00:00Z", documents };
    const { json } = await ask<List<{ would: object[]; did: object[] }>>("backtest", { body });
    expect(json.items[0]).toMatchObject({ would: [{}], did: [{}] });
    await ask("backtest", { body: { documents } });
  });

  it("of checks", async () => {
    for (const id of ["checkSettings", "checkDelivery", "checkKv", "checkSlack"]) await ask(id);
    await ask("checkChannel", { of: ["C0000000001"], query: "?use=hears" });
    await ask("checkChannel", { of: ["general"] });
    await ask("checkChannel", { of: ["C0000000001"], query: "?use=sees" });
    await ask("checkDestination", { of: ["channel"] });
    const document = DOCUMENTS["destination/channel"];
    await ask("checkDraftDestination", { of: ["channel"], body: document });
    world.slack.workspace.faults.set({ on: "*", fault: "rate_limited", retryAfter: 7 });
    expect((await ask("checkSlack")).status).toBe(429);
    await ask("checkChannel", { of: ["C0000000001"] });
    await ask("checkDestination", { of: ["channel"] });
    await ask("checkDraftDestination", { of: ["channel"], body: document });
  });

  it("of a destination that is paused", async () => {
    await ask("pauseDestination", { of: ["channel"], body: { by: "Amina", why: "A test" } });
    await received();
    const { json } = await ask<{ findings: object[] }>("checkDelivery");
    expect(json.findings.length).toBeGreaterThan(0);
    await ask("listProblems");
  });

  it("of people", async () => {
    const settings = { SLACK_BOT_TOKEN: "" };
    for (const [id, body] of [
      ["lookUpPeople", { emails: ["Amina@example.com", "nobody@example.com"] }],
      ["checkPeople", { slack: ["U0000000001", "U0999999999"] }],
    ] as const) {
      expect((await ask<List<object>>(id, { body })).json.items).toHaveLength(2);
      await ask(id, { body: {} });
      await ask(id, { body, settings });
    }
    world.slack.workspace.faults.set({ on: "*", fault: "server_error" });
    for (const [id, body] of [
      ["lookUpPeople", { emails: ["Amina@example.com"] }],
      ["checkPeople", { slack: ["U0000000001"] }],
    ] as const) {
      expect((await ask(id, { body })).status).toBe(502);
    }
  });

  it("of what is too large", async () => {
    const body = "x".repeat(8_000_001);
    for (const id of ["backtest", "publish", "writeDocument"]) {
      const asked = { of: ["person/amina"], body, headers: { "if-none-match": "*" } };
      expect((await ask(id, asked)).status).toBe(413);
    }
  });

  it("of a KV that cannot be read", async () => {
    await received();
    const documents = Object.entries(DOCUMENTS).map(([key, value]) => ({
      key,
      text: JSON.stringify(value),
    }));
    const mend = await showInKv(() => {
      throw new Error("KV GET failed: 500");
    });
    const by = { by: "Amina", why: "A test" };
    const headers = { "if-match": '"x"' };
    const key = "destination/channel";
    const cases: [string, Asked][] = [
      ["pauseDestination", { of: ["nobody"], body: by }],
      ["resumeDestination", { of: ["nobody"], body: { by: "Amina" } }],
      ["discardWaiting", { of: ["nobody"], body: by }],
      ["listDocuments", {}],
      ["readDocument", { of: [key] }],
      ["writeDocument", { of: [key], headers, body: DOCUMENTS[key] }],
      ["removeDocument", { of: [key], headers }],
      ["publish", { body: { by: null, changes: [{ key, text: null, ifMatch: '"x"' }] } }],
      ["backtest", { body: { since: "2026-01-01T00:00:00Z", documents } }],
      ["checkDestination", { of: ["channel"] }],
    ];
    for (const [id, asked] of cases) {
      expect([id, (await ask(id, asked)).status]).toEqual([id, 503]);
    }
    mend();
  });

  it("of hooks, and of itself", async () => {
    const body = { path: "acme/widgets" };
    expect((await ask("deriveHookToken", { body })).status).toBe(200);
    expect((await ask("deriveHookToken", { body: { path: "//" } })).status).toBe(400);
    const settings = { HOOK_MASTER_SECRETS: "" };
    expect((await ask("deriveHookToken", { body, settings })).status).toBe(400);
    expect((await ask("describe")).status).toBe(200);
  });

  test.for(OPERATIONS)("of strangers and viewers: $id", async (operation) => {
    const of = ["x", "y"];
    const body = operation.body?.example;
    expect((await ask(operation.id, { of, body, token: "wrong" })).status).toBe(401);
    const settings = { ADMIN_TOKEN: "", VIEWER_TOKEN: "" };
    expect((await ask(operation.id, { of, body, settings })).status).toBe(401);
    if (!refusalsOf(operation).has(403)) return;
    const token = TEST_SETTINGS.VIEWER_TOKEN;
    expect((await ask(operation.id, { of, body, token })).status).toBe(403);
  });

  it("and each answer that is described was given", () => {
    const described = OPERATIONS.flatMap((operation) => [
      ...operation.answers.map(({ status }) => `${operation.id} ${status}`),
      ...[...refusalsOf(operation).values()]
        .flat()
        .filter(({ code }) => code !== null)
        .map(({ status, code }) => `${operation.id} ${status} ${code}`),
    ]);
    expect(described.filter((each) => !answered.has(each))).toEqual([]);
  });
});
