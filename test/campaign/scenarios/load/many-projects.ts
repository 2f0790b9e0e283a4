import type { Scenario } from "../../scenario.ts";
import { manyProjects } from "../../world/configuration.ts";

export const manyProjectsScenario: Scenario = {
  name: "many-projects",
  says: "1,000 projects with a mapping each send at once to 100 channels, at the pace of one message a second and channel that Slack asks for (200 projects and 50 channels in the short run).",
  group: "load",
  configuration: (size) => (size === "short" ? manyProjects(200, 50) : manyProjects(1_000, 100)),
  async story({ webhooks, atOnce, configuration, sized }) {
    const { projects } = configuration;
    const rounds = Array.from({ length: sized(1, 3) }, () => projects).flat();
    await atOnce(rounds.flatMap((project) => webhooks(1, { project })));
  },
};
