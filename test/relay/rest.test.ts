import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import { admin, deliver } from "../webhook.ts";
import {
  acme,
  createWorld,
  endWorld,
  evict,
  query,
  relay,
  settled,
  step,
  type World,
} from "../world.ts";

const HOUR = 3_600_000;
/** Beyond the alarm that stands by after every event. */
const SAFETY_NET = 16_000;
const issue = acme(issueOpen);

describe("a Relay with nothing to do", () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld();
  });
  afterEach(endWorld);

  async function send(events: number): Promise<void> {
    for (let event = 0; event < events; event += 1) await deliver(issue);
    await settled();
  }

  /** How long until the alarm goes off. */
  async function restMs(): Promise<number> {
    const at = await runInDurableObject(relay(), (_instance, { storage }) => storage.getAlarm());
    return (at ?? Number.POSITIVE_INFINITY) - Date.now();
  }

  /** How many events the next start reads. */
  async function recent(): Promise<number> {
    const [row] = await query<{ n: number }>(
      "SELECT count(*) AS n FROM events WHERE seq > (SELECT settled_seq FROM ledger)",
    );
    return row?.n ?? 0;
  }

  it("is left alone: the alarm that stood by is not set again, also after a start", async () => {
    await send(1);
    expect(await restMs()).toBeLessThan(SAFETY_NET);
    await step(SAFETY_NET);
    expect(await restMs()).toBeGreaterThan(HOUR - 1_000);
    await evict();
    await send(1);
    await step(SAFETY_NET);
    expect(await restMs()).toBeGreaterThan(HOUR - 1_000);
  });

  it("is looked after again while a send is under way", async () => {
    world.slack.workspace.faults.set({ on: "*", fault: "hang" });
    await deliver(issue);
    await expect.poll(world.fetched).toBe(1);
    await step(SAFETY_NET);
    expect(await restMs()).toBeLessThan(SAFETY_NET);
  });

  it("counts a burst for good, so that its next start reads little, and the sums stay", async () => {
    await send(40);
    expect(await recent()).toBe(40);
    await step(SAFETY_NET);
    expect(await recent()).toBe(0);
    await evict();
    expect(await admin("/ledger")).toMatchObject({
      total: { received: 40, delivered: 40, deliveries: { delivered: 40 } },
    });
  });

  it("does not count a few for good: that is a row more than reading them is worth", async () => {
    await send(3);
    await step(SAFETY_NET);
    expect(await recent()).toBe(3);
  });
});
