import type { Scenario } from "../../scenario.ts";
import { threeKinds } from "../../world/configuration.ts";

/** What one top-level namespace of GitLab.com may send at most: 13,000 webhooks a minute. */
const PER_SECOND = 200;

export const steady: Scenario = {
  name: "steady",
  says: "200 webhooks a second, about as many as GitLab.com sends for one top-level group at most.",
  group: "load",
  configuration: () => threeKinds("none"),
  async story({ webhooks, steadily, sized }) {
    await steadily(webhooks(PER_SECOND * sized(6, 60)), PER_SECOND);
  },
};
