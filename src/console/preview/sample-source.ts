/** Whose samples a document can be tried on; null: those of GitLab and of Slack. */
export function sampleSource(key: string): "gitlab" | "slack" | null {
  if (key.startsWith("mapping/slack/")) return "slack";
  return key.startsWith("mapping/gitlab/") ? "gitlab" : null;
}
