import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { RECORDED, skipWithoutRecorded } from "../gitlab/recorded.ts";
import { admin, deliver } from "../webhook.ts";
import { createWorld, endWorld, publish, settled, step, type World } from "../world.ts";

type Ledger = { namespaces: { namespace: string }[]; total: Record<string, unknown> };

let world: World;
beforeEach(async () => {
  world = await createWorld();
  await publish("mapping/gitlab/*", {
    rules: [{ name: "All", on: "*", to: ["channel", "quiet"] }],
  });
  await publish("destination/channel", {
    type: "channel",
    channel: "C0000000001",
    limit: "none",
    confidential: true,
  });
  await publish("destination/quiet", {
    type: "workflow",
    url: "secret:TRIGGER_URL",
    variables: ["title", "url", "author", "project"],
    limit: "none",
    confidential: true,
  });
});
afterEach(endWorld);

it("every recorded body is answered with 202, delivered, and leaves no crash in the log", async (context) => {
  skipWithoutRecorded(context);
  const warned = vi.spyOn(console, "warn");
  const statuses = new Set<string>();
  for (const { payload } of RECORDED) {
    const { status, said } = await deliver(payload);
    statuses.add(`${status} ${said}`);
  }
  expect([...statuses]).toEqual(["202 accepted"]);
  const names = async (): Promise<string[]> =>
    (await admin<Ledger>("/ledger")).namespaces.map(({ namespace }) => `gitlab/${namespace}`);
  for (const name of await names()) {
    await settled(name);
    await step(1_000, name);
  }
  const { total } = await admin<Ledger>("/ledger");
  expect(total).toMatchObject({ received: RECORDED.length, delivered: RECORDED.length });
  expect(world.slack.workspace.messages).toHaveLength(2 * RECORDED.length);
  // The stand-in refuses what Slack's documentation calls invalid; nothing had to be sent twice.
  expect(
    world.slack.workspace.requests.filter(({ status, error }) => status !== 200 || error),
  ).toEqual([]);
  expect(warned.mock.calls).toEqual([]);
  console.info(
    `${RECORDED.length} recorded bodies, ${world.slack.workspace.messages.length} messages`,
  );
}, 60_000);
