import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { causeOfFailure } from "../../src/relay/cause-of-failure.ts";
import { FAILED, FAILED_OF, type FailedPlace } from "../../src/relay/failed-deliveries.ts";
import { DELIVERIES_BETWEEN } from "../../src/relay/list-deliveries.ts";
import { PARKED } from "../../src/relay/outcomes.ts";
import type { Relay } from "../../src/relay/relay.ts";
import { PARKED_SUMS, RECENT } from "../../src/relay/waiting-deliveries.ts";
import { admin } from "../webhook.ts";
import { DOCUMENTS, endWorld, publish, query, relay, settled, step } from "../world.ts";
import { createStuckWorld, type StuckWorld } from "../stuck-world.ts";

let world: StuckWorld;

type Group = {
  kind: string;
  destination: string | null;
  code: string;
  count: number;
  mend: string;
  retryable: boolean;
  examples: string[];
};

async function groups(): Promise<Group[]> {
  return (await admin<{ items: Group[] }>("/failures")).items;
}

describe("POST /admin/api/events/:id/replay?to=", () => {
  type Replayed = { deliveries: string[]; reason: string | null };

  it("sends to these destinations only: not where it was posted before", async () => {
    await publish("mapping/gitlab/acme", {
      rules: [{ name: "All", on: "issue.*", to: ["channel", "hook"], message: "hi" }],
    });
    const id = await world.titled("one");
    const only = await admin<Replayed>(`/events/${id}/replay?to=channel`, { method: "POST" });
    expect(only).toEqual({ deliveries: [`${id}.2`], reason: null });
    await settled();
    const { deliveries } = await admin<{ deliveries: { destination: string }[] }>(`/events/${id}`);
    expect(deliveries.map(({ destination }) => destination)).toEqual([
      "channel",
      "hook",
      "channel",
    ]);
    const none = await admin<Replayed>(`/events/${id}/replay?to=else&to=other`, { method: "POST" });
    expect(none).toEqual({ deliveries: [], reason: "no rule sends it to else or other today" });
    const both = await admin<Replayed>(`/events/${id}/replay?to=channel&to=hook`, {
      method: "POST",
    });
    expect(both.deliveries).toEqual([`${id}.3`, `${id}.4`]);
  });
});

type Retried = {
  retried: number;
  skipped: number;
  items: { id: string; result: string }[];
  next: string | null;
};

function retry(body: object): Promise<Retried> {
  return admin("/deliveries/retry", { method: "POST", body: JSON.stringify(body) });
}

/** As after a day without an answer, without waiting for it. */
async function gaveUp(id: string, namespace = "acme"): Promise<void> {
  await query(
    `UPDATE outcomes SET reason = 'gave up after a day of retries: HTTP 503' WHERE key = '${id.split(".")[1]}'`,
    `gitlab/${namespace}`,
  );
}

beforeEach(async () => {
  world = await createStuckWorld();
});
afterEach(endWorld);

describe("GET /admin/api/failures", () => {
  it("is empty while all is well", async () => {
    await world.titled("fine");
    expect(await admin("/failures")).toEqual({ items: [], next: null, complete: true });
  });

  it("puts what failed together by destination and cause, over all namespaces, with the fix", async () => {
    const one = await world.refused("one");
    await step(1_000);
    const two = await world.refused("two", "other/thing");
    const three = await world.refused("three");
    await gaveUp(three);
    expect(await groups()).toMatchObject([
      {
        kind: "failed",
        destination: "channel",
        code: "invalid_blocks",
        said: expect.stringContaining("invalid_blocks"),
        fix: expect.stringContaining("Correct the rule"),
        mend: "replay",
        retryable: false,
        count: 2,
        examples: [`${one}.0`, `${two}.0`],
      },
      { code: "gave_up", said: "HTTP 503", mend: "retry", retryable: true, count: 1 },
    ]);
  });

  it("leaves out what a replay has put right, and so does a retry", async () => {
    const id = await world.refused("one");
    await gaveUp(id);
    await admin(`/events/${id}/replay`, { method: "POST" });
    await settled();
    expect(world.posted()).toEqual(["one"]);
    expect(await groups()).toEqual([]);
    expect(await retry({})).toMatchObject({ retried: 0 });
    expect(world.posted()).toEqual(["one"]);
  });

  it("keeps alerts apart, which no replay sends", async () => {
    const id = await world.refused("one");
    const key = id.split(".")[1];
    await query(`UPDATE outcomes SET role = 'alert' WHERE key = '${key}'`, "gitlab/acme");
    await world.refused("two");
    expect(await groups()).toMatchObject([
      { destination: "channel", alert: true, mend: "none", count: 1, examples: [`${id}.0`] },
      { destination: "channel", alert: false, mend: "replay", count: 1 },
    ]);
  });

  it("names what is paused, by Slack and by people, with how many wait", async () => {
    await publish("mapping/gitlab/acme", {
      rules: [{ name: "All", on: "issue.*", to: ["later", "channel"], message: "hi" }],
    });
    await world.titled("one");
    await admin("/destinations/channel/pause", {
      method: "POST",
      body: JSON.stringify({ by: "amina", why: "it moves" }),
    });
    const id = await world.titled("two");
    expect(await groups()).toMatchObject([
      { kind: "paused", destination: "later", code: "destination_missing", mend: "wait", count: 2 },
      {
        kind: "paused",
        destination: "channel",
        code: "paused_by_person",
        said: "paused by amina: it moves",
        mend: "resume",
        retryable: false,
        count: 1,
        examples: [`${id}.1`],
      },
    ]);
  });
});

describe("POST /admin/api/deliveries/retry", () => {
  it("sends again what it helps, the oldest first, and skips what would only be refused again", async () => {
    const ids = [
      await world.refused("one"),
      await world.refused("two"),
      await world.refused("three"),
    ];
    for (const id of ids.slice(0, 2)) await gaveUp(id);
    expect(await retry({})).toMatchObject({
      retried: 2,
      skipped: 1,
      items: [
        { id: `${ids[0]}.0`, result: "retried" },
        { id: `${ids[1]}.0`, result: "retried" },
      ],
      next: null,
    });
    await settled();
    expect(world.posted()).toEqual(["one", "two"]);
    expect(await groups()).toMatchObject([{ code: "invalid_blocks", count: 1 }]);
    expect(await retry({ cause: "invalid_blocks" })).toMatchObject({ retried: 1, skipped: 0 });
    await settled();
    expect(world.posted()).toEqual(["one", "two", "three"]);
    expect(await groups()).toEqual([]);
    const { total } = await admin<{ total: object }>("/ledger");
    expect(total).toMatchObject({ received: 3, delivered: 3, failed: 0 });
  });

  it("goes from namespace to namespace, page by page", async () => {
    for (const [title, path] of [
      ["a", "acme/widgets"],
      ["b", "other/thing"],
    ] as const) {
      await gaveUp(await world.refused(title, path), path.split("/")[0]);
    }
    const first = await retry({});
    expect(first).toMatchObject({ retried: 1, next: expect.any(String) });
    expect(await retry({ cursor: first.next })).toMatchObject({ retried: 1, next: null });
    await settled();
    await settled("gitlab/other");
    expect(world.posted().toSorted()).toEqual(["a", "b"]);
  });

  it("goes on from a cursor of its own, however long the names are", async () => {
    const [top, destination] = ["n".repeat(255), "d".repeat(400)];
    await publish(`destination/${destination}`, DOCUMENTS["destination/channel"]);
    const rules = [{ name: "All", on: "issue.*", to: destination, message: "m" }];
    await publish("mapping/gitlab/*", { rules });
    for (const namespace of ["a", top]) {
      await gaveUp(await world.refused("m", `${namespace}/project`), namespace);
    }
    const first = await retry({ destination });
    expect(first).toMatchObject({ retried: 1, next: expect.any(String) });
    expect(first.next?.length).toBeGreaterThan(200);
    expect(await retry({ destination, cursor: first.next })).toMatchObject({
      retried: 1,
      next: null,
    });
    expect(await admin(`/deliveries?destination=${destination}`)).toMatchObject({
      items: [{ destination }, { destination }],
    });
  });

  it("goes on where a page ended, and tries none twice that fails again", async () => {
    for (const title of ["a", "b", "c"]) await gaveUp(await world.refused(title));
    world.slack.workspace.faults.set({ on: "*", fault: "invalid_blocks" });
    const all = { destination: null, cause: null, since: 0 };
    let next: FailedPlace | null = null;
    const retried: number[] = [];
    do {
      const page: Awaited<ReturnType<Relay["retryFailed"]>> = await relay().retryFailed(
        all,
        next,
        1,
      );
      await settled();
      retried.push(page.retried.length);
      ({ next } = page);
    } while (next !== null && retried.length < 10);
    expect(retried).toEqual([1, 1, 1, 0]);
    expect(await groups()).toMatchObject([{ code: "invalid_blocks", count: 3 }]);
  });

  it("is narrowed to a destination, and to what failed since", async () => {
    await gaveUp(await world.refused("old"));
    await step(3_600_000);
    const since = new Date().toISOString();
    await gaveUp(await world.refused("new"));
    expect(await retry({ destination: "hook" })).toMatchObject({ retried: 0, skipped: 0 });
    expect(await retry({ destination: "channel", since })).toMatchObject({
      retried: 1,
      skipped: 1,
    });
    await settled();
    expect(world.posted()).toEqual(["new"]);
  });

  it("says of each id what came of it", async () => {
    const failed = await world.refused("failed");
    const fine = await world.titled("fine");
    expect(await retry({ ids: [`${failed}.0`, `${fine}.0`, "nonsense"] })).toEqual({
      retried: 1,
      skipped: 2,
      items: [
        { id: `${failed}.0`, result: "retried" },
        { id: `${fine}.0`, result: "already_delivered" },
        { id: "nonsense", result: "not_found" },
      ],
      next: null,
    });
  });

  it("says what is wrong with the question", async () => {
    for (const [body, error] of [
      [{ ids: [] }, { path: "ids", message: "expected at least one id." }],
      [{ since: "yesterday" }, { path: "since" }],
      [{ cursor: "e30" }, { path: "cursor", message: 'expected the "next" of an earlier answer.' }],
      [{ everything: true }, { code: "bad_body" }],
    ] as const) {
      expect(await retry(body)).toMatchObject({ error });
    }
  });
});

describe("GET /admin/api/deliveries", () => {
  type Page = {
    items: { id: string; event: { id: string; title: string }; destination: string }[];
    next: string | null;
  };

  it("lists deliveries newest first, over all namespaces, page by page, each once", async () => {
    const rules = [{ name: "All", on: "issue.*", to: ["channel", "hook", "alerts"], message: "m" }];
    await publish("mapping/gitlab/acme", { rules });
    const expected: string[] = [];
    for (let number = 0; number < 12; number += 1) {
      const isOther = number % 3 === 0;
      const id = await world.titled(`event ${number}`, isOther ? "other/thing" : "acme/widgets");
      await step(10);
      expected.unshift(...(isOther ? [`${id}.0`] : [`${id}.0`, `${id}.1`, `${id}.2`]));
    }
    const listed: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Page = await admin(
        `/deliveries?limit=4${cursor === null ? "" : `&cursor=${cursor}`}`,
      );
      listed.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== null && listed.length < 100);
    expect(listed).toEqual(expected);
  });

  it("has what became of each, and its event", async () => {
    const id = await world.titled("A title");
    expect(await admin("/deliveries")).toEqual({
      items: [
        {
          id: `${id}.0`,
          event: {
            id,
            type: "issue.open",
            title: "A title",
            project: "acme/widgets",
            receivedAt: new Date().toISOString(),
          },
          destination: "channel",
          address: null,
          state: "delivered",
          reason: null,
          role: "rule",
          mapping: "mapping/gitlab/acme",
          rule: "All",
          createdAt: new Date().toISOString(),
          finishedAt: new Date().toISOString(),
          attempts: 1,
          last: { at: new Date().toISOString(), status: 200, answer: "ok" },
        },
      ],
      next: null,
    });
  });

  it("is narrowed by state, destination, project and role", async () => {
    const failed = await world.refused("failed");
    const other = await world.titled("other", "other/thing");
    await admin(`/events/${other}/replay`, { method: "POST" });
    await settled("gitlab/other");
    const ids = async (search: string): Promise<string[]> =>
      (await admin<Page>(`/deliveries?${search}`)).items.map(({ id }) => id);
    expect(await ids("state=failed")).toEqual([`${failed}.0`]);
    expect(await ids("project=Other")).toEqual([`${other}.0`, `${other}.1`]);
    expect(await ids("role=replay")).toEqual([`${other}.1`]);
    expect(await ids("destination=channel&state=delivered&role=rule")).toEqual([`${other}.0`]);
    expect(await ids("destination=hook")).toEqual([]);
    expect(await admin("/deliveries?state=lost")).toMatchObject({
      error: { code: "bad_query", path: "state" },
    });
  });
});

test.for<[reason: string | null, code: string, mend: string]>([
  ["gave up after a day of retries: HTTP 503", "gave_up", "retry"],
  ["Slack refused the message: invalid_blocks; must be a string", "invalid_blocks", "replay"],
  ['Slack refused the message: {"ok":false,"error":"invalid_blocks"}', "invalid_blocks", "replay"],
  ["Slack refused the message: user_not_found. The person has left.", "user_not_found", "retry"],
  ["Slack refused the message: Something that is no word", "refused", "replay"],
  ["GitLab refused the issue: Title is too long", "gitlab_refused", "replay"],
  ["Causeway could not render it: x. Retry it once that is mended.", "could_not_render", "retry"],
  ["Causeway could not route it: x. Replay it once that is mended.", "could_not_route", "replay"],
  ["the event is no longer stored", "event_gone", "none"],
  ["something new", "other", "retry"],
  [null, "other", "retry"],
])("the cause of %o is %s, mended by %s", ([reason, code, mend]) => {
  const cause = causeOfFailure(reason, "rule");
  expect(cause).toMatchObject({ code, mend });
  expect(cause.fix).toMatch(/^[A-Z].*\.$/);
});

it("no rule and no replay is named where an alert failed, for there is none of it", () => {
  const cause = causeOfFailure("Slack refused the message: invalid_blocks", "alert");
  expect(cause).toMatchObject({ code: "invalid_blocks", mend: "none" });
  expect(cause.fix).toContain("ALERTS_TO");
  expect(cause.fix).not.toMatch(/rule|replay/);
  const late = causeOfFailure("gave up after a day of retries: HTTP 503", "alert");
  expect(late).toMatchObject({ mend: "retry" });
});

const REPLAYS = "CORRELATED SCALAR SUBQUERY 1\nSEARCH r USING PRIMARY KEY (key=? AND n>?)";

it("reads what is asked for through indexes, and sorts nothing that is long", async () => {
  const plan = async (sql: string, bindings: number): Promise<string> => {
    const filled = Array.from({ length: bindings }, (_, at) => at + 1).reduceRight(
      (text, number) => text.replaceAll(`?${number}`, "NULL"),
      sql,
    );
    const rows = await query<{ detail: string }>(`EXPLAIN QUERY PLAN ${filled}`);
    return rows.map(({ detail }) => detail).join("\n");
  };
  expect(await plan(FAILED, 4)).toBe(
    "SEARCH f USING INDEX failed ((destination,seq,n)>(?,?,?))\n" + REPLAYS,
  );
  expect(await plan(FAILED_OF, 4)).toBe(
    "SEARCH f USING INDEX failed (destination=? AND (seq,n)>(?,?))\n" + REPLAYS,
  );
  expect(await plan(DELIVERIES_BETWEEN, 7)).toMatch(
    /^SEARCH e USING INTEGER PRIMARY KEY \(rowid>\? AND rowid<\?\)\nSEARCH o USING PRIMARY KEY \(key=\?\)$/,
  );
  expect(await plan(PARKED_SUMS, 1)).toBe("SEARCH outcomes USING INDEX parked (destination=?)");
  expect(await plan(PARKED, 4)).toBe(
    "SEARCH outcomes USING INDEX parked (destination=? AND (seq,n)>(?,?))",
  );
  expect(await plan(RECENT, 3)).toBe(
    "SEARCH e USING INTEGER PRIMARY KEY (rowid>?)\nSEARCH o USING PRIMARY KEY (key=?)",
  );
});
