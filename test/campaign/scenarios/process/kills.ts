import type { Scenario } from "../../scenario.ts";
import { threeKinds } from "../../world/configuration.ts";

/** What GitLab sends at most, less what a webhook has for its own lines. */
const LARGEST = 25 * 1024 * 1024 - 8_192;

export const kills: Scenario = {
  name: "kill",
  says: "workerd is killed with SIGKILL at random moments under 100 webhooks a second, 20 times (4 times in the short run).",
  group: "process",
  mayDouble: true,
  mayAnswer: [0],
  configuration: () => threeKinds("none"),
  async story({ causeway, steadily, webhooks, sized, random, wait }) {
    const times = sized(4, 20);
    const load = steadily(webhooks(times * 150), 100);
    for (let time = 0; time < times; time += 1) {
      await wait(random.between(200, 1_400));
      await causeway.kill();
      await causeway.start();
    }
    await load;
  },
};

export const killInCommit: Scenario = {
  name: "kill-in-commit",
  says: "workerd is killed on the first answers of many requests that are under way, and while a body of 25 MiB is being stored.",
  group: "process",
  waits: true,
  mayDouble: true,
  mayAnswer: [0],
  configuration: () => threeKinds("none"),
  async story({ causeway, atOnce, webhooks, sized, random, answers, wait }) {
    for (let time = 0; time < sized(3, 20); time += 1) {
      const load = atOnce(webhooks(100), 64);
      await answers(random.between(1, 40));
      await causeway.kill();
      await load;
      await causeway.start();
    }
    for (let time = 0; time < sized(1, 6); time += 1) {
      const load = atOnce([...webhooks(1, { bytes: LARGEST, wants: "message" }), ...webhooks(10)]);
      await wait(random.between(20, 900));
      await causeway.kill();
      await load;
      await causeway.start();
    }
  },
};

export const killInSend: Scenario = {
  name: "kill-in-send",
  says: "workerd is killed while Slack holds a message and has not answered; Slack takes some of them, which then come twice.",
  group: "process",
  waits: true,
  mayDouble: true,
  mayAnswer: [0],
  configuration: () => threeKinds("none"),
  async story({ causeway, slack, atOnce, webhooks, sized, random }) {
    for (let time = 0; time < sized(3, 12); time += 1) {
      // What is slow is taken in the end, what hangs is not.
      const fault = random.pick(["slow", "hang"] as const);
      await slack.fault({ on: "*", fault, delayMs: 300 });
      await atOnce(webhooks(20));
      await slack.holdsOne();
      await causeway.kill();
      await slack.mend();
      await causeway.start();
    }
  },
};
