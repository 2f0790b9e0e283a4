import type { Scenario } from "../../scenario.ts";
import { threeKinds } from "../../world/configuration.ts";

export const down: Scenario = {
  name: "slack-down",
  says: "Slack cannot be reached for three minutes (15 seconds in the short run) while webhooks come in.",
  group: "slack",
  waits: true,
  patienceSeconds: 330,
  configuration: () => threeKinds("none"),
  async story({ slack, steadily, webhooks, sized }) {
    await steadily(webhooks(40), 20);
    await slack.fault({ on: "*", fault: "cut" });
    await steadily(webhooks(sized(300, 3_600)), 20);
    await slack.mend();
    await steadily(webhooks(40), 20);
  },
};
