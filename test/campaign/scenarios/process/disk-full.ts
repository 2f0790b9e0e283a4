import type { Scenario } from "../../scenario.ts";
import { threeKinds } from "../../world/configuration.ts";

export const diskFull: Scenario = {
  name: "disk-full",
  says: "The disk under workerd's state fills up and gets space again: what cannot be stored is refused with 503, what was acknowledged stays.",
  group: "process",
  diskMiB: 64,
  mayDouble: true,
  mayAnswer: [503],
  configuration: () => threeKinds("none"),
  async story({ disk, steadily, webhooks, sized, wait, acknowledged, becomes }) {
    await steadily(webhooks(60), 30);
    disk.fill(256);
    await steadily(webhooks(sized(200, 600)), 60);
    disk.free();
    await wait(1_000);
    const before = acknowledged();
    await steadily(webhooks(60), 30);
    const since = async (): Promise<number> => acknowledged() - before;
    await becomes("webhooks are acknowledged once there is space again", since, 60);
  },
};
