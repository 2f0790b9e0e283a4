import type { Scenario } from "../../scenario.ts";
import { threeKinds } from "../../world/configuration.ts";

export const resent: Scenario = {
  name: "resent",
  says: "Webhooks come in another order, twice at the same moment, again later, and again after a restart: each is taken once.",
  group: "requests",
  configuration: () => threeKinds("none"),
  async story({ webhooks, atOnce, sized, random, quiet, causeway, steadily }) {
    await steadily(webhooks(40), 40);
    const all = webhooks(sized(200, 3_000));
    await atOnce(random.shuffled(all));
    await atOnce(random.shuffled([...all, ...all]));
    const twins = webhooks(sized(100, 1_000)).flatMap((webhook) => [webhook, webhook]);
    await atOnce(twins);
    await quiet();
    await causeway.deploy();
    await atOnce(random.shuffled([...all, ...twins]));
  },
};
