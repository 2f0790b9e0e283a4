import { exports } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import type { BacktestRequest } from "../../src/simulation/backtest.ts";
import type { BacktestItem } from "../../src/simulation/with-exposures.ts";
import { differenceOf } from "../../src/simulation/difference-of.ts";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import { FIXTURES, payloadOf } from "../gitlab/fixtures.ts";
import { put, refuseWrites } from "../publishing/publisher-world.ts";
import { rowsRead } from "../relay/rows-read.ts";
import { storeEvents } from "../relay/stored-events.ts";
import { AMINA, BRUNO, createSlackWorld, type SlackWorld } from "../relay/slack-world.ts";
import { TEST_SETTINGS } from "../settings.ts";
import { admin, deliver, ORIGIN } from "../webhook.ts";
import {
  acme,
  createWorld,
  DOCUMENTS,
  endWorld,
  publish,
  query,
  relay,
  settled,
  step,
  type World,
} from "../world.ts";

const issue = acme(issueOpen);

type Page = {
  items: BacktestItem[];
  next: string | null;
  progress: number;
  retentionDays: number;
  storedSince: string;
  error?: { code: string; message: string; path?: string };
};

async function post(body: unknown): Promise<{ status: number; page: Page }> {
  const response = await exports.default.fetch(
    new Request(`${ORIGIN}/admin/api/backtests`, {
      method: "POST",
      headers: { authorization: `Bearer ${TEST_SETTINGS.ADMIN_TOKEN}` },
      body: typeof body === "string" ? body : JSON.stringify(body),
    }),
  );
  return { status: response.status, page: await response.json() };
}

function textsOf(documents: Record<string, unknown>) {
  return Object.entries(documents).map(([key, value]) => ({
    key,
    text: typeof value === "string" ? value : JSON.stringify(value),
  }));
}

/** Every event since the beginning, page by page. */
async function backtest(
  documents: Record<string, unknown>,
  { since = "2030-01-01", limit = 100 } = {},
): Promise<{ items: BacktestItem[]; pages: number; progress: number[] }> {
  const items: BacktestItem[] = [];
  const progress: number[] = [];
  let cursor: string | null = null;
  do {
    const { page, status } = await post({ documents: textsOf(documents), since, cursor, limit });
    expect(status).toBe(200);
    items.push(...page.items);
    progress.push(page.progress);
    cursor = page.next;
  } while (cursor !== null);
  return { items, pages: progress.length, progress };
}

describe("POST /admin/api/backtests", () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld();
  });
  afterEach(endWorld);

  it("says of each event what the draft would send, and what was sent", async () => {
    const { id } = await deliver(issue);
    await settled();
    const { items } = await backtest({
      ...DOCUMENTS,
      "mapping/gitlab/acme": {
        rules: [
          { name: "Moved", on: "issue.open", to: "channel" },
          { name: "Quiet", on: "issue.open", to: "hook", mode: "shadow" },
        ],
      },
    });
    expect(items).toEqual([
      {
        id,
        at: new Date().toISOString(),
        type: "issue.open",
        title: issue.object_attributes.title,
        project: "acme/widgets",
        confidential: false,
        state: "routed",
        reason: null,
        problem: null,
        would: [
          {
            destination: "channel",
            mapping: "mapping/gitlab/acme",
            rule: "Moved",
            state: "pending",
            shadow: false,
            reason: null,
            faulty: false,
            exposure: "same",
          },
          expect.objectContaining({ destination: "hook", state: "shadow", shadow: true }),
        ],
        did: [
          {
            destination: "support",
            mapping: "mapping/gitlab/acme",
            rule: "Opened",
            state: "delivered",
            reason: null,
            role: "rule",
          },
        ],
      },
    ]);
  });

  it("sends nothing and stores nothing", async () => {
    await deliver(issue);
    await settled();
    const before = [world.fetched(), await everything()];
    await backtest({ ...DOCUMENTS, "destination/support": { type: "channel", channel: "C0X" } });
    await settled();
    expect([world.fetched(), await everything()]).toEqual(before);
  });

  it("goes through all Relays, oldest first, each event once, and says how far it is", async () => {
    const sent: string[] = [];
    for (const path of ["acme/widgets", "other/thing", "acme/widgets", "acme/widgets"]) {
      const project = { ...issue.project, path_with_namespace: path };
      sent.push((await deliver({ ...issue, project })).id);
      await step(1_000);
      await settled("gitlab/other");
    }
    const { items, pages, progress } = await backtest(DOCUMENTS, { limit: 2 });
    expect(items.map(({ id }) => id)).toEqual([sent[0], sent[2], sent[3], sent[1]]);
    expect(pages).toBe(3);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.at(-1)).toBe(1);
    const { items: late } = await backtest(DOCUMENTS, {
      since: new Date(Date.now() - 1_500).toISOString(),
    });
    expect(late.map(({ id }) => id)).toEqual([sent[3]]);
  });

  it("says how long events are kept", async () => {
    const { page } = await post({ documents: [], since: "2020-01-01" });
    expect(page).toMatchObject({ items: [], next: null, progress: 1, retentionDays: 7 });
    expect(Date.now() - Date.parse(page.storedSince)).toBe(7 * 24 * 3_600_000);
  });

  it("keeps replays and alerts apart from what the rules did", async () => {
    const { id } = await deliver(issue);
    await settled();
    await admin(`/events/${id}/replay`, { method: "POST" });
    await settled();
    const { items } = await backtest(DOCUMENTS);
    expect(items[0]?.did.map(({ role }) => role)).toEqual(["rule", "replay"]);
    expect(items.flatMap((item) => differenceOf(item).did)).toHaveLength(1);
  });

  it("does not compare what is not routed yet, nor what is unreadable", async () => {
    await publish("mapping/gitlab/acme", "{");
    await deliver("[1]", { path: "/acme" });
    await deliver(issue);
    await settled();
    await settled("gitlab/-");
    const { items } = await backtest(DOCUMENTS);
    expect(items.map(({ state }) => state).toSorted()).toEqual(["undecided", "unreadable"]);
    for (const item of items) expect(differenceOf(item)).toMatchObject({ added: [], removed: [] });
  });

  it("runs large events by their outline", async () => {
    const description = "x".repeat(5 * 1024 * 1024);
    await deliver({ ...issue, object_attributes: { ...issue.object_attributes, description } });
    await settled();
    const { items } = await backtest(DOCUMENTS);
    expect(items).toMatchObject([{ state: "routed", would: [{ destination: "support" }] }]);
  });

  it("ends a page early when the bodies are many bytes, and loses none", async () => {
    const description = "x".repeat(3 * 1024 * 1024);
    for (let n = 0; n < 4; n += 1) {
      await deliver({ ...issue, object_attributes: { ...issue.object_attributes, description } });
      await step(1);
    }
    const { items, pages } = await backtest(DOCUMENTS);
    expect(items).toHaveLength(4);
    expect(pages).toBe(2);
  });

  it("reads of a Relay's events no more than an answer takes, also where it is about some paths", async () => {
    await storeEvents(3_000, { settled: true });
    const request: BacktestRequest = {
      documents: textsOf(DOCUMENTS),
      since: 0,
      after: null,
      limit: 50,
      paths: ["acme"],
      role: "edit",
    };
    const { rows } = await rowsRead(() =>
      relay().backtest(new TextEncoder().encode(JSON.stringify(request))),
    );
    expect(rows).toBeLessThan(500);
  });

  it("lets others in while it works", async () => {
    for (let n = 0; n < 40; n += 1) await deliver(issue);
    await settled();
    const order: string[] = [];
    const request: BacktestRequest = {
      documents: textsOf(DOCUMENTS),
      since: 0,
      after: null,
      limit: 100,
      paths: null,
      role: "edit",
    };
    await Promise.all([
      relay()
        .backtest(new TextEncoder().encode(JSON.stringify(request)))
        .then(({ items }) => order.push(`backtest of ${items.length}`)),
      relay()
        .ledger()
        .then(() => order.push("another")),
    ]);
    expect(order).toEqual(["another", "backtest of 40"]);
  });

  it("says what is faulty: a draft's mapping, a missing destination, a template that fails", async () => {
    await deliver(issue);
    await settled();
    const of = async (rule: object) =>
      (
        await backtest({
          "destination/channel": DOCUMENTS["destination/channel"],
          "mapping/gitlab/acme": { rules: [{ name: "A", on: "*", to: "channel", ...rule }] },
        })
      ).items[0];
    expect(await of({ on: 5 })).toMatchObject({
      problem: expect.stringContaining("mapping/gitlab/acme cannot be used"),
      would: [],
    });
    expect(await of({ to: "nobody" })).toMatchObject({
      would: [
        { state: "pending", faulty: true, reason: "there is no document destination/nobody" },
      ],
    });
    const message = `{% for i in (1..999) %}${"{{ i }}".repeat(6)}{% endfor %}`;
    expect(await of({ message })).toMatchObject({
      would: [{ state: "pending", faulty: true, reason: expect.stringMatching(/^template: /) }],
    });
  });

  it("says where a confidential event would be told what it is not told now", async () => {
    await publish("destination/elsewhere", { ...DOCUMENTS["destination/channel"] });
    await deliver(acme(payloadOf("issue.open-confidential") as { project: object }));
    await settled();
    const rule = { name: "A", on: "*", to: ["channel", "hook", "new"] };
    const { items } = await backtest({
      "mapping/gitlab/acme": { rules: [rule] },
      "destination/channel": { ...DOCUMENTS["destination/channel"], confidential: true },
      "destination/hook": DOCUMENTS["destination/hook"],
      "destination/new": { ...DOCUMENTS["destination/channel"], confidential: true },
    });
    expect(items).toMatchObject([
      {
        confidential: true,
        would: [
          { destination: "channel", state: "pending", exposure: "opened" },
          { destination: "hook", state: "filtered", reason: "confidential", exposure: "same" },
          { destination: "new", state: "pending", exposure: "new" },
        ],
      },
    ]);
  });

  it("knows a destination that was published a moment ago, whatever KV still shows", async () => {
    await publish("mapping/gitlab/acme", { rules: [{ name: "A", on: "*", to: "hook" }] });
    await deliver(issue);
    await settled();
    const { mend } = await refuseWrites(() => "429 Too Many Requests");
    await put("destination/fresh", DOCUMENTS["destination/channel"]);
    const { items } = await backtest({
      "mapping/gitlab/acme": { rules: [{ name: "A", on: "*", to: "fresh" }] },
      "destination/fresh": DOCUMENTS["destination/channel"],
    });
    mend();
    expect(items).toMatchObject([{ would: [{ destination: "fresh", exposure: "same" }] }]);
  });

  it("takes as much as a call carries, in any letters, and says what is too much", async () => {
    await deliver(issue);
    await settled();
    const filling = (letters: number): unknown => ({
      documents: [...textsOf(DOCUMENTS), { key: "person/a", text: `…${"x".repeat(letters)}` }],
      since: "2030-01-01",
    });
    const { status, page } = await post(filling(7_900_000));
    expect(status).toBe(200);
    expect(page.items).toMatchObject([{ would: [{ destination: "support" }] }]);
    const refused = await post(filling(8_000_000));
    expect(refused.status).toBe(413);
    expect(refused.page.error?.message).toMatch(/^The documents are more than 8 MB: .*\.$/);
  });

  test.for<[string, unknown, string]>([
    ["no JSON", "{", ""],
    ["no documents", { since: "2030-01-01" }, "documents"],
    ["a document without text", { documents: [{ key: "a" }], since: "2030-01-01" }, "documents.0"],
    ["no moment", { documents: [], since: "yesterday" }, "since"],
    ["too much at once", { documents: [], since: "2030-01-01", limit: 101 }, "limit"],
    ["a cursor of its own", { documents: [], since: "2030-01-01", cursor: "../x" }, "cursor"],
  ])("refuses %s, and says what is wrong", async ([, body, path]) => {
    const { status, page } = await post(body);
    expect(status).toBe(400);
    expect(page.error?.code).toBe("bad_body");
    expect(page.error?.path).toMatch(new RegExp(`^${path}`));
    expect(page.error?.message).toMatch(/^expected |^Invalid input/);
  });
});

describe("a draft that is what is live", () => {
  const LIVE = {
    "mapping/gitlab/*": {
      rules: [
        { name: "Everything", on: "*", to: "channel" },
        { name: "Secrets too", on: ["issue.*", "note.*"], to: ["hook", "vault"] },
        { name: "Broken", on: "pipeline.{broken,fixed}", to: "support" },
        { name: "Shadow", on: "*", to: "watcher", mode: "shadow" },
        { name: "Missing", on: "merge_request.*", to: "missing" },
        {
          name: "Some",
          on: "*",
          when: { actor: { not: "*bot*" }, if: "event.large" },
          to: "alerts",
        },
      ],
    },
    "destination/support": DOCUMENTS["destination/support"],
    "destination/channel": DOCUMENTS["destination/channel"],
    "destination/hook": DOCUMENTS["destination/hook"],
    "destination/alerts": DOCUMENTS["destination/alerts"],
    "destination/watcher": DOCUMENTS["destination/channel"],
    "destination/vault": { ...DOCUMENTS["destination/channel"], confidential: true },
  };

  beforeEach(async () => {
    await createWorld(LIVE);
  });
  afterEach(endWorld);

  it("makes no difference, of any event that GitLab sends", { timeout: 60_000 }, async () => {
    for (const name of FIXTURES) await deliver(payloadOf(name));
    const names = (await query<{ name: string }>("SELECT name FROM relays", "directory")).map(
      ({ name }) => name,
    );
    let items: BacktestItem[] = [];
    do {
      for (const name of names) await settled(name);
      ({ items } = await backtest(LIVE));
    } while (items.some(({ state }) => state === "undecided"));
    expect(items).toHaveLength(FIXTURES.length);
    expect(items.filter(({ state }) => state !== "routed")).toEqual([]);
    const differences = items.map((item) => ({ item, ...differenceOf(item) }));
    expect(differences.filter(({ added, removed }) => added.length + removed.length > 0)).toEqual(
      [],
    );
    // It compares something: messages to open and closed places, and what is kept from the former.
    const would = items.flatMap((item) => item.would);
    expect(differences.flatMap((each) => each.would).length).toBeGreaterThan(FIXTURES.length);
    expect(would.some(({ reason }) => reason === "confidential")).toBe(true);
    expect(would.some(({ shadow }) => shadow)).toBe(true);
    expect(would.every(({ exposure }) => exposure === "same")).toBe(true);
  });
});

describe("Slack's events", () => {
  let world: SlackWorld;
  beforeEach(async () => {
    world = await createSlackWorld();
  });
  afterEach(endWorld);

  const rules = (...list: object[]) => ({
    "mapping/slack/C0000000001": {
      rules: list.map((rule, index) => ({ name: `Rule ${index}`, message: "Do this.", ...rule })),
    },
  });
  const ESCALATE = { on: "reaction.escalate", to: "thread" };

  it("are run with what Slack said of them then, and what was answered before stays answered", async () => {
    await world.rules(ESCALATE);
    await world.react(AMINA, "escalate");
    await world.react(BRUNO, "escalate");
    const { items } = await backtest(rules(ESCALATE));
    expect(items).toMatchObject([
      { would: [{ state: "pending" }], did: [{ state: "delivered" }] },
      { would: [{ state: "filtered", reason: expect.stringContaining("answered already") }] },
    ]);
    for (const item of items) expect(differenceOf(item)).toMatchObject({ added: [], removed: [] });
    const asked = world.fetched();
    const when = { if: "event.text.contains('ticket')" };
    const { items: other } = await backtest(
      rules({ ...ESCALATE, when, to: ["thread", "dm"] }, { on: "*", to: "ephemeral" }),
    );
    expect(other[0]?.problem).toBeNull();
    expect(other[0]?.would.map(({ destination }) => destination)).toEqual([
      "thread:C0000000001",
      `dm:${AMINA}`,
      `ephemeral:C0000000001:${AMINA}`,
    ]);
    expect(world.fetched()).toBe(asked);
  });

  it("stay unanswered where a rule kept quiet for a while", async () => {
    const quiet = { ...ESCALATE, cooldown: "1h" };
    await world.rules(quiet);
    await world.react(AMINA, "escalate");
    const another = world.slack.people.say(BRUNO, "C0000000001", "And this one?");
    await world.react(AMINA, "escalate", another);
    const { items } = await backtest(rules(quiet));
    expect(items[1]).toMatchObject({
      would: [{ state: "filtered", reason: expect.stringMatching(/^keeps quiet for a while/) }],
      did: [{ state: "filtered" }],
    });
    for (const item of items) expect(differenceOf(item)).toMatchObject({ added: [], removed: [] });
  });

  it("that took an answer back are no difference", async () => {
    await world.rules({ ...ESCALATE, undo: true });
    await world.react(AMINA, "escalate");
    await world.unreact(AMINA, "escalate");
    const { items } = await backtest(rules({ ...ESCALATE, undo: true }));
    expect(items).toHaveLength(2);
    for (const item of items) expect(differenceOf(item)).toMatchObject({ added: [], removed: [] });
  });
});

/** All that the Relay keeps. */
async function everything(): Promise<unknown> {
  const tables = await query<{ name: string }>(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
  );
  return await Promise.all(
    tables.map(async ({ name }) => [
      name,
      await query<{ n: number }>(`SELECT count(*) AS n FROM "${name}"`),
    ]),
  );
}
