import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { beginRetrying, goOnRetrying, retryRun } from "../../src/operations/failures/retry-run.ts";
import { bindings, endWorld, evict, query, settled, step } from "../world.ts";
import { textOf } from "../routes/admin/page.ts";
import { createStuckWorld, type StuckWorld } from "../stuck-world.ts";
import { visit } from "../routes/admin/visit.ts";

const DAY = 24 * 3_600_000;
const ANY = { destination: null, cause: null, since: 0 };

let world: StuckWorld;
beforeEach(async () => {
  world = await createStuckWorld();
});
afterEach(endWorld);

function begin(): Promise<string> {
  return beginRetrying(bindings, { by: "amina", filter: ANY, now: Date.now() });
}

describe("a bulk retry", () => {
  it("is known after the Relays were taken out of memory, and goes on from there", async () => {
    await world.manyGaveUp(101);
    const run = await begin();
    await settled();
    await evict();
    await evict("directory");
    expect(await retryRun(bindings, run)).toMatchObject({
      state: { by: "amina", total: 101, next: { relay: "gitlab/acme" } },
      retried: { counts: { delivered: 100 }, failed: [] },
    });
    expect(await goOnRetrying(bindings, run)).toMatchObject({ next: null });
    await settled();
    expect((await retryRun(bindings, run))?.retried.counts).toEqual({ delivered: 101 });
  });

  it("counts each message once, though two pages are asked for at once", async () => {
    await world.manyGaveUp(150);
    const run = await begin();
    await Promise.all([goOnRetrying(bindings, run), goOnRetrying(bindings, run)]);
    await settled();
    const page = await visit(`/admin/failed/retries/${run}`);
    expect(textOf(await page.text())).toContain("150 of 150 put back into the queues");
  });

  it("writes a row a page, which is forgotten after a day", async () => {
    await world.gaveUp("one");
    await world.gaveUp("two");
    const run = await begin();
    await settled();
    expect(await query("SELECT run, page, json_array_length(places) AS n FROM retries")).toEqual([
      { run, page: 0, n: 2 },
    ]);
    await step(DAY + 60_000);
    expect(await query("SELECT run FROM retries")).toEqual([]);
    const later = await begin();
    expect(await retryRun(bindings, run)).toBeNull();
    expect(await retryRun(bindings, later)).toMatchObject({
      state: { total: 0 },
      retried: { counts: {} },
    });
  });

  it("counts what is no longer stored", async () => {
    await world.gaveUp("one");
    const run = await begin();
    await settled();
    await query("DELETE FROM outcomes RETURNING key");
    expect((await retryRun(bindings, run))?.retried.counts).toEqual({ gone: 1 });
  });
});
