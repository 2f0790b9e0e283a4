import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { newerEvents } from "../../src/operations/events/newer-events.ts";
import { findEvents } from "../../src/operations/events/find-events.ts";
import { seqAt } from "../../src/relay/events.ts";
import { eventId } from "../../src/relay/ids.ts";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import { deliver } from "../webhook.ts";
import {
  acme,
  bindings,
  createWorld,
  DOCUMENTS,
  endWorld,
  query,
  relay,
  settled,
  step,
  TITLES_TO_CHANNEL,
  type World,
} from "../world.ts";

const ALL = { project: "", type: "", state: "", to: "", since: "", before: "" };
const TEXT = { kind: "text", text: "" } as const;

let world: World;
beforeEach(async () => {
  world = await createWorld({ ...DOCUMENTS, "mapping/gitlab/acme": TITLES_TO_CHANNEL });
});
afterEach(endWorld);

describe("what is new in a list", () => {
  it("brings all rows up to date that waited, with one call of each Relay", async () => {
    await relay().hold("channel", { by: "amina", why: "it moves", since: Date.now() });
    for (let n = 0; n < 12; n += 1) {
      await deliver(acme({ ...issueOpen, id: n }));
      await step(10);
    }
    const rows = await query<{ seq: number; key: string }>("SELECT seq, key FROM events");
    const asked = rows.map(({ seq, key }) => ({ id: eventId("gitlab/acme", key), seq }));
    await relay().release("channel");
    for (let n = 0; n < 14; n += 1) await step(1_000);
    const called = vi.spyOn(bindings.RELAY, "getByName");
    const looked = { looked: seqAt(Date.now()), count: 0 };
    const list = { shown: [], waiting: asked };
    const found = await newerEvents(bindings, ALL, TEXT, looked, list, Date.now());
    // The directory, and the one Relay that there is.
    expect(called.mock.calls.length).toBeLessThanOrEqual(3);
    expect(found.settled.map(({ state }) => state)).toEqual(asked.map(() => "delivered"));
  });

  it("tells of what becomes so only a while after it came, and of nothing that is shown", async () => {
    const failed = { ...ALL, state: "failed" };
    const looks = async () => await findEvents(bindings, failed, TEXT, 50, Date.now());
    await relay().hold("channel", { by: "amina", why: "it moves", since: Date.now() });
    await deliver(acme(issueOpen));
    await settled();
    await step(60_000);
    const { looked, items } = await looks();
    expect(items).toEqual([]);
    const newer = async (shown: number[]) => {
      const list = { shown, waiting: [] };
      const watched = { looked, count: 0 };
      return (await newerEvents(bindings, failed, TEXT, watched, list, Date.now())).count;
    };
    expect(await newer([])).toBe(0);
    world.slack.workspace.faults.set({ on: "*", fault: "invalid_blocks", times: 2 });
    await relay().release("channel");
    await step(3_000);
    expect(await newer([])).toBe(1);
    const { items: now } = await looks();
    expect(await newer(now.map(({ seq }) => seq))).toBe(0);
  });
});
