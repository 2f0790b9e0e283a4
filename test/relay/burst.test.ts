import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import { deliver } from "../webhook.ts";
import {
  acme,
  createWorld,
  DOCUMENTS,
  endWorld,
  evict,
  publish,
  query,
  settled,
  step,
  type World,
} from "../world.ts";

const issue = acme(issueOpen);

function numbered(iid: number): unknown {
  return { ...issue, object_attributes: { ...issue.object_attributes, iid, title: `n${iid}` } };
}

describe("a burst", () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld();
  });
  afterEach(endWorld);

  const { limit: _none, ...workflow } = DOCUMENTS["destination/support"];
  const { limit: _no, ...channel } = DOCUMENTS["destination/channel"];

  test.for([
    {
      name: "a workflow trigger: 10 a minute",
      destination: workflow,
      count: 10,
      windowMs: 60_000,
      eachMs: 6_000,
    },
    { name: "a channel: 1 a second", destination: channel, count: 1, windowMs: 1_000, eachMs: 250 },
    {
      name: "a limit of its own: 3 a second",
      destination: { ...channel, limit: "3/second" },
      count: 3,
      windowMs: 1_000,
      eachMs: 100,
    },
  ])(
    "waits and does not fail, at the pace of $name, over evictions",
    async ({ destination, count, windowMs, eachMs }) => {
      const total = count * 2 + 2;
      await publish("destination/paced", destination);
      await publish("mapping/gitlab/acme", {
        rules: [{ name: "All", on: "issue.open", to: "paced", message: "{{ event.title }}" }],
      });
      for (let sent = 0; sent < total; sent += 1) await deliver(numbered(sent));
      await settled();
      for (
        let steps = 0;
        world.slack.workspace.messages.length < total && steps < 100;
        steps += 1
      ) {
        if (steps % 3 === 1) await evict();
        await step(eachMs);
      }
      const times = world.slack.workspace.messages.map(({ at }) => Date.parse(at));
      expect(times).toHaveLength(total);
      for (const [index, at] of times.entries()) {
        const inWindow = times.filter(
          (other, place) => place >= index && other - at < windowMs,
        ).length;
        expect(inWindow, `starts in the window of number ${index}`).toBeLessThanOrEqual(count);
      }
      expect(world.slack.workspace.requests.every(({ status }) => status === 200)).toBe(true);
    },
  );

  it("keeps the order of each destination", async () => {
    await publish("mapping/gitlab/acme", {
      rules: [{ name: "All", on: "issue.open", to: "hook", message: "{{ event.title }}" }],
    });
    await Promise.all(Array.from({ length: 60 }, (_, index) => deliver(numbered(index))));
    for (let steps = 0; world.slack.workspace.messages.length < 60 && steps < 20; steps += 1) {
      await step(20);
    }
    const accepted = await query<{ title: string }>("SELECT title FROM events ORDER BY seq");
    expect(accepted).toHaveLength(60);
    expect(world.slack.workspace.messages.map(({ text }) => text)).toEqual(
      accepted.map(({ title }) => title),
    );
  });

  it("to many destinations keeps to five sends at a time, one per destination", async () => {
    const names = Array.from({ length: 12 }, (_, index) => `d${index}`);
    for (const name of names) {
      await publish(`destination/${name}`, { ...DOCUMENTS["destination/hook"] });
    }
    await publish("mapping/gitlab/acme", {
      rules: [{ name: "All", on: "issue.open", to: names, message: "{{ event.title }}" }],
    });
    let [open, most] = [0, 0];
    world.slack.workspace.faults.set({ on: "*", fault: "slow", delayMs: 10 });
    world.watch({
      start: () => (most = Math.max(most, ++open)),
      end: () => (open -= 1),
    });
    await deliver(numbered(1));
    await settled();
    expect(world.slack.workspace.messages).toHaveLength(12);
    expect(most).toBe(5);
  });
});
