import { ancestors } from "../gitlab/event-path.ts";

/** Where events come from. */
export type Source = "gitlab" | "slack";

const SLACK = "mapping/slack/";

/**
 * The keys of the mappings that apply to a path, in the order in which they are read: of a group or
 * project its ancestors too, of a Slack channel its own; and the one for everything.
 */
export function mappingKeys(source: Source, path: string | null): string[] {
  if (source === "slack") return [...(path === null ? [] : [SLACK + path]), `${SLACK}*`];
  return [...ancestors(path), "*"].map((each) => `mapping/gitlab/${each}`);
}

/** Whose events a mapping is about. */
export function sourceOfMapping(key: string): Source {
  return key.startsWith(SLACK) ? "slack" : "gitlab";
}
