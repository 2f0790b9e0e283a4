import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { allRelays } from "../../src/relay/all-relays.ts";
import { deliver } from "../webhook.ts";
import { bindings, createWorld, DOCUMENTS, endWorld, evict, step } from "../world.ts";
import {
  documentAt,
  etagAt,
  history,
  MAPPING,
  post,
  publishNamed,
  put,
  saying,
  written,
  type Refused,
} from "./publisher-world.ts";

describe("a publish", () => {
  beforeEach(async () => {
    await createWorld();
  });
  afterEach(endWorld);

  it("is in KV soon, with who did it and which publish it was, and a record of it", async () => {
    const { status, body } = await put(MAPPING, saying("new"));
    expect(status).toBe(201);
    const said = { by: "amina", why: "because", via: "api", restores: null, total: 1 };
    expect(body).toMatchObject(said);
    await written();
    const { value, metadata } = await bindings.MAPPINGS.getWithMetadata(MAPPING);
    expect(value).toBe(JSON.stringify(saying("new")));
    expect(metadata).toEqual({ by: "amina", publish: body.id });
    const record = await bindings.MAPPINGS.getWithMetadata(`history/${body.id}`);
    expect(JSON.parse(record.value ?? "")).toEqual({
      id: body.id,
      at: body.at,
      by: "amina",
      why: "because",
      via: "api",
      restores: null,
      changes: [
        {
          key: MAPPING,
          before: JSON.stringify(DOCUMENTS[MAPPING]),
          after: JSON.stringify(saying("new")),
        },
      ],
    });
    expect(record.metadata).toEqual({ at: body.at, by: "amina", why: "because", total: 1 });
    expect(await publishNamed(body.id)).toMatchObject({
      written: 1,
      problem: null,
      keys: [{ key: MAPPING, kind: "changed" }],
    });
  });

  it("is all or nothing: one document that changed meanwhile keeps all of them from it", async () => {
    const etag = await etagAt(MAPPING);
    const refused = await post<Refused>([
      { key: MAPPING, text: JSON.stringify(saying("new")), ifMatch: etag },
      { key: "person/amina", text: '{"slack":"U0000000001"}', ifMatch: '"another"' },
    ]);
    expect(refused.status).toBe(412);
    expect(refused.body.error).toMatchObject({
      code: "conflict",
      conflicts: [{ key: "person/amina", etag: null, by: null, at: null }],
    });
    expect(await etagAt(MAPPING)).toBe(etag);
    expect((await history()).filter(({ via }) => via !== "outside")).toEqual([]);
  });

  it("by one of two editors tells the other who was first, and overwrites nothing", async () => {
    const etag = await etagAt(MAPPING);
    const change = (message: string) => [
      { key: MAPPING, text: JSON.stringify(saying(message)), ifMatch: etag },
    ];
    const first = await post(change("amina's"), { by: "amina" });
    const second = await post<Refused>(change("bo's"), { by: "bo" });
    expect([first.status, second.status]).toEqual([201, 412]);
    expect(second.body.error.conflicts).toEqual([
      { key: MAPPING, etag: await etagAt(MAPPING), by: "amina", at: first.body.at },
    ]);
    expect((await documentAt(MAPPING))?.text).toContain("amina's");
  });

  it("at the same time as others is one of them after the other: one wins each document", async () => {
    const answers = await Promise.all(
      ["a", "b", "c", "d", "e"].map((by) =>
        post(
          [
            { key: "person/same", text: JSON.stringify({ slack: "U0000000001" }), ifMatch: null },
            { key: `person/${by}`, text: JSON.stringify({ slack: "U0000000002" }), ifMatch: null },
          ],
          { by },
        ),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      201, 412, 412, 412, 412,
    ]);
    await written();
    const { keys } = await bindings.MAPPINGS.list({ prefix: "person/" });
    const winner = answers.find(({ status }) => status === 201)?.body.by;
    expect(keys.map(({ name }) => name).toSorted()).toEqual(
      [`person/${winner}`, "person/same"].toSorted(),
    );
    // Each looked at KV before; what was there is one edit all the same.
    expect((await history()).map(({ via }) => via)).toEqual(["api", "outside"]);
  });

  it("one after the other has ids in their order, also within one moment", async () => {
    const ids: string[] = [];
    for (let n = 0; n < 20; n += 1) {
      ids.push((await put("person/amina", { slack: `U000000000${n % 10}` })).body.id);
    }
    expect(ids.toSorted()).toEqual(ids);
    expect((await history("?limit=20")).map(({ id }) => id)).toEqual(ids.toReversed());
  });

  it("removes a document, and puts one back that was removed", async () => {
    const before = await documentAt("destination/hook");
    const removal = await put("destination/hook", null);
    expect(removal.body.keys).toEqual([{ key: "destination/hook", kind: "removed" }]);
    await written();
    expect(await bindings.MAPPINGS.get("destination/hook")).toBeNull();
    expect(await documentAt("destination/hook")).toBeNull();
    const { changes } = await publishNamed(removal.body.id);
    expect(changes).toEqual([{ key: "destination/hook", before: before?.text, after: null }]);
    const back = await post(
      changes.map(({ key, before: text }) => ({ key, text, ifMatch: null })),
      { restores: removal.body.id, via: "command line" },
    );
    expect(back.body).toMatchObject({ restores: removal.body.id, via: "command line" });
    expect(back.body.keys).toEqual([{ key: "destination/hook", kind: "added" }]);
    // KV takes a key once a second.
    await step(1_000, "publisher");
    expect(await bindings.MAPPINGS.get("destination/hook")).toBe(before?.text);
  });

  it("of what no Relay could use is refused, with each mistake and where it is", async () => {
    const refused = await post<Refused>([
      { key: MAPPING, text: '{"rulez":[]}', ifMatch: await etagAt(MAPPING) },
      { key: "destination/new", text: "{", ifMatch: null },
      { key: "mapping/schedule/weekly", text: '{"rules":[]}', ifMatch: null },
      { key: "person/amina", text: '{"slack":"U0000000001"}', ifMatch: null },
      { key: "person/big", text: JSON.stringify({ slack: "U".repeat(1_000_001) }), ifMatch: null },
      { key: "history/20310304T100000Z-000000", text: "{}", ifMatch: null },
    ]);
    expect(refused.status).toBe(422);
    expect(refused.body.error.code).toBe("invalid");
    expect(refused.body.error.problems).toMatchObject([
      { key: MAPPING, path: "rules", message: expect.stringContaining("expected a list") },
      { key: MAPPING, path: "rulez", message: expect.stringContaining("unknown key") },
      { key: "destination/new", path: "", message: expect.stringContaining("not JSON") },
      { key: "mapping/schedule/weekly", message: expect.stringContaining("is no document") },
      { key: "person/big", message: expect.stringContaining("larger than 1 MB") },
      {
        key: "history/20310304T100000Z-000000",
        message: expect.stringContaining("is no document"),
      },
    ]);
    expect(await documentAt("person/amina")).toBeNull();
  });

  it("of which everything is refused says the first hundred mistakes, and how many there are", async () => {
    const refused = await post<Refused>(
      Array.from({ length: 150 }, (_, n) => ({ key: `person/p${n}`, text: "{", ifMatch: null })),
    );
    expect(refused.body.error.message).toContain("150 mistakes");
    expect(refused.body.error.problems).toHaveLength(100);
  });

  it("is kept whole when a text is long and full of characters of two halves", async () => {
    const channel = { type: "channel", channel: "C0000000001" };
    const text = `${JSON.stringify(channel).slice(0, -1)},"confidential":false${" ".repeat(499_930)}}`;
    const rules = [{ name: "🦊".repeat(100), on: "issue.open", to: "channel", message: "x" }];
    const long = JSON.stringify({ rules }).replace("{", `{${" ".repeat(499_977)}`);
    expect(long.charCodeAt(500_000 - 1)).toBeGreaterThanOrEqual(0xd800);
    const answer = await post([
      { key: "destination/long", text, ifMatch: null },
      { key: "mapping/gitlab/long", text: long, ifMatch: null },
    ]);
    expect(answer.status).toBe(201);
    await written();
    expect(await bindings.MAPPINGS.get("mapping/gitlab/long")).toBe(long);
    expect(await bindings.MAPPINGS.get("destination/long")).toBe(text);
    expect((await publishNamed(answer.body.id)).changes.map(({ after }) => after)).toEqual([
      text,
      long,
    ]);
  });

  it("may be as large as KV's record of it, and is refused beyond that", async () => {
    const padded = (n: number) => JSON.stringify({ slack: "U0000000001" }).padEnd(900_000 + n);
    const keys = Array.from({ length: 24 }, (_, n) => `person/p${n}`);
    for (const from of [0, 8, 16]) {
      const some = keys.slice(from, from + 8);
      const { status, body } = await post(
        some.map((key, n) => ({ key, text: padded(from + n), ifMatch: null })),
      );
      expect(status).toBe(201);
      await written();
      expect(await publishNamed(body.id)).toMatchObject({ total: 8, written: 8 });
    }
    const etags = await Promise.all(keys.map(etagAt));
    const removals = keys.map((key, n) => ({ key, text: null, ifMatch: etags[n] ?? null }));
    const refused = await post<Refused>(removals);
    expect(refused.status).toBe(413);
    expect(refused.body.error.message).toContain("publish it in parts");
    const removed = await post(removals.slice(0, 20));
    expect(removed.status).toBe(201);
    await step(1_000, "publisher");
    expect(await publishNamed(removed.body.id)).toMatchObject({ total: 20, written: 20 });
    const record = await bindings.MAPPINGS.get<{ changes: object[] }>(
      `history/${removed.body.id}`,
      "json",
    );
    expect(record?.changes).toHaveLength(20);
  });

  it("does not make the publisher one of the Relays that hold events", async () => {
    await put(MAPPING, saying("new"));
    await deliver({});
    await written();
    expect((await allRelays(bindings)).map(({ name }) => name)).toEqual(["gitlab/-"]);
  });

  it("leaves no text of a document in the log", async () => {
    const lines: string[] = [];
    for (const level of ["log", "warn", "error"] as const) {
      vi.spyOn(console, level).mockImplementation((line) => lines.push(String(line)));
    }
    await put("destination/secretive", {
      type: "webhook",
      url: "https://slack.test/services/hush",
    });
    await put("destination/secretive", { type: "webhook", url: 7, secret: "hush" });
    await evict("publisher");
    await written();
    expect(lines.some((line) => line.includes('"published"'))).toBe(true);
    expect(lines.filter((line) => line.includes("hush"))).toEqual([]);
  });
});
