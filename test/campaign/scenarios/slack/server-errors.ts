import type { FaultName } from "../../../../src/sandbox/faults.ts";
import type { Scenario } from "../../scenario.ts";
import { threeKinds } from "../../world/configuration.ts";

const ERRORS: FaultName[] = ["server_error", "html_error", "internal_error"];

export const serverErrors: Scenario = {
  name: "slack-5xx",
  says: "Bursts of 500, 502 and 503, in Slack's words and in a proxy's.",
  group: "slack",
  waits: true,
  configuration: () => threeKinds("none"),
  async story({ slack, steadily, webhooks, sized, random }) {
    for (let burst = 0; burst < sized(3, 12); burst += 1) {
      await slack.fault({ on: "*", fault: random.pick(ERRORS), times: random.between(2, 10) });
      await steadily(webhooks(sized(60, 200)), 40);
    }
  },
};
