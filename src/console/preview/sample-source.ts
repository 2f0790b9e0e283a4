import { SLACK_MAPPINGS, GITLAB_MAPPINGS } from "../../mappings/mapping-keys.ts";

/** Whose samples a document can be tried on; null: those of GitLab and of Slack. */
export function sampleSource(key: string): "gitlab" | "slack" | null {
  if (key.startsWith(SLACK_MAPPINGS)) return "slack";
  return key.startsWith(GITLAB_MAPPINGS) ? "gitlab" : null;
}
