import { afterEach, beforeEach, expect, test } from "vitest";
import type { FaultName } from "../../src/sandbox/faults.ts";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import { admin, deliver } from "../webhook.ts";
import {
  acme,
  createWorld,
  endWorld,
  publish,
  settled,
  step,
  TITLES_TO_CHANNEL,
  type World,
} from "../world.ts";

const issue = acme(issueOpen);

let world: World;
beforeEach(async () => {
  world = await createWorld();
  await publish("mapping/gitlab/acme", TITLES_TO_CHANNEL);
});
afterEach(endWorld);

async function send(title: string): Promise<string> {
  const { id } = await deliver({
    ...issue,
    object_attributes: { ...issue.object_attributes, title },
  });
  await settled();
  return id;
}

test.for<FaultName>(["archived", "server_error"])(
  "a delivery that a person retries after %s keeps its place before those behind it",
  async (fault) => {
    world.slack.workspace.faults.set({ on: "*", fault });
    const first = await send("first");
    await send("second");
    await send("third");
    world.slack.workspace.faults.clear();
    const shown = await admin<{ deliveries: { id: string }[] }>(`/events/${first}`);
    await admin(`/deliveries/${shown.deliveries[0]?.id}/retry`, { method: "POST" });
    await settled();
    await step(1_000);
    const titles = world.slack.workspace.messages
      .map(({ text }) => text)
      .filter((text) => /^(first|second|third)$/.test(text));
    expect(titles).toEqual(["first", "second", "third"]);
  },
);

test("a delivery that a person retries goes before a later one of its subject that waits for its next try", async () => {
  world.slack.workspace.faults.set({ on: "*", fault: "invalid_blocks" });
  const first = await send("first");
  await step(1_000);
  world.slack.workspace.faults.clear();
  world.slack.workspace.faults.set({ on: "*", fault: "server_error" });
  await send("second");
  world.slack.workspace.faults.clear();
  const shown = await admin<{ deliveries: { id: string; state: string }[] }>(`/events/${first}`);
  expect(shown.deliveries[0]?.state).toBe("failed");
  await admin(`/deliveries/${shown.deliveries[0]?.id}/retry`, { method: "POST" });
  await settled();
  await step(3_600_000);
  expect(world.slack.workspace.messages.map(({ text }) => text)).toEqual(["first", "second"]);
});
