import type { Scenario } from "../../scenario.ts";
import { threeKinds } from "../../world/configuration.ts";

/** What GitLab sends at most, less what a webhook has for its own lines. */
const LARGEST = 25 * 1024 * 1024 - 8_192;

export const large: Scenario = {
  name: "large",
  says: "Bodies of 25 MiB, two at a time, among small ones.",
  group: "requests",
  configuration: () => threeKinds("none"),
  async story({ webhooks, atOnce, steadily, sized }) {
    // Each body keeps workerd's one thread busy: until KV is read once, events would wait for it.
    await steadily(webhooks(40), 40);
    const count = sized(4, 24);
    await Promise.all([
      atOnce(webhooks(count, { bytes: LARGEST, wants: "message" }), 2),
      steadily(webhooks(count * 20), 20),
    ]);
  },
};
