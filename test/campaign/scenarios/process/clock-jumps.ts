import type { Scenario } from "../../scenario.ts";
import { threeKinds } from "../../world/configuration.ts";

const HOUR_MS = 3_600_000;
const JUMPS_MS = [-2 * HOUR_MS, HOUR_MS, 48 * HOUR_MS, -48 * HOUR_MS];

export const clockJumps: Scenario = {
  name: "clock-jumps",
  says: "The clock jumps by hours and by two days, forwards and back, while messages wait for their turn and for another try.",
  group: "process",
  build: "clocked",
  // Signed before a jump and read behind it.
  mayAnswer: [401],
  configuration: () => threeKinds("20/second"),
  async story({ jumpClock, slack, steadily, webhooks, sized, random }) {
    const jumps = Array.from({ length: sized(1, 3) }, () => random.shuffled(JUMPS_MS)).flat();
    for (const jump of jumps) {
      await slack.fault({ on: "*", fault: "server_error", times: 3 });
      await slack.fault({ on: "*", fault: "rate_limited", retryAfter: 2, times: 2 });
      await steadily(webhooks(40), 40);
      await jumpClock(jump);
      await steadily(webhooks(40), 40);
    }
  },
};
