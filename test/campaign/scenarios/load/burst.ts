import type { Scenario } from "../../scenario.ts";
import { threeKinds } from "../../world/configuration.ts";

export const burst: Scenario = {
  name: "burst",
  says: "10,000 webhooks as fast as they are answered (1,000 in the short run).",
  group: "load",
  configuration: () => threeKinds("none"),
  async story({ webhooks, atOnce, sized }) {
    await atOnce(webhooks(sized(1_000, 10_000)));
  },
};
