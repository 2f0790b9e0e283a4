import type { Event } from "../event.ts";
import type { Notice } from "./notice.ts";
import { accountNotice } from "./notices/account-notice.ts";
import { deploymentNotice } from "./notices/deployment-notice.ts";
import { emojiNotice } from "./notices/emoji-notice.ts";
import { featureFlagNotice } from "./notices/feature-flag-notice.ts";
import { issueNotice } from "./notices/issue-notice.ts";
import { jobNotice } from "./notices/job-notice.ts";
import { memberNotice } from "./notices/member-notice.ts";
import { mergeRequestNotice } from "./notices/merge-request-notice.ts";
import { milestoneNotice } from "./notices/milestone-notice.ts";
import { namespaceNotice } from "./notices/namespace-notice.ts";
import { noteNotice } from "./notices/note-notice.ts";
import { pipelineNotice } from "./notices/pipeline-notice.ts";
import { pushNotice } from "./notices/push-notice.ts";
import { releaseNotice } from "./notices/release-notice.ts";
import { repositoryNotice } from "./notices/repository-notice.ts";
import { slackNotice } from "./notices/slack-notice.ts";
import { tokenNotice } from "./notices/token-notice.ts";
import { unknownNotice } from "./notices/unknown-notice.ts";
import { vulnerabilityNotice } from "./notices/vulnerability-notice.ts";
import { wikiPageNotice } from "./notices/wiki-page-notice.ts";

/** What is said of an event for which the rule says nothing. */
export function noticeOf(event: Event): Notice {
  const { details } = event;
  switch (details.of) {
    case "issue":
      return issueNotice(event, details);
    case "merge_request":
      return mergeRequestNotice(event, details);
    case "note":
      return noteNotice(event, details);
    case "pipeline":
      return pipelineNotice(event, details);
    case "job":
      return jobNotice(event, details);
    case "deployment":
      return deploymentNotice(event, details);
    case "push":
      return pushNotice(event, details);
    case "release":
      return releaseNotice(event, details);
    case "milestone":
      return milestoneNotice(event, details);
    case "wiki_page":
      return wikiPageNotice(event, details);
    case "feature_flag":
      return featureFlagNotice(event);
    case "emoji":
      return emojiNotice(event, details);
    case "token":
      return tokenNotice(event, details);
    case "vulnerability":
      return vulnerabilityNotice(event, details);
    case "member":
      return memberNotice(event, details);
    case "namespace":
      return namespaceNotice(event, details);
    case "account":
      return accountNotice(event, details);
    case "repository":
      return repositoryNotice(event, details);
    case "slack":
      return slackNotice(event, details);
    case "unknown":
      return unknownNotice(event);
  }
}
