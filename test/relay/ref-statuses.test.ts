import { runInDurableObject } from "cloudflare:test";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import type { Incoming } from "../../src/relay/incoming.ts";
import { incomingFromGitlab } from "../../src/relay/incoming-from-gitlab.ts";
import { Intake } from "../../src/relay/intake.ts";
import { ActivityCounter } from "../../src/relay/activity.ts";
import { Ledger } from "../../src/relay/ledger.ts";
import { nextRefStatus, type RefResult, type RefStatus } from "../../src/relay/ref-statuses.ts";
import saidBroken from "../fixtures/gitlab/pipeline.broken.json" with { type: "json" };
import saidFixed from "../fixtures/gitlab/pipeline.fixed.json" with { type: "json" };
import child from "../fixtures/gitlab/pipeline.success-child.json" with { type: "json" };
import old from "../fixtures/gitlab/pipeline.success-old.json" with { type: "json" };
import { admin, deliver } from "../webhook.ts";
import {
  createWorld,
  DOCUMENTS,
  endWorld,
  evict,
  publish,
  query,
  relay,
  settled,
  step,
  type World,
} from "../world.ts";
import { countRows } from "./count-rows.ts";

const DAY = 24 * 3_600_000;
const MAPPING = {
  rules: [
    { name: "Broken", on: "pipeline.broken", to: "channel", message: "broken {{ event.title }}" },
    { name: "Fixed", on: "pipeline.fixed", to: "channel", message: "fixed {{ event.title }}" },
  ],
};

type Status = "success" | "failed";

function result(pipeline: number, status: Status, finished: number | null = pipeline): RefResult {
  const finishedAt = finished === null ? null : new Date(finished * 60_000).toISOString();
  return { ref: "7031 branch main", pipeline, status, finishedAt };
}

/** What a Relay that starts with nothing makes of results in this order, and what it knows then. */
function compared(results: RefResult[]): {
  changes: RefStatus["change"][];
  known: RefStatus | null;
} {
  let known: RefStatus | null = null;
  const changes = results.map((each) => {
    const next = nextRefStatus(known, each);
    known = next.kept ?? known;
    return next.change;
  });
  return { changes, known };
}

describe("a result beside the one before", () => {
  test.for<[string, RefResult[], RefStatus["change"][]]>([
    ["a success with nothing known", [result(1, "success")], [null]],
    ["a failure with nothing known", [result(1, "failed")], ["broken"]],
    ["success after success", [result(1, "success"), result(2, "success")], [null, null]],
    ["a failure after a success", [result(1, "success"), result(2, "failed")], [null, "broken"]],
    ["failure after failure", [result(1, "failed"), result(2, "failed")], ["broken", null]],
    ["a success after a failure", [result(1, "failed"), result(2, "success")], ["broken", "fixed"]],
    [
      "a failure after a repair",
      [result(1, "failed"), result(2, "success"), result(3, "failed")],
      ["broken", "fixed", "broken"],
    ],
    [
      "a success of an older pipeline that comes late",
      [result(1, "success"), result(3, "failed"), result(2, "success"), result(4, "failed")],
      [null, "broken", null, null],
    ],
    [
      "a failure of an older pipeline that comes late",
      [result(3, "success"), result(2, "failed"), result(4, "success")],
      [null, null, null],
    ],
    [
      "the same failure twice",
      [result(1, "success"), result(2, "failed"), result(2, "failed")],
      [null, "broken", "broken"],
    ],
    [
      "the same repair twice",
      [result(1, "failed"), result(2, "success"), result(2, "success")],
      ["broken", "fixed", "fixed"],
    ],
    [
      "the same plain success twice",
      [result(1, "success"), result(2, "success"), result(2, "success")],
      [null, null, null],
    ],
    [
      "a pipeline that fails, and passes when it is retried",
      [result(1, "success"), result(2, "failed", 2), result(2, "success", 3)],
      [null, "broken", "fixed"],
    ],
    [
      "a pipeline that fails again when it is retried",
      [result(1, "success"), result(2, "failed", 2), result(2, "failed", 3)],
      [null, "broken", null],
    ],
    [
      "a repair whose pipeline passes again after a manual job",
      [result(1, "failed"), result(2, "success", 2), result(2, "success", 3)],
      ["broken", "fixed", null],
    ],
    [
      "the failure before a retry, once more after it",
      [result(2, "failed", 2), result(2, "success", 3), result(2, "failed", 2)],
      ["broken", "fixed", null],
    ],
    [
      "a retried pipeline, without dates",
      [result(2, "failed", null), result(2, "success", null), result(2, "success", null)],
      ["broken", "fixed", "fixed"],
    ],
  ])("%s", ([, results, changes]) => {
    expect(compared(results).changes).toEqual(changes);
  });

  /** Results of pipelines that are retried now and then, in the order in which they were reached. */
  const history = fc
    .uniqueArray(
      fc.record({
        pipeline: fc.integer({ min: 1, max: 12 }),
        retry: fc.nat(2),
        status: fc.constantFrom<Status>("success", "failed"),
      }),
      { maxLength: 24, selector: ({ pipeline, retry }) => pipeline * 3 + retry },
    )
    .map((runs) =>
      runs
        .toSorted((one, other) => one.pipeline - other.pipeline || one.retry - other.retry)
        .map(({ pipeline, retry, status }) => result(pipeline, status, pipeline * 3 + retry)),
    );

  it("is broken and fixed by turns, at each change of the status, in order", () => {
    fc.assert(
      fc.property(history, (results) => {
        const expected = results.map(({ status }, index) => {
          const before = results[index - 1]?.status ?? "success";
          if (status === before) return null;
          return status === "failed" ? "broken" : "fixed";
        });
        expect(compared(results).changes).toEqual(expected);
      }),
    );
  });

  it("is the same when it comes twice, and lets nothing late in", () => {
    const scenario = history.chain((results) =>
      fc.record({
        results: fc.constant(results),
        shuffled: fc.shuffledSubarray(results, { minLength: results.length }),
      }),
    );
    fc.assert(
      fc.property(scenario, ({ results, shuffled }) => {
        const once = compared(shuffled);
        const twice = compared(shuffled.flatMap((each) => [each, each]));
        expect(twice.changes).toEqual(once.changes.flatMap((change) => [change, change]));
        expect(twice.known).toEqual(once.known);
        const { change: _, ...latest } = once.known ?? { change: null };
        expect(latest).toEqual(results.at(-1) ?? {});
        const turns = once.changes.filter((change) => change !== null);
        expect(turns).toEqual(turns.map((_change, at) => (at % 2 === 0 ? "broken" : "fixed")));
      }),
    );
  });
});

type Payload = { object_attributes: object; project: { id: number } };

/** A pipeline as a GitLab before 19 reports it, finished at the minute of its number. */
function pipeline(id: number, status: string, changed: object = {}): Payload {
  const at = new Date(Date.parse("2026-10-14T09:00:00Z") + id * 60_000);
  const finished_at = at.toISOString().replace("T", " ").replace(".000Z", " UTC");
  return {
    ...old,
    object_attributes: { ...old.object_attributes, id, status, finished_at, ...changed },
  };
}

/** A pipeline as its Worker hands it to the Relay. */
function taken(payload: Payload): Incoming {
  const body = new TextEncoder().encode(JSON.stringify(payload));
  return incomingFromGitlab(new Headers({ "x-gitlab-event": "Pipeline Hook" }), body, null);
}

describe("a pipeline of a GitLab that does not compare", () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld({ ...DOCUMENTS, "mapping/gitlab/acme": MAPPING });
  });
  afterEach(endWorld);

  /** Sends a pipeline and returns what the channel hears of it, and its event's id. */
  async function send(payload: unknown): Promise<{ id: string; said: string[] }> {
    const before = world.slack.workspace.messages.length;
    const { id, status } = await deliver(payload, { hook: "Pipeline Hook" });
    expect(status).toBe(202);
    await settled();
    return { id, said: world.slack.workspace.messages.slice(before).map(({ text }) => text) };
  }

  const heard = async (payload: unknown): Promise<string[]> => (await send(payload)).said;
  const typesOf = async (id: string): Promise<string[]> =>
    (await admin<{ types: string[] }>(`/events/${id}`)).types;
  const refs = async (): Promise<unknown[]> =>
    await query("SELECT ref, pipeline, status, change FROM ref_statuses ORDER BY ref");

  test.for([{ evicted: false }, { evicted: true }])(
    "is broken or fixed when its ref changes, and else neither (evicted: $evicted)",
    async ({ evicted }) => {
      const steps: [payload: Payload, said: string[]][] = [
        [pipeline(10, "success"), []],
        [pipeline(12, "running"), []],
        [pipeline(12, "failed"), ["broken Pipeline #12 of main"]],
        [pipeline(13, "failed"), []],
        [pipeline(14, "canceled"), []],
        [pipeline(15, "success"), ["fixed Pipeline #15 of main"]],
        [pipeline(11, "failed"), []],
        [pipeline(16, "success"), []],
        [pipeline(17, "failed"), ["broken Pipeline #17 of main"]],
      ];
      const all: string[][] = [];
      for (const [payload] of steps) {
        if (evicted && all.length > 0) await evict();
        all.push(await heard(payload));
      }
      expect(all).toEqual(steps.map(([, said]) => said));
    },
  );

  it("is broken by its first failure, fixed by a retry, and quiet when a retry changes nothing", async () => {
    expect(await heard(pipeline(20, "failed"))).toEqual(["broken Pipeline #20 of main"]);
    const again = (finished: string): object => ({ finished_at: `2026-10-14 ${finished} UTC` });
    expect(await heard(pipeline(20, "failed", again("10:00:00")))).toEqual([]);
    expect(await heard(pipeline(20, "success", again("10:01:00")))).toEqual([
      "fixed Pipeline #20 of main",
    ]);
    expect(await heard(pipeline(20, "success", again("10:02:00")))).toEqual([]);
  });

  it("is the same to every hook that tells of it, and counted once", async () => {
    await send(pipeline(30, "success"));
    const project = await send(pipeline(31, "failed"));
    await evict();
    const group = await send(pipeline(31, "failed"));
    for (const { id, said } of [project, group]) {
      expect(said).toEqual(["broken Pipeline #31 of main"]);
      expect(await typesOf(id)).toEqual(["pipeline.failed", "pipeline.broken"]);
    }
    expect(await heard(pipeline(32, "failed"))).toEqual([]);
  });

  it("is taken in once when the same request comes twice", async () => {
    await deliver(pipeline(40, "failed"), { id: "forty", hook: "Pipeline Hook" });
    await deliver(pipeline(41, "success"), { id: "forty-one", hook: "Pipeline Hook" });
    const known = await refs();
    const { said } = await deliver(pipeline(40, "failed"), { id: "forty", hook: "Pipeline Hook" });
    expect(said).toBe("duplicate");
    expect(await refs()).toEqual(known);
  });

  it("says nothing of another branch, a tag of the same name, another project or its parent", async () => {
    await send(pipeline(50, "failed"));
    const elsewhere = [
      pipeline(51, "success", { ref: "mainline" }),
      pipeline(52, "success", { tag: true }),
      { ...pipeline(53, "success"), project: { ...old.project, id: 7032 } },
      {
        ...pipeline(54, "success", { source: "parent_pipeline" }),
        source_pipeline: child.source_pipeline,
      },
    ];
    for (const payload of elsewhere) expect(await heard(payload)).toEqual([]);
    expect(await refs()).toEqual([
      { ref: "acme/widgets 7031 branch main", pipeline: 50, status: "failed", change: "broken" },
      { ref: "acme/widgets 7031 branch mainline", pipeline: 51, status: "success", change: null },
      { ref: "acme/widgets 7031 tag main", pipeline: 52, status: "success", change: null },
      { ref: "acme/widgets 7032 branch main", pipeline: 53, status: "success", change: null },
    ]);
    expect(await heard(pipeline(55, "success"))).toEqual(["fixed Pipeline #55 of main"]);
  });

  it("of another path that claims the project's id changes nothing for the project", async () => {
    await send(pipeline(50, "success"));
    const { path_with_namespace, ...project } = old.project;
    await send({
      ...pipeline(51, "failed"),
      project: { ...project, path_with_namespace: `${path_with_namespace}-of-a-stranger` },
    });
    await send(pipeline(52, "success"));
    expect(await refs()).toMatchObject([
      { ref: "acme/widgets 7031 branch main", pipeline: 52, change: null },
      { ref: "acme/widgets-of-a-stranger 7031 branch main", pipeline: 51, change: "broken" },
    ]);
  });

  it("is not compared where GitLab does it: its word counts, and nothing is remembered", async () => {
    const still = {
      ...saidBroken,
      object_attributes: { ...saidBroken.object_attributes, ref_status_name: "still_failing" },
    };
    expect(await heard(still)).toEqual([]);
    expect(await heard(saidBroken)).toEqual(["broken Pipeline #770201 of main"]);
    expect(await heard(saidFixed)).toEqual(["fixed Pipeline #770204 of main"]);
    expect(await refs()).toEqual([]);
  });

  it("has its type for good: in its list, when it is shown, and when it is replayed", async () => {
    await send(pipeline(60, "success"));
    const { id } = await send(pipeline(61, "failed"));
    await send(pipeline(62, "failed"));
    await send(pipeline(63, "success"));
    const shown = await admin<{ type: string; types: string[]; rules: { matched: boolean }[] }>(
      `/events/${id}`,
    );
    expect(shown).toMatchObject({
      type: "pipeline.failed",
      types: ["pipeline.failed", "pipeline.broken"],
    });
    expect(shown.rules.map(({ matched }) => matched)).toEqual([true, false]);
    const { items } = await admin<{ items: { id: string }[] }>("/events?type=pipeline.broken");
    expect(items.map((item) => item.id)).toEqual([id]);

    await evict();
    const known = await refs();
    const before = world.slack.workspace.messages.length;
    await admin(`/events/${id}/replay`, { method: "POST" });
    await settled();
    const replayed = world.slack.workspace.messages.slice(before);
    expect(replayed.map(({ text }) => text)).toEqual(["broken Pipeline #61 of main"]);
    expect(await refs()).toEqual(known);
  });

  it("keeps its type while its mapping waits, whatever comes after it", async () => {
    await publish("mapping/gitlab/acme", "{ not json");
    expect(await heard(pipeline(65, "failed"))).toEqual([]);
    expect(await heard(pipeline(66, "failed"))).toEqual([]);
    expect(await heard(pipeline(67, "success"))).toEqual([]);
    await publish("mapping/gitlab/acme", MAPPING);
    await step(61_000);
    await step(61_000);
    expect(world.slack.workspace.messages.map(({ text }) => text)).toEqual([
      "broken Pipeline #65 of main",
      "fixed Pipeline #67 of main",
    ]);
  });

  it("is not remembered unless its event is stored with it", async () => {
    await send(pipeline(70, "success"));
    const known = await refs();
    await runInDurableObject(relay(), async (_instance, { storage }) => {
      storage.sql.exec(
        "CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'disk is full'); END",
      );
      const intake = new Intake(storage, new Ledger(storage, new ActivityCounter(storage)));
      expect(() => intake.accept(taken(pipeline(71, "failed")), Date.now(), false)).toThrow(
        "disk is full",
      );
    });
    expect(await refs()).toEqual(known);
    await query("DROP TRIGGER full");
    expect(await heard(pipeline(71, "failed"))).toEqual(["broken Pipeline #71 of main"]);
  });

  it("is taken in, and not compared, from a Worker of the version before", async () => {
    const { pipelineResult: _, ...before } = taken(pipeline(75, "failed"));
    const { status } = await relay().accept(before as Incoming);
    await settled();
    expect(status).toBe("accepted");
    expect(await refs()).toEqual([]);
  });

  it("is taken in, and not compared, when its ref is longer than SQLite takes", async () => {
    const { id } = await send(pipeline(76, "failed", { ref: "r".repeat(3_000_000) }));
    expect(await typesOf(id)).toEqual(["pipeline.failed"]);
    expect(await refs()).toEqual([]);
  });

  it("costs one row more, and none when it is late, comes again, or is GitLab's to compare", async () => {
    await send(pipeline(79, "failed"));
    await send(pipeline(80, "success"));
    const written = async (payload: unknown): Promise<number> => {
      const before = await countRows();
      await send(payload);
      return (await countRows()) - before;
    };
    expect(await written(pipeline(81, "success")), "filtered").toBe(3);
    expect(await written(pipeline(82, "failed")), "delivered").toBe(5);
    expect(await written(pipeline(82, "failed")), "by another hook").toBe(4);
    expect(await written(pipeline(78, "success")), "late").toBe(2);
    expect(await written(pipeline(83, "running")), "not finished").toBe(2);
    expect(await written(pipeline(83, "success", { ref: "new" })), "of a new ref").toBe(3);
    expect(await written(saidFixed), "compared by GitLab").toBe(4);
  });

  it("is forgotten when its ref is quiet for 90 days, and no sooner", async () => {
    await send(pipeline(90, "failed", { ref: "quiet" }));
    await send(pipeline(91, "failed"));
    await step(60 * DAY);
    await send(pipeline(92, "failed"));
    await step(29 * DAY);
    expect(await refs()).toHaveLength(2);
    await send(pipeline(93, "failed", { ref: "other" }));
    await step(2 * DAY);
    expect(await refs()).toMatchObject([
      { ref: "acme/widgets 7031 branch main", pipeline: 92 },
      { ref: "acme/widgets 7031 branch other", pipeline: 93 },
    ]);
  });

  it("is forgotten in batches, however many refs are quiet", async () => {
    await send(pipeline(95, "success"));
    await query(
      `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 450)
       INSERT INTO ref_statuses SELECT 'quiet ' || n, n, NULL, 'failed', NULL, 0 FROM numbers`,
    );
    const left = [];
    for (let turn = 0; turn < 4; turn += 1) {
      await step(turn === 0 ? 3_700_000 : 1_000);
      left.push((await refs()).length);
    }
    expect(left).toEqual([251, 51, 1, 1]);
  });

  it("is compared in a Relay of the schema before, whose events stay", async () => {
    const { id } = await send(pipeline(96, "success"));
    await runInDurableObject(relay(), (_instance, { storage }) => {
      storage.sql.exec(
        `DROP TABLE ref_statuses; DROP TABLE facts; DROP TABLE answers; DROP TABLE issues;
         DROP TABLE missing_scopes; ALTER TABLE outcomes DROP COLUMN posted;
         ALTER TABLE documents DROP COLUMN changed_by; DROP INDEX failed;
         DROP TABLE publishes; DROP TABLE changes; DROP TABLE texts; DROP TABLE published;
         DROP TABLE telling; DROP TABLE publishing; DROP TABLE retries; DROP TABLE retry_runs;
         DROP TABLE replays; ALTER TABLE outcomes DROP COLUMN asked_by; DROP TABLE activity; DROP TABLE activity_hours; DROP TABLE activity_posts;
         ALTER TABLE documents DROP COLUMN held_until; DELETE FROM migrations WHERE version > 1;`,
      );
    });
    await evict();
    expect(await heard(pipeline(97, "failed"))).toEqual(["broken Pipeline #97 of main"]);
    expect(await typesOf(id)).toEqual(["pipeline.success"]);
    expect((await query("SELECT version FROM migrations")).map(({ version }) => version)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9,
    ]);
    expect(await refs()).toHaveLength(1);
  });
});
