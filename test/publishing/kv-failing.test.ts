import { afterEach, beforeEach, describe, expect, it, test, vi } from "vitest";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import { deliver } from "../webhook.ts";
import { acme, bindings, createWorld, endWorld, evict, query, settled, step } from "../world.ts";
import {
  ask,
  documentAt,
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

const TOO_MANY = "KV PUT failed: 429 Too Many Requests";

const people = (n: number) =>
  Array.from({ length: n }, (_, each) => ({
    key: `person/p${String(each).padStart(4, "0")}`,
    text: JSON.stringify({ slack: `U${String(each).padStart(10, "0")}` }),
    ifMatch: null,
  }));

/** How many of the people are in KV, each as it was published. */
async function inKv(): Promise<number> {
  let count = 0;
  let cursor: string | undefined;
  do {
    const page = await bindings.MAPPINGS.list({ prefix: "person/", cursor: cursor ?? null });
    count += page.keys.length;
    cursor = page.list_complete ? undefined : page.cursor;
  } while (cursor !== undefined);
  return count;
}

describe("a publish that KV does not take at once", () => {
  beforeEach(async () => {
    await createWorld();
    await documentAt(MAPPING);
  });
  afterEach(endWorld);

  it("of 2,000 documents is written bit by bit, whatever one invocation may do", async () => {
    await deliver(acme(issueOpen));
    await settled();
    const text = JSON.stringify(saying("{{ event.title }}"));
    const mappings = Array.from({ length: 1_000 }, (_, n) => ({
      key: `mapping/gitlab/acme/project-${n}`,
      text,
      ifMatch: null,
    }));
    const { status, body } = await post([...mappings, ...people(1_000)]);
    expect(status).toBe(201);
    expect(body).toMatchObject({ total: 2_000 });
    expect(body.keys).toHaveLength(50);
    await vi.waitFor(
      async () => {
        await written();
        expect((await publishNamed(body.id)).written).toBe(2_000);
      },
      { timeout: 60_000, interval: 100 },
    );
    expect(await inKv()).toBe(1_000);
    expect(await bindings.MAPPINGS.get("person/p0234")).toBe('{"slack":"U0000000234"}');
    expect(await bindings.MAPPINGS.get("mapping/gitlab/acme/project-999")).toBe(text);
    const [told] = await query<{ n: number }>(
      "SELECT count(*) AS n FROM documents WHERE held_until IS NOT NULL",
    );
    expect(told?.n).toBe(1_000);
  }, 90_000);

  test.for([TOO_MANY, "KV PUT failed: 500 Internal Server Error"])(
    "half way (%s) says how far it is and why, and goes on by itself",
    async (refusal) => {
      let allowed = 60;
      const { mend, tried } = await refuseWrites(() => (allowed-- > 0 ? null : refusal));
      const { body } = await post(people(100));
      await written();
      const half = await publishNamed(body.id);
      expect(half.written).toBe(59);
      expect(await inKv()).toBe(59);
      expect(half.problem).toContain(refusal);
      expect(half.problem).toMatch(
        /^KV did not take person\/p\d+ \(.*\); it is tried again by itself\.$/,
      );
      // What was published is what is there, whatever KV has.
      expect(await documentAt("person/p0099")).toMatchObject({ publish: body.id });
      const before = tried.length;
      for (let n = 0; n < 6; n += 1) await step(10_000, "publisher");
      // Less and less often.
      expect(tried.length - before).toBeGreaterThan(4);
      expect(tried.length - before).toBeLessThan(40);
      mend();
      await step(300_000, "publisher");
      await written();
      expect(await publishNamed(body.id)).toMatchObject({ written: 100, problem: null });
      expect(await inKv()).toBe(100);
    },
  );

  it("goes on when it is evicted half way", async () => {
    const { mend } = await refuseWrites((key) => (key > "person/p0050" ? TOO_MANY : null));
    const { body } = await post(people(100));
    await written();
    await evict("publisher");
    mend();
    await step(300_000, "publisher");
    await written();
    expect(await publishNamed(body.id)).toMatchObject({ written: 100, problem: null });
    expect(await inKv()).toBe(100);
  });

  it("does not write a document whose record is not in KV", async () => {
    const { mend, tried } = await refuseWrites((key) =>
      key.startsWith("history/") ? TOO_MANY : null,
    );
    const { body } = await put(MAPPING, saying("new"));
    await written();
    expect(tried).toEqual([`history/${body.id}`]);
    expect(await publishNamed(body.id)).toMatchObject({ written: 0 });
    mend();
    await step(300_000, "publisher");
    expect(await publishNamed(body.id)).toMatchObject({ written: 1 });
  });

  it("lets the others pass when KV refuses one of them, time and again", async () => {
    const { mend } = await refuseWrites((key) => (key === "person/p0000" ? TOO_MANY : null));
    const { body } = await post(people(100));
    await written();
    for (let n = 0; n < 20; n += 1) await step(10_000, "publisher");
    expect(await publishNamed(body.id)).toMatchObject({ written: 99 });
    mend();
    await step(300_000, "publisher");
    expect(await publishNamed(body.id)).toMatchObject({ written: 100, problem: null });
  });

  it("gives KV each key once a second at most, the latest text last", async () => {
    const { mend, tried } = await refuseWrites(() => null);
    const first = await put(MAPPING, saying("one"));
    await written();
    const second = await put(MAPPING, saying("two"));
    const third = await put(MAPPING, saying("three"));
    await written();
    expect(tried.filter((key) => key === MAPPING)).toHaveLength(1);
    expect(await publishNamed(third.body.id)).toMatchObject({ written: 0 });
    await step(1_000, "publisher");
    expect(tried.filter((key) => key === MAPPING)).toHaveLength(2);
    expect(await bindings.MAPPINGS.get(MAPPING)).toBe(JSON.stringify(saying("three")));
    for (const { body } of [first, second, third]) {
      expect(await publishNamed(body.id)).toMatchObject({ written: 1, problem: null });
    }
    mend();
  });

  it("is refused, with nothing changed, when KV cannot be read", async () => {
    const mend = await showInKv(() => {
      throw new Error("KV GET failed: 500");
    });
    const [change] = people(1);
    const refused = await post<Refused>(change === undefined ? [] : [change]);
    expect(refused.status).toBe(503);
    expect(refused.body.error).toMatchObject({
      code: "kv_unreadable",
      message: expect.stringContaining("KV GET failed: 500"),
    });
    expect((await ask("/documents")).status).toBe(503);
    // What is known can be read all the same.
    expect((await ask("/publishes")).status).toBe(200);
    mend();
    expect(await documentAt("person/p0000")).toBeNull();
  });
});
