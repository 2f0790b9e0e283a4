import type { Scenario } from "../../scenario.ts";
import { threeKinds } from "../../world/configuration.ts";

export const rateLimited: Scenario = {
  name: "slack-429",
  says: "Storms in which Slack answers 429 with Retry-After of one to three seconds.",
  group: "slack",
  waits: true,
  configuration: () => threeKinds("none"),
  async story({ slack, steadily, webhooks, sized, random }) {
    for (let storm = 0; storm < sized(2, 12); storm += 1) {
      await slack.fault({
        on: "*",
        fault: "rate_limited",
        retryAfter: random.between(1, 3),
        times: random.between(3, 12),
      });
      await steadily(webhooks(sized(80, 200)), 40);
    }
  },
};

export const rateLimitedSilently: Scenario = {
  name: "slack-429-silent",
  says: "Slack answers 429 without saying for how long; each destination then waits a minute.",
  group: "slack",
  waits: true,
  configuration: () => threeKinds("none"),
  async story({ slack, steadily, webhooks, sized }) {
    const fault = { on: "*", fault: "rate_limited_without_retry_after" } as const;
    await slack.fault({ ...fault, times: 3 });
    await steadily(webhooks(sized(40, 200)), 20);
  },
};
