import { ancestors } from "../gitlab/event-path.ts";

/** Where events come from. */
export type Source = "gitlab" | "slack";

/** What the keys of the mappings of each source begin with. */
export const GITLAB_MAPPINGS = "mapping/gitlab/";
export const SLACK_MAPPINGS = "mapping/slack/";

/**
 * The keys of the mappings that apply to a path, in the order in which they are read: of a group or
 * project its ancestors too, of a Slack channel its own; and the one for everything.
 */
export function mappingKeys(source: Source, path: string | null): string[] {
  if (source === "slack")
    return [...(path === null ? [] : [SLACK_MAPPINGS + path]), `${SLACK_MAPPINGS}*`];
  return [...ancestors(path), "*"].map((each) => GITLAB_MAPPINGS + each);
}

/** Whose events a mapping is about. */
export function sourceOfMapping(key: string): Source {
  return key.startsWith(SLACK_MAPPINGS) ? "slack" : "gitlab";
}

/** What a mapping is about: `mapping/gitlab/acme/widgets` → `acme/widgets`. */
export function pathOfMapping(key: string): string {
  return key.split("/").slice(2).join("/");
}
