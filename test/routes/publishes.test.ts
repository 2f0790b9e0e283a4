import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import type { Publish } from "../../src/publishing/publish.ts";
import { ask, history, post, put, type Refused } from "../publishing/publisher-world.ts";
import { createWorld, endWorld } from "../world.ts";

const PERSON = { key: "person/amina", text: '{"slack":"U0000000001"}', ifMatch: null };

describe("/admin/api/publishes", () => {
  beforeEach(async () => {
    await createWorld();
  });
  afterEach(endWorld);

  it("lists them newest first, in pages, of all documents or of one", async () => {
    const ids: string[] = [];
    for (const name of ["a", "b", "a", "b", "a"]) {
      const slack = `U000000000${ids.length}`;
      ids.unshift((await put(`person/${name}`, { slack })).body.id);
    }
    const seen: string[] = [];
    let next: string | null = "";
    while (next !== null) {
      const { body }: { body: { items: Publish[]; next: string | null } } = await ask(
        `/publishes?limit=2${next === "" ? "" : `&cursor=${next}`}`,
      );
      seen.push(...body.items.map(({ id }) => id));
      next = body.next;
    }
    const [first] = (await history()).slice(-1);
    expect(seen).toEqual([...ids, first?.id]);
    const ofA = (await history("?key=person/a")).map(({ id }) => id);
    expect(ofA).toEqual([ids[0], ids[2], ids[4]]);
  });

  it("names fifty documents of a large one, and has all with their texts in full", async () => {
    const changes = Array.from({ length: 120 }, (_, n) => ({ ...PERSON, key: `person/p${n}` }));
    const { status, body } = await post(changes, { via: "command line" });
    expect(status).toBe(201);
    expect(body).toMatchObject({ total: 120, via: "command line" });
    expect(body.keys).toHaveLength(50);
    const full = await ask<{ changes: object[] }>(`/publishes/${body.id}`);
    expect(full.headers.get("content-type")).toContain("application/json");
    expect(full.body.changes).toHaveLength(120);
    expect(full.body.changes).toContainEqual({
      key: "person/p7",
      before: null,
      after: PERSON.text,
    });
  });

  test.for([
    ["not JSON", "{", ""],
    ["no one who does it", { changes: [PERSON] }, "by"],
    ["nobody's name", { by: "", changes: [PERSON] }, "by"],
    ["no changes", { by: "amina", changes: [] }, "changes"],
    ["too many", { by: "amina", changes: Array.from({ length: 5_001 }, () => PERSON) }, "changes"],
    ["a document twice", { by: "amina", changes: [PERSON, PERSON] }, "changes.1"],
    [
      "a removal of what must be absent",
      { by: "amina", changes: [{ ...PERSON, text: null }] },
      "changes.0",
    ],
    [
      "an etag without quotes",
      { by: "amina", changes: [{ ...PERSON, ifMatch: "abc" }] },
      "changes.0.ifMatch",
    ],
    [
      "no ifMatch",
      { by: "amina", changes: [{ key: "person/a", text: "{}" }] },
      "changes.0.ifMatch",
    ],
    ["a via of its own", { by: "amina", via: "outside", changes: [PERSON] }, "via"],
    [
      "a publish to restore that there is not",
      { by: "amina", restores: "20261123T065510Z-160000", changes: [PERSON] },
      "restores",
    ],
  ] as const)("refuses %s", async ([, body, path]) => {
    const { status, body: refused } = await ask<Refused>("/publishes", {
      method: "POST",
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    expect(status).toBe(400);
    expect(refused.error).toMatchObject({ code: "bad_request", ...(path === "" ? {} : { path }) });
    expect(refused.error.message).toMatch(/^[A-Z].*\.$/);
    expect((await ask("/documents/person/amina")).status).toBe(404);
  });

  it("refuses more than 8 MB", async () => {
    const { status, body } = await ask<Refused>("/publishes", {
      method: "POST",
      body: " ".repeat(8_000_001),
    });
    expect([status, body.error.code]).toEqual([413, "too_large"]);
  });

  it("knows no publish that there is not", async () => {
    expect((await ask("/publishes/20261123T065510Z-160000")).status).toBe(404);
    expect((await ask("/publishes?limit=0")).status).toBe(400);
  });
});
