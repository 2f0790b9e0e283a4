import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Heads, isSpreading } from "../../src/publishing/heads.ts";
import { Relay } from "../../src/relay/relay.ts";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import { countRows } from "../relay/count-rows.ts";
import { deliver } from "../webhook.ts";
import {
  acme,
  bindings,
  createWorld,
  endWorld,
  publish,
  query,
  relay,
  settled,
  step,
  type World,
} from "../world.ts";
import { ask, MAPPING, post, put, refuseWrites, saying, written } from "./publisher-world.ts";

const HOUR = 3_600_000;
const DOWN = "KV PUT failed: 429 Too Many Requests";
const issue = acme(issueOpen);

const destinations = (n: number) =>
  Array.from({ length: n }, (_, each) => ({
    key: `destination/d${String(each).padStart(3, "0")}`,
    text: JSON.stringify({ type: "channel", channel: "C0000000001" }),
    ifMatch: null,
  }));

describe("a publish of new documents that KV takes", () => {
  afterEach(endWorld);

  // docs/scaling.md says so.
  it("costs the publisher ten rows for each document, and a Relay that it concerns three", async () => {
    await createWorld();
    await deliver(issue);
    await settled();
    await ask("/documents");
    const before = [await countRows(), await countRows("publisher")];
    const changes = destinations(200).map(({ text, ...each }, n) => ({
      ...each,
      text: text + " ".repeat(n),
    }));
    const { mend, tried } = await refuseWrites(() => null);
    expect((await post(changes)).status).toBe(201);
    await written();
    for (let n = 0; n < 3; n += 1) await step(60_000, "publisher");
    const after = [await countRows(), await countRows("publisher")];
    expect(after.map((rows, n) => Math.round((rows - (before[n] ?? 0)) / 200))).toEqual([3, 10]);
    // One for each document, and the record.
    expect(tried).toHaveLength(201);
    mend();
  });
});

describe("a publish that KV does not take", () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld();
    await publish(MAPPING, saying("one"));
    await send();
  });
  afterEach(endWorld);

  async function send(): Promise<void> {
    await deliver(issue);
    await settled();
  }

  const said = (): string | undefined => world.slack.workspace.messages.at(-1)?.text;

  /** For how long a Relay goes by a document, in milliseconds. */
  async function held(key: string): Promise<number> {
    const [row] = await query<{ until: number | null }>(
      `SELECT held_until AS until FROM documents WHERE key = '${key}' AND superseded_at IS NULL`,
    );
    return (row?.until ?? 0) - Date.now();
  }

  it("costs the Relays a row for each document, and none while it waits", async () => {
    const { mend } = await refuseWrites((key) => (key === "destination/d000" ? DOWN : null));
    const before = await countRows();
    await post(destinations(100));
    await written();
    // One for the document, some for its indexes.
    const told = (await countRows()) - before;
    expect(told).toBeGreaterThan(99);
    for (let n = 0; n < 3; n += 1) await step(60_000, "publisher");
    // Those that KV has are let go, one row each; what it had before they were told was held no longer.
    const letGo = (await countRows()) - before - told;
    expect(letGo).toBeGreaterThan(49);
    expect(letGo).toBeLessThan(100);
    const stillHeld = await query<{ key: string }>(
      `SELECT key FROM documents WHERE held_until > ${Date.now() + 90_000}`,
    );
    expect(stillHeld).toEqual([{ key: "destination/d000" }]);
    for (let n = 0; n < 30; n += 1) await step(300_000, "publisher");
    expect((await countRows()) - before - told - letGo).toBe(0);
    mend();
  });

  it("costs the publisher few rows while it waits", async () => {
    const { mend } = await refuseWrites(() => DOWN);
    await post(destinations(100));
    await written();
    for (let n = 0; n < 5; n += 1) await step(60_000, "publisher");
    const rows = await countRows("publisher");
    for (let n = 0; n < 12; n += 1) await step(300_000, "publisher");
    // An hour: some tries of five minutes, and hardly a question to the directory.
    expect((await countRows("publisher")) - rows).toBeLessThan(50);
    mend();
  });

  it("costs a Relay no row that is told once more because its answer was lost", async () => {
    const { mend } = await refuseWrites(() => DOWN);
    const before = await countRows();
    const really = Object.getOwnPropertyDescriptors(Relay.prototype).learn.value;
    const spy = vi.spyOn(Relay.prototype, "learn").mockImplementationOnce(async function (
      this: Relay,
      told,
    ) {
      await really?.call(this, told);
      throw new Error("Network connection lost.");
    });
    await post(destinations(100));
    await written();
    const told = (await countRows()) - before;
    expect(told).toBeGreaterThan(99);
    await step(2_000, "publisher");
    expect(spy).toHaveBeenCalledTimes(2);
    expect((await countRows()) - before).toBe(told);
    spy.mockRestore();
    mend();
  });

  it("is used for as long as that takes, by Relays that are told of it again in time", async () => {
    const { mend } = await refuseWrites(() => DOWN);
    await put(MAPPING, saying("two"));
    await written();
    await step(60_000, "publisher");
    expect(await held(MAPPING)).toBeGreaterThan(23 * HOUR);
    await step(20 * HOUR, "publisher");
    expect(await held(MAPPING)).toBeGreaterThan(23 * HOUR);
    vi.setSystemTime(Date.now() + 10 * HOUR);
    await send();
    expect(said()).toBe("two");
    mend();
    await step(300_000, "publisher");
    await step(60_000, "publisher");
    expect(await held(MAPPING)).toBeLessThan(90_001);
  });

  it("lets a Relay rest that has all of it that concerns it, however long the rest waits", async () => {
    const other = "mapping/gitlab/other";
    const { mend } = await refuseWrites((key) => (key === other ? DOWN : null));
    const { etag } = (await ask<{ etag: string }>(`/documents/${MAPPING}`)).body;
    const text = JSON.stringify(saying("two"));
    await post([
      { key: MAPPING, text, ifMatch: etag },
      { key: other, text, ifMatch: null },
    ]);
    await written();
    await step(60_000, "publisher");
    await step(20 * HOUR, "publisher");
    const [row] = await query<{ at: number }>(
      "SELECT due_at AS at FROM telling WHERE relay = 'gitlab/acme'",
      "publisher",
    );
    expect(row?.at).toBeGreaterThan(Date.now());
    mend();
    await step(300_000, "publisher");
    await step(60_000, "publisher");
    expect(await query("SELECT 1 FROM telling", "publisher")).toEqual([]);
  });

  it("does not keep the documents that KV took from being edited there", async () => {
    const { mend } = await refuseWrites((key) => (key === "destination/d000" ? DOWN : null));
    const [first] = destinations(1);
    const { key, text } = { key: MAPPING, text: JSON.stringify(saying("two")) };
    const etag = (await ask<{ etag: string }>(`/documents/${key}`)).body.etag;
    await post([{ key, text, ifMatch: etag }, ...(first === undefined ? [] : [first])]);
    await written();
    await step(60_000, "publisher");
    expect(await held(MAPPING)).toBeLessThan(90_001);
    await publish(MAPPING, saying("by hand"));
    await step(91_000, "publisher");
    await send();
    expect(said()).toBe("by hand");
    // Told once more, of the sibling, it stays with that.
    mend();
    await step(300_000, "publisher");
    await step(60_000, "publisher");
    await send();
    expect(said()).toBe("by hand");
  });

  it("reads few rows to find what can be written next, however much waits", async () => {
    const { mend } = await refuseWrites(() => DOWN);
    await post(destinations(500));
    await written();
    const read = await runInDurableObject(relay("publisher"), (_instance, { storage }) => {
      const cursors: SqlStorageCursor<Record<string, SqlStorageValue>>[] = [];
      const exec = (statement: string, ...values: unknown[]) => {
        const cursor = storage.sql.exec(statement, ...values);
        cursors.push(cursor);
        return cursor;
      };
      const heads = new Heads({ exec } as unknown as SqlStorage);
      expect(heads.unwritten(Date.now() + 5_000, 40)).toHaveLength(40);
      return cursors.reduce((sum, { rowsRead }) => sum + rowsRead, 0);
    });
    expect(read).toBeLessThan(200);
    mend();
  });

  it("is said by the check of KV, with how much waits", async () => {
    const { mend } = await refuseWrites((key) => (key.startsWith("history/") ? null : DOWN));
    await post(destinations(3));
    await written();
    const { body } = await ask<{ findings: { code: string; message: string }[] }>("/checks/kv");
    const finding = body.findings.find(({ code }) => code === "publishing_waits");
    expect(finding?.message).toMatch(/^KV does not take what was published: 3 documents wait.*429/);
    mend();
    await step(300_000, "publisher");
    expect(JSON.stringify((await ask("/checks/kv")).body)).not.toContain("publishing_waits");
  });

  it("is told to other Relays while one of them does not answer", async () => {
    await deliver({ ...issue, project: { ...issue.project, path_with_namespace: "other/thing" } });
    await settled("gitlab/other");
    const { promise: hanging, resolve: answer } = Promise.withResolvers<void>();
    const really = Object.getOwnPropertyDescriptors(Relay.prototype).learn.value;
    const spy = vi.spyOn(Relay.prototype, "learn").mockImplementation(async function (
      this: Relay,
      told,
    ) {
      if (told.some(({ key }) => key === MAPPING)) await hanging;
      await really?.call(this, told);
    });
    await put(MAPPING, saying("two"));
    await put("mapping/gitlab/other", saying("three"));
    await vi.waitFor(async () => {
      const rows = await query("SELECT 1 FROM documents WHERE text LIKE '%three%'", "gitlab/other");
      expect(rows).toHaveLength(1);
    });
    answer();
    await written();
    spy.mockRestore();
    await send();
    expect(said()).toBe("two");
  });
});

describe("a document that was written", () => {
  it("is spreading for 90 s, also by a clock that is a little behind", () => {
    const at = 1_000_000;
    expect(isSpreading({ writtenAt: at }, at - 2_000)).toBe(true);
    expect(isSpreading({ writtenAt: at }, at + 89_000)).toBe(true);
    expect(isSpreading({ writtenAt: at }, at + 90_000)).toBe(false);
    expect(isSpreading({ writtenAt: at }, at - 60_000)).toBe(false);
  });

  it("is not read again to see that it is as it was written", async () => {
    await createWorld();
    await post(destinations(50));
    await written();
    await step(5_000, "publisher");
    const reads = vi.spyOn(bindings.MAPPINGS, "getWithMetadata");
    expect((await ask("/documents")).status).toBe(200);
    const asked = reads.mock.calls.flatMap(([keys]) => keys as unknown as string[]);
    expect(asked.filter((key) => key.startsWith("destination/d0"))).toEqual([]);
    await bindings.MAPPINGS.put("destination/d007", '{"type":"channel","channel":"C0000000009"}');
    vi.setSystemTime(Date.now() + 91_000);
    const { body } = await ask<{ text: string }>("/documents/destination/d007");
    expect(body.text).toContain("C0000000009");
    await endWorld();
  });
});
