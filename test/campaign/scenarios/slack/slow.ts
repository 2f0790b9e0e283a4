import type { Scenario } from "../../scenario.ts";
import { threeKinds } from "../../world/configuration.ts";

export const slow150: Scenario = {
  name: "slack-slow-150ms",
  says: "Slack takes 150 ms for each message.",
  group: "slack",
  waits: true,
  configuration: () => threeKinds("none"),
  async story({ slack, steadily, webhooks, sized }) {
    await slack.fault({ on: "*", fault: "slow", delayMs: 150 });
    await steadily(webhooks(sized(60, 600)), 10);
  },
};

export const slow2s: Scenario = {
  name: "slack-slow-2s",
  says: "Slack takes two seconds for each message.",
  group: "slack",
  waits: true,
  configuration: () => threeKinds("none"),
  async story({ slack, atOnce, webhooks, sized }) {
    await slack.fault({ on: "*", fault: "slow", delayMs: 2_000 });
    await atOnce(webhooks(sized(8, 80)));
  },
};
