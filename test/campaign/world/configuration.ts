import { place } from "../slack/places.ts";

/** A destination of a scenario; each has a channel of its own, so that arrivals tell them apart. */
type Destination = {
  name: string;
  type: "webhook" | "channel" | "workflow";
  /** Its pace, as in a document; `none` where speed is what is looked at. Without: Slack's own. */
  limit?: string;
};

/** A GitLab project, and where the notices of its issues go. */
export type Project = { path: string; to: string[] };

/** What a scenario's mappings say. */
export type Configuration = { destinations: Destination[]; projects: Project[] };

/** Where Causeway reports that a destination is paused. */
export const ALERTS = "alerts";

const GROUP = "tidewater";

/** Four projects: one for each kind of destination, and one whose issues go to all three. */
export function threeKinds(limit?: string): Configuration {
  const types = ["webhook", "channel", "workflow"] as const;
  const pace = limit === undefined ? {} : { limit };
  return {
    destinations: types.map((type) => ({ name: type, type, ...pace })),
    projects: [
      ...types.map((type) => ({ path: `${GROUP}/to-${type}`, to: [type] })),
      { path: `${GROUP}/to-all`, to: [...types] },
    ],
  };
}

/** Many projects that share fewer channels, at the pace that Slack asks for. */
export function manyProjects(projects: number, channels: number): Configuration {
  const names = Array.from({ length: channels }, (_, index) => `channel-${index}`);
  return {
    destinations: names.map((name) => ({ name, type: "channel" })),
    projects: Array.from({ length: projects }, (_, index) => ({
      path: `${GROUP}/team-${index % 40}/project-${index}`,
      to: [names[index % channels] ?? ""],
    })),
  };
}

/** The channel at Slack of each destination. */
export function channelsOf({ destinations }: Configuration): Map<string, string> {
  const names = [...destinations.map(({ name }) => name), ALERTS];
  return new Map(names.map((name, index) => [name, place(index).channel]));
}

/** The KV documents of a configuration. */
export function documentsOf(
  { destinations, projects }: Configuration,
  slack: string,
): Record<string, unknown> {
  const all: Destination[] = [...destinations, { name: ALERTS, type: "webhook" }];
  return Object.fromEntries([
    ...all.map((each, index) => [`destination/${each.name}`, destination(each, index, slack)]),
    ...projects.map((project) => [mappingKey(project), mappingOf(project)]),
  ]);
}

/** The key of a project's mapping. */
export function mappingKey({ path }: Project): string {
  return `mapping/gitlab/${path}`;
}

/** The mapping of a project: opened issues are announced, all else is nobody's business. */
export function mappingOf({ to }: Project, before = ""): Record<string, unknown> {
  const text = `${before}{{ event.title }}`;
  return {
    rules: [{ name: "Opened", on: "issue.open", to, message: text, variables: { title: text } }],
  };
}

function destination({ type, limit }: Destination, index: number, slack: string): object {
  const pace = limit === undefined ? {} : { limit };
  const { channel, webhook, trigger } = place(index);
  switch (type) {
    case "channel":
      return { type, channel, ...pace };
    case "webhook":
      return { type, url: `${slack}${webhook}`, ...pace };
    case "workflow":
      return { type, url: `${slack}${trigger}`, variables: ["title"], ...pace };
  }
}
