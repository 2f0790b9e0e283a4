import type { Scenario } from "../../scenario.ts";
import { threeKinds } from "../../world/configuration.ts";
import type { World } from "../../world/world.ts";

/** A workflow's trigger says ok in an archived channel, and nobody learns that nothing was posted. */
const ARCHIVED = ["channel", "webhook"];

export const archived: Scenario = {
  name: "slack-archived",
  says: "Two channels are archived and restored; their destinations pause, say so once each, keep their queues and go on by themselves.",
  group: "slack",
  only: "full",
  waits: true,
  patienceSeconds: 330,
  configuration: () => threeKinds("none"),
  story: archiveAndRestore,
};

export const archivedAndRetried: Scenario = {
  name: "slack-archived-retry",
  says: "Two channels are archived and restored, and a person presses retry instead of waiting for the next look in five minutes.",
  group: "slack",
  waits: true,
  configuration: () => threeKinds("none"),
  async story(world) {
    await archiveAndRestore(world);
    const { admin } = world;
    const waiting = (await admin.events()).filter(({ state }) => state === "pending");
    const held = new Map<string, string>();
    for (const { id } of waiting.toReversed()) {
      for (const delivery of (await admin.event(id)).deliveries) {
        if (delivery.state === "pending" && !held.has(delivery.destination)) {
          held.set(delivery.destination, delivery.id);
        }
      }
    }
    for (const delivery of held.values()) await admin.retry(delivery);
  },
};

async function archiveAndRestore(world: World): Promise<void> {
  const { slack, steadily, webhooks, becomes, admin } = world;
  await steadily(webhooks(40), 20);
  for (const destination of ARCHIVED) await slack.archive(destination, true);
  await steadily(webhooks(100), 20);
  const paused = async (): Promise<number> =>
    (await admin.problems()).filter((problem) => problem.includes("archived")).length;
  await becomes("destinations are paused", paused, ARCHIVED.length);
  await becomes("alerts of a pause are at Slack", slack.alerts, ARCHIVED.length);
  for (const destination of ARCHIVED) await slack.archive(destination, false);
}
