import type { Scenario } from "../../scenario.ts";
import { threeKinds } from "../../world/configuration.ts";

export const deploy: Scenario = {
  name: "deploy",
  says: "Another build takes over the same disk in the middle of a run, after a polite stop.",
  group: "process",
  mayDouble: true,
  mayAnswer: [0],
  configuration: () => threeKinds("none"),
  async story({ causeway, steadily, webhooks, sized, wait }) {
    const times = sized(2, 8);
    const load = steadily(webhooks(times * 200), 100);
    for (let time = 0; time < times; time += 1) {
      await wait(800);
      await causeway.deploy();
    }
    await load;
  },
};
