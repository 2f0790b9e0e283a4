/** Recorded bodies that drafts are tried on, by their names in `public/console/samples/`, as people call them. */
export const GITLAB_SAMPLES: Record<string, string> = {
  "issue.open": "Issue opened",
  "issue.open-confidential": "Confidential issue opened",
  "issue.labeled": "Issue labelled",
  "issue.assigned": "Issue assigned",
  "issue.close": "Issue closed",
  "incident.open": "Incident opened",
  "epic.open": "Epic opened",
  "merge_request.open": "Merge request opened",
  "merge_request.review_requested": "Review requested",
  "merge_request.approved": "Merge request approved",
  "merge_request.merge": "Merge request merged",
  "note.create-issue": "Comment on an issue",
  "note.create-merge_request": "Comment on a merge request",
  "pipeline.failed": "Pipeline failed",
  "pipeline.fixed": "Pipeline succeeded",
  "job.failed": "Job failed",
  "deployment.success": "Deployment succeeded",
  "push.update": "Push",
  "tag_push.create": "Tag pushed",
  "release.create": "Release",
  "wiki_page.update": "Wiki page edited",
  "vulnerability.detected": "Vulnerability found",
};

/** The same of Slack's. */
export const SLACK_SAMPLES: Record<string, string> = {
  "slack.reaction_added": "Reaction added to a message",
  "slack.member_joined_channel": "Somebody joined the channel",
};
