import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { etagOf } from "../../src/publishing/etag.ts";
import { publishId } from "../../src/publishing/publish-id.ts";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import { deliver } from "../webhook.ts";
import {
  acme,
  bindings,
  createWorld,
  DOCUMENTS,
  endWorld,
  evict,
  publish,
  query,
  relay,
  settled,
  step,
} from "../world.ts";
import {
  ask,
  documentAt,
  etagAt,
  history,
  MAPPING,
  post,
  publishNamed,
  put,
  refuseWrites,
  saying,
  showInKv,
  written,
  type Refused,
} from "./publisher-world.ts";

const text = (value: unknown): string => JSON.stringify(value);

/** Writes KV as the command line does that reaches it directly: the record, then the documents. */
async function publishDirectly(
  id: string,
  changes: { key: string; before: string | null; after: string | null }[],
): Promise<void> {
  const at = "2031-01-01T00:00:00.000Z";
  const record = {
    id,
    at,
    by: "bo",
    why: "directly",
    via: "command line",
    restores: null,
    changes,
  };
  await bindings.MAPPINGS.put(`history/${id}`, text(record));
  for (const { key, after } of changes) {
    if (after === null) await bindings.MAPPINGS.delete(key);
    else await bindings.MAPPINGS.put(key, after, { metadata: { by: "bo", publish: id } });
  }
}

/** Has looks at all of KV wait after they have read, until the returned function is called. */
async function delayLooksAtAll(until: Promise<void>): Promise<() => void> {
  let spy: { mockRestore: () => void } | undefined;
  await runInDurableObject(relay("publisher"), () => {
    const { MAPPINGS } = bindings;
    const read = MAPPINGS.getWithMetadata.bind(MAPPINGS) as (
      ...args: unknown[]
    ) => Promise<unknown>;
    spy = vi.spyOn(MAPPINGS, "getWithMetadata").mockImplementation((async (...args: unknown[]) => {
      const found = await read(...args);
      if ((args[0] as string[]).length > 1) await until;
      return found;
    }) as never);
  });
  return () => spy?.mockRestore();
}

describe("what others do to KV", () => {
  beforeEach(async () => {
    await createWorld();
  });
  afterEach(endWorld);

  it("before the first look is one edit from outside, with all that is there", async () => {
    const [found, ...more] = await history();
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      by: null,
      via: "outside",
      why: "found in KV when Causeway first looked",
      total: Object.keys(DOCUMENTS).length,
      written: Object.keys(DOCUMENTS).length,
    });
    expect((await publishNamed(found?.id ?? "")).changes).toEqual(
      Object.entries(DOCUMENTS)
        .map(([key, value]) => ({ key, before: null, after: text(value) }))
        .toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    );
    await evict("publisher");
    expect(await history()).toEqual([found]);
  });

  it("by hand is an edit of who says so, seen with what was there before, and can be put back", async () => {
    const before = await documentAt(MAPPING);
    await bindings.MAPPINGS.put(MAPPING, text(saying("by hand")), { metadata: { by: "cleo" } });
    await bindings.MAPPINGS.delete("destination/hook");
    await publish("destination/new", { type: "channel", channel: "C0000000009" });
    const [latest, byCleo, first, ...more] = await history();
    expect(more).toEqual([]);
    expect(first?.why).toContain("first looked");
    const outside = { via: "outside", why: "changed in KV without a publish", problem: null };
    expect([latest, byCleo].find((each) => each?.by === "cleo")).toMatchObject({
      ...outside,
      keys: [{ key: MAPPING, kind: "changed" }],
    });
    expect([latest, byCleo].find((each) => each?.by === null)).toMatchObject({
      ...outside,
      keys: [
        { key: "destination/hook", kind: "removed" },
        { key: "destination/new", kind: "added" },
      ],
    });
    expect(await documentAt(MAPPING)).toMatchObject({ by: "cleo", text: text(saying("by hand")) });
    const [edit] = await history(`?key=${MAPPING}&limit=1`);
    const { changes } = await publishNamed(edit?.id ?? "");
    expect(changes).toEqual([
      { key: MAPPING, before: before?.text, after: text(saying("by hand")) },
    ]);
    const back = await post(
      changes.map((change) => ({
        key: change.key,
        text: change.before,
        ifMatch: etagOf(change.after ?? ""),
      })),
      { restores: edit?.id },
    );
    expect(back.status).toBe(201);
    await written();
    expect(await bindings.MAPPINGS.get(MAPPING)).toBe(before?.text);
  });

  it("by hand is seen by who publishes the same document, and is not overwritten", async () => {
    const etag = await etagAt(MAPPING);
    await bindings.MAPPINGS.put(MAPPING, text(saying("by hand")), { metadata: { by: "cleo" } });
    const refused = await post<Refused>([
      { key: MAPPING, text: text(saying("new")), ifMatch: etag },
    ]);
    expect(refused.status).toBe(412);
    expect(refused.body.error.conflicts).toMatchObject([
      { key: MAPPING, etag: etagOf(text(saying("by hand"))), by: "cleo" },
    ]);
    expect(await bindings.MAPPINGS.get(MAPPING)).toBe(text(saying("by hand")));
  });

  it("may be a bad document: it is shown as it is, and can be replaced or taken away", async () => {
    await publish(MAPPING, "{ not JSON");
    await publish("mapping/gitlb/typo", "{}");
    expect((await documentAt(MAPPING))?.text).toBe("{ not JSON");
    expect((await put(MAPPING, saying("mended"))).status).toBe(201);
    expect((await put("mapping/gitlb/typo", null)).status).toBe(201);
    await written();
    expect(await bindings.MAPPINGS.get("mapping/gitlb/typo")).toBeNull();
  });

  it("is not what KV still shows of the time before a publish", async () => {
    const before = await documentAt(MAPPING);
    const { body } = await put(MAPPING, saying("new"));
    await written();
    const stale = await showInKv((key) => ({
      value: key === MAPPING ? (before?.text ?? null) : null,
      metadata: null,
    }));
    vi.setSystemTime(Date.now() + 89_000);
    expect(await documentAt(MAPPING)).toMatchObject({ publish: body.id });
    stale();
    expect((await history(`?key=${MAPPING}`)).map(({ via }) => via)).toEqual(["api", "outside"]);
  });

  it("is not what was read before a publish, and looked at after it", async () => {
    const before = await documentAt(MAPPING);
    const { promise: opened, resolve: open } = Promise.withResolvers<void>();
    const mend = await delayLooksAtAll(opened);
    const looking = ask("/documents");
    const publishing = post([
      { key: MAPPING, text: text(saying("new")), ifMatch: before?.etag ?? null },
    ]);
    setTimeout(open, 100);
    await looking;
    const { body } = await publishing;
    mend();
    expect(await documentAt(MAPPING)).toMatchObject({ publish: body.id });
    expect((await history(`?key=${MAPPING}`)).map(({ via }) => via)).toEqual(["api", "outside"]);
  });

  it("is not seen in a document that KV has not taken yet, however long that takes", async () => {
    await documentAt(MAPPING);
    const { mend } = await refuseWrites(() => "KV PUT failed: 429 Too Many Requests");
    const { body } = await put(MAPPING, saying("new"));
    await written();
    for (let n = 0; n < 10; n += 1) await step(60_000, "publisher");
    expect(await documentAt(MAPPING)).toMatchObject({ publish: body.id });
    mend();
    await step(300_000, "publisher");
    expect(await bindings.MAPPINGS.get(MAPPING)).toBe(text(saying("new")));
    expect((await history(`?key=${MAPPING}`)).map(({ via }) => via)).toEqual(["api", "outside"]);
  });

  it("right after a publish is seen at once, and not overwritten by who did not see it", async () => {
    const { body } = await put(MAPPING, saying("new"));
    await written();
    await publish(MAPPING, saying("by hand"));
    const refused = await post<Refused>([
      { key: MAPPING, text: text(saying("newer")), ifMatch: etagOf(text(saying("new"))) },
    ]);
    expect(refused.status).toBe(412);
    const seen = await documentAt(MAPPING);
    expect(seen?.text).toBe(text(saying("by hand")));
    expect(seen?.publish).not.toBe(body.id);
    expect((await publishNamed(seen?.publish ?? "")).changes).toEqual([
      { key: MAPPING, before: text(saying("new")), after: text(saying("by hand")) },
    ]);
  });

  it("that brings back an earlier text, or takes a new document away, is seen when that has spread", async () => {
    const before = await documentAt(MAPPING);
    const { body } = await put(MAPPING, saying("new"));
    await put("person/amina", { slack: "U0000000001" });
    await written();
    await bindings.MAPPINGS.put(MAPPING, before?.text ?? "");
    await bindings.MAPPINGS.delete("person/amina");
    expect(await documentAt(MAPPING)).toMatchObject({ publish: body.id });
    vi.setSystemTime(Date.now() + 90_001);
    expect((await documentAt(MAPPING))?.text).toBe(before?.text);
    expect(await documentAt("person/amina")).toBeNull();
  });

  it("is not overwritten by a publish that KV takes late, and is used by the Relays", async () => {
    await documentAt(MAPPING);
    await deliver(acme(issueOpen));
    await settled();
    let refuses = true;
    const { mend } = await refuseWrites(() => (refuses ? "KV PUT failed: 500" : null));
    await put(MAPPING, saying("new"));
    await written();
    refuses = false;
    await bindings.MAPPINGS.put(MAPPING, text(saying("by hand")), { metadata: { by: "cleo" } });
    await step(300_000, "publisher");
    await step(1_000, "publisher");
    expect(await bindings.MAPPINGS.get(MAPPING)).toBe(text(saying("by hand")));
    expect((await history(`?key=${MAPPING}`)).map(({ via, by }) => [via, by])).toEqual([
      ["outside", "cleo"],
      ["api", "amina"],
      ["outside", null],
    ]);
    const [used] = await query<{ text: string }>(
      `SELECT text FROM documents WHERE key = '${MAPPING}' AND superseded_at IS NULL`,
    );
    expect(used?.text).toBe(text(saying("by hand")));
    mend();
  });

  it("is not a write of ours that was given up and came through late: KV gets the later text again", async () => {
    const first = await put(MAPPING, saying("one"));
    await written();
    const second = await put(MAPPING, saying("two"));
    await step(1_000, "publisher");
    await bindings.MAPPINGS.put(MAPPING, text(saying("one")), {
      metadata: { by: "amina", publish: first.body.id },
    });
    vi.setSystemTime(Date.now() + 91_000);
    expect(await documentAt(MAPPING)).toMatchObject({ publish: second.body.id });
    await written();
    expect(await bindings.MAPPINGS.get(MAPPING)).toBe(text(saying("two")));
    expect((await history(`?key=${MAPPING}`))[0]?.id).toBe(second.body.id);
  });

  it("is taken over from its records too when nobody looked in between", async () => {
    const before = await documentAt(MAPPING);
    const ids = ["20990101T000000Z-aaaaaa", "20990101T000001Z-bbbbbb"];
    const texts = [before?.text ?? null, text(saying("one")), text(saying("two"))];
    for (const [n, id] of ids.entries()) {
      await publishDirectly(id, [
        { key: MAPPING, before: texts[n] ?? null, after: texts[n + 1] ?? null },
      ]);
    }
    expect((await history()).slice(0, 2).map(({ id }) => id)).toEqual(ids.toReversed());
    expect(await documentAt(MAPPING)).toMatchObject({ publish: ids[1], by: "bo" });
  });

  it.each([
    ["another text", text(saying("directly"))],
    ["the text of before", text(DOCUMENTS[MAPPING])],
    ["no document", null],
  ])("right after a publish, with a record, is that later publish: %s", async (_name, after) => {
    await documentAt(MAPPING);
    const { body } = await put(MAPPING, saying("new"));
    await written();
    vi.setSystemTime(Date.now() + 20_000);
    const id = publishId(Date.now(), 0.5);
    const before = text(saying("new"));
    await publishDirectly(id, [{ key: MAPPING, before, after }]);
    // A look that sees all learns of the record before it sees the document.
    const shown = await ask<{ items: { key: string; text: string; publish: string }[] }>(
      "/documents",
    );
    const found = shown.body.items.find(({ key }) => key === MAPPING);
    expect(found?.text ?? null).toBe(after);
    expect(found?.publish).toBe(after === null ? undefined : id);
    const refused = await post<Refused>([
      { key: MAPPING, text: text(saying("newer")), ifMatch: etagOf(before) },
    ]);
    expect(refused.status).toBe(412);
    await written();
    expect(await bindings.MAPPINGS.get(MAPPING)).toBe(after);
    expect((await history(`?key=${MAPPING}`)).slice(0, 2).map((each) => each.id)).toEqual([
      id,
      body.id,
    ]);
  });

  it("with a record that was seen before a later publish, and the document after it, is not overwritten", async () => {
    const before = await documentAt(MAPPING);
    vi.setSystemTime(Date.now() + 1_000);
    const id = publishId(Date.now(), 0.5);
    await publishDirectly(id, [
      { key: MAPPING, before: before?.text ?? null, after: text(saying("directly")) },
    ]);
    await bindings.MAPPINGS.put(MAPPING, before?.text ?? "");
    expect((await history())[0]?.id).toBe(id);
    vi.setSystemTime(Date.now() + 1_000);
    await put(MAPPING, saying("new"));
    await written();
    await bindings.MAPPINGS.put(MAPPING, text(saying("directly")), {
      metadata: { by: "bo", publish: id },
    });
    vi.setSystemTime(Date.now() + 91_000);
    expect(await documentAt(MAPPING)).toMatchObject({ publish: id, by: "bo" });
    await written();
    expect(await bindings.MAPPINGS.get(MAPPING)).toBe(text(saying("directly")));
  });

  it("can be restored when the Worker has not seen it yet", async () => {
    await documentAt(MAPPING);
    const id = "20310101T000000Z-abcdef";
    await publishDirectly(id, [{ key: "person/bo", before: null, after: "{}" }]);
    await bindings.MAPPINGS.delete("person/bo");
    const { status, body } = await post(
      [{ key: "person/bo", text: text({ slack: "U0000000001" }), ifMatch: null }],
      { restores: id },
    );
    expect([status, body.restores]).toEqual([201, id]);
  });

  it("may be more than KV gives in one go", async () => {
    const person = text({ slack: "U0000000001" }).padEnd(990_000);
    for (let n = 0; n < 28; n += 1) await bindings.MAPPINGS.put(`person/p${n}`, person);
    const { status } = await ask("/documents?limit=2");
    expect(status).toBe(200);
    expect((await documentAt("person/p27"))?.text).toHaveLength(990_000);
    expect((await ask("/checks/kv")).body).toMatchObject({ facts: { people: 28 } });
  });

  it("with a record of it is that publish, not an edit from outside", async () => {
    const before = await documentAt(MAPPING);
    const id = "20990101T000000Z-abcdef";
    const changes = [
      { key: MAPPING, before: before?.text ?? null, after: text(saying("directly")) },
      { key: "destination/hook", before: text(DOCUMENTS["destination/hook"]), after: null },
    ];
    await publishDirectly(id, changes);
    const { body } = await ask<{ items: { key: string; publish: string; by: string }[] }>(
      "/documents",
    );
    expect(body.items.find(({ key }) => key === MAPPING)).toMatchObject({ publish: id, by: "bo" });
    expect(body.items.some(({ key }) => key === "destination/hook")).toBe(false);
    const taken = await publishNamed(id);
    expect(taken).toMatchObject({
      at: "2031-01-01T00:00:00.000Z",
      by: "bo",
      why: "directly",
      via: "command line",
      total: 2,
      written: 2,
    });
    expect(taken.changes.toSorted((a, b) => (a.key < b.key ? 1 : -1))).toEqual(changes);
    // No edit from outside but what was there from the start.
    expect((await history()).filter(({ via }) => via === "outside")).toHaveLength(1);
  });

  it("that removed documents and nothing else is found by its record too", async () => {
    await documentAt(MAPPING);
    const later = "20990101T000000Z-abcdef";
    await publishDirectly(later, [{ key: MAPPING, before: text(DOCUMENTS[MAPPING]), after: null }]);
    expect(await documentAt(MAPPING)).toBeNull();
    expect((await history(`?key=${MAPPING}`))[0]).toMatchObject({ id: later, by: "bo" });
  });

  it("with a record that is none is an edit from outside", async () => {
    await documentAt(MAPPING);
    const id = "20310101T000000Z-abcdef";
    await bindings.MAPPINGS.put(`history/${id}`, '{"id":"20310101T000000Z-zzzzzz"}');
    await bindings.MAPPINGS.put(MAPPING, text(saying("odd")), {
      metadata: { by: "bo", publish: id },
    });
    expect(await documentAt(MAPPING)).toMatchObject({ by: "bo", text: text(saying("odd")) });
    expect((await history(`?key=${MAPPING}`))[0]).toMatchObject({ via: "outside", by: "bo" });
  });

  it("to hundreds of documents is seen in one look", async () => {
    await Promise.all(
      Array.from({ length: 250 }, (_, n) => publish(`person/p${n}`, { slack: "U0000000001" })),
    );
    const keys: string[] = [];
    let cursor = "";
    for (;;) {
      const { body } = await ask<{ items: { key: string }[]; next: string | null }>(
        `/documents?limit=100${cursor}`,
      );
      keys.push(...body.items.map(({ key }) => key));
      if (body.next === null) break;
      cursor = `&cursor=${encodeURIComponent(body.next)}`;
    }
    expect(keys).toHaveLength(250 + Object.keys(DOCUMENTS).length);
    expect(keys.toSorted()).toEqual(keys);
    expect(await history()).toHaveLength(1);
  });
});
