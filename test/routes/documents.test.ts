import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { etagOf } from "../../src/publishing/etag.ts";
import type { Publish } from "../../src/publishing/publish.ts";
import type { PresentDocument } from "../../src/publishing/present-document.ts";
import { ask, written, type Refused } from "../publishing/publisher-world.ts";
import { bindings, createWorld, DOCUMENTS, endWorld, publish } from "../world.ts";

const AMINA = "/documents/person/amina";
const PERSON = '{"slack": "U0000000001"}';

type Page = { items: PresentDocument[]; next: string | null };

describe("/admin/api/documents", () => {
  beforeEach(async () => {
    await createWorld();
  });
  afterEach(endWorld);

  const create = () =>
    ask<Publish>(`${AMINA}?by=bo&why=new%20here`, {
      method: "PUT",
      body: PERSON,
      headers: { "if-none-match": "*" },
    });

  it("lists all of them by key, in pages", async () => {
    const keys: string[] = [];
    let next: string | null = "";
    while (next !== null) {
      const { body }: { body: Page } = await ask<Page>(
        `/documents?limit=2${next === "" ? "" : `&cursor=${encodeURIComponent(next)}`}`,
      );
      keys.push(...body.items.map(({ key }) => key));
      next = body.next;
    }
    expect(keys).toEqual(Object.keys(DOCUMENTS).toSorted());
  });

  it("gives one with its etag, and says who made it so", async () => {
    const created = await create();
    const { status, headers, body } = await ask<PresentDocument>(AMINA);
    expect(status).toBe(200);
    expect(headers.get("etag")).toBe(etagOf(PERSON));
    expect(body).toEqual({
      key: "person/amina",
      text: PERSON,
      etag: etagOf(PERSON),
      by: "bo",
      at: created.body.at,
      publish: created.body.id,
    });
    expect((await ask("/documents/person/nobody")).status).toBe(404);
    expect((await ask(`/documents/history/${created.body.id}`)).status).toBe(404);
  });

  test.for([
    "mapping/gitlab/*",
    "mapping/gitlab/acme/ünï.c-de_1",
    "person/50%25off",
    "person/a%2Fb",
  ])("takes any key: %s", async (key) => {
    const document = key.startsWith("person") ? { slack: "U0000000001" } : { rules: [] };
    const path = `/documents/${encodeURIComponent(key).replaceAll("%2F", "/")}`;
    const put = await ask(path, {
      method: "PUT",
      body: JSON.stringify(document),
      headers: { "if-none-match": "*" },
    });
    expect(put.status).toBe(201);
    await written();
    expect(await bindings.MAPPINGS.get(key)).toBe(JSON.stringify(document));
    expect((await ask(path)).body).toMatchObject({ key });
  });

  it("makes, changes and removes one, when the request says what was there", async () => {
    const created = await create();
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ by: "bo", why: "new here", via: "api", total: 1 });
    const changed = await ask<Publish>(AMINA, {
      method: "PUT",
      body: '{"slack":"U0000000002"}',
      // As a proxy that compresses writes it.
      headers: { "if-match": `W/${etagOf(PERSON)}` },
    });
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({
      by: null,
      keys: [{ key: "person/amina", kind: "changed" }],
    });
    const removed = await ask<Publish>(AMINA, {
      method: "DELETE",
      headers: { "if-match": etagOf('{"slack":"U0000000002"}') },
    });
    expect(removed.status).toBe(200);
    expect((await ask(AMINA)).status).toBe(404);
  });

  test.for([
    ["PUT", {}],
    ["PUT", { "if-match": "*" }],
    ["DELETE", {}],
    ["DELETE", { "if-none-match": "*" }],
  ] as const)("wants to know what %s changes: %j does not say", async ([method, headers]) => {
    const { status, body } = await ask<Refused>(AMINA, {
      method,
      ...(method === "PUT" ? { body: PERSON } : {}),
      headers: headers,
    });
    expect([status, body.error.code]).toEqual([428, "precondition_required"]);
  });

  test.for([
    ["PUT", { "if-none-match": "*" }],
    ["PUT", { "if-match": '"old"' }],
    ["DELETE", { "if-match": '"old"' }],
  ] as const)("refuses %s with %j where that is not so", async ([method, headers]) => {
    await create();
    const { status, body } = await ask<Refused>(AMINA, {
      method,
      ...(method === "PUT" ? { body: PERSON } : {}),
      headers,
    });
    expect(status).toBe(412);
    expect(body.error.conflicts).toMatchObject([{ etag: etagOf(PERSON), by: "bo" }]);
    expect((await ask(AMINA)).status).toBe(200);
  });

  it("refuses an etag that is none", async () => {
    const { status, body } = await ask<Refused>(AMINA, {
      method: "DELETE",
      headers: { "if-match": "no quotes" },
    });
    expect(status).toBe(400);
    expect(body.error.message).toContain("Expected an etag with its quotes");
  });

  it("refuses what is no document, with its mistakes", async () => {
    const { status, body } = await ask<Refused>(AMINA, {
      method: "PUT",
      body: '{"slack":"@amina"}',
      headers: { "if-none-match": "*" },
    });
    expect(status).toBe(422);
    expect(body.error).toMatchObject({
      code: "invalid",
      problems: [{ key: "person/amina", path: "slack" }],
    });
    const huge = await ask<Refused>(AMINA, {
      method: "PUT",
      body: " ".repeat(2_000_001),
      headers: { "if-none-match": "*" },
    });
    expect(huge.status).toBe(413);
  });

  test.for(["limit=0", "limit=501", "limit=x"])("refuses a list with %s", async (query) => {
    const { status, body } = await ask<Refused>(`/documents?${query}`);
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ code: "bad_query", path: "limit" });
  });

  it("shows what `wrangler kv key put` wrote", async () => {
    await ask("/documents");
    await publish("person/byhand", { slack: "U0000000003" });
    expect((await ask<PresentDocument>("/documents/person/byhand")).body.text).toBe(
      '{"slack":"U0000000003"}',
    );
  });
});
