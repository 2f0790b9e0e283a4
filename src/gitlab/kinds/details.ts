import type { AccountDetails } from "./account.ts";
import type { DeploymentDetails } from "./deployment.ts";
import type { EmojiDetails } from "./emoji.ts";
import type { FeatureFlagDetails } from "./feature-flag.ts";
import type { IssueDetails } from "./issue.ts";
import type { JobDetails } from "./job.ts";
import type { MemberDetails } from "./member.ts";
import type { MergeRequestDetails } from "./merge-request.ts";
import type { MilestoneDetails } from "./milestone.ts";
import type { NamespaceDetails } from "./namespace.ts";
import type { NoteDetails } from "./note.ts";
import type { PipelineDetails } from "./pipeline.ts";
import type { PushDetails } from "./push.ts";
import type { ReleaseDetails } from "./release.ts";
import type { RepositoryDetails } from "./repository.ts";
import type { TokenDetails } from "./token.ts";
import type { VulnerabilityDetails } from "./vulnerability.ts";
import type { WikiPageDetails } from "./wiki-page.ts";

/** What only events of one kind have, each from the file of that kind. */
export type Details =
  | IssueDetails
  | MergeRequestDetails
  | NoteDetails
  | PipelineDetails
  | JobDetails
  | DeploymentDetails
  | PushDetails
  | ReleaseDetails
  | MilestoneDetails
  | WikiPageDetails
  | FeatureFlagDetails
  | EmojiDetails
  | TokenDetails
  | VulnerabilityDetails
  | MemberDetails
  | NamespaceDetails
  | AccountDetails
  | RepositoryDetails
  | { of: "unknown" };
