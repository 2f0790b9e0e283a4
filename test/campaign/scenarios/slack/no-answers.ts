import type { Scenario } from "../../scenario.ts";
import { threeKinds } from "../../world/configuration.ts";

export const hangs: Scenario = {
  name: "slack-hangs",
  says: "Slack takes requests and never answers them.",
  group: "slack",
  waits: true,
  configuration: () => threeKinds("none"),
  async story({ slack, steadily, webhooks, sized, random }) {
    for (let spell = 0; spell < sized(1, 5); spell += 1) {
      await slack.fault({ on: "*", fault: "hang", times: random.between(2, 5) });
      await steadily(webhooks(sized(60, 200)), 20);
    }
  },
};

export const cuts: Scenario = {
  name: "slack-cut",
  says: "Connections to Slack break off before it has taken the message.",
  group: "slack",
  waits: true,
  configuration: () => threeKinds("none"),
  async story({ slack, steadily, webhooks, sized, random }) {
    for (let spell = 0; spell < sized(2, 12); spell += 1) {
      await slack.fault({ on: "*", fault: "cut", times: random.between(2, 8) });
      await steadily(webhooks(sized(60, 200)), 40);
    }
  },
};

export const lostAnswers: Scenario = {
  name: "slack-answers-lost",
  says: "Slack takes the message and its answer is lost, or says that it may have failed; only such a message may come twice.",
  group: "slack",
  waits: true,
  mayDouble: true,
  configuration: () => threeKinds("none"),
  async story({ slack, steadily, webhooks, sized, random }) {
    const faults = ["cut_after_accept", "fatal_error"] as const;
    for (let spell = 0; spell < sized(2, 12); spell += 1) {
      await slack.fault({ on: "*", fault: random.pick(faults), times: random.between(2, 8) });
      await steadily(webhooks(sized(60, 200)), 40);
    }
  },
};
