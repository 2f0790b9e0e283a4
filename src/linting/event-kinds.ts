import { isGlob } from "../mappings/glob.ts";
import { ISSUE_KINDS } from "../gitlab/event-types.ts";
import { EVENT_CATALOGUE } from "../gitlab/event-catalogue.ts";
import type { WhenField } from "../mappings/schema.ts";

/** What events of a kind can have. */
export type KindFacts = {
  /** The fields that can have a value. */
  fields: WhenField[];
  /** Workflow variables that are filled besides those of all kinds. */
  variables: string[];
  /** Whether GitLab's body has `object_attributes`, which templates see below `event.<kind>`. */
  attributes: boolean;
};

function kind(fields: string, variables = "", attributes = true): KindFacts {
  const words = (said: string): string[] => said.split(" ").filter((word) => word !== "");
  return { fields: words(fields) as WhenField[], variables: words(variables), attributes };
}

function flat(fields: string, variables = ""): KindFacts {
  return kind(fields, variables, false);
}

const ISSUE = kind(
  "labels labels_added labels_removed actor author assignee status severity milestone project changed",
  "issue_type due_date weight health_status",
);
const PUSH = flat("actor branch project", "commit_count commits compare_url");
const TOKEN = kind("actor project", "expires_on");
const NAMESPACE = flat("project", "old_path visibility owners");
const ACCOUNT = flat("status", "username");

/** The kinds of docs/events.md. Tests hold them against every recorded body of GitLab's. */
export const KIND_FACTS: Record<string, KindFacts> = {
  issue: ISSUE,
  work_item: ISSUE,
  incident: ISSUE,
  epic: ISSUE,
  merge_request: kind(
    "labels labels_added labels_removed actor author assignee reviewer branch status milestone project changed",
    "target_branch fork draft commit commit_url",
  ),
  note: kind("labels actor author branch noteable project", "file line"),
  pipeline: kind(
    "actor branch status stage source project",
    "pipeline_id duration failed_jobs merge_request merge_request_url commit commit_url",
  ),
  job: flat(
    "actor branch status stage environment project",
    "failure_reason duration pipeline_id pipeline_url commit commit_url",
  ),
  deployment: flat(
    "actor branch status environment project",
    "tier environment_url job_url comment commit commit_url",
  ),
  push: PUSH,
  tag_push: PUSH,
  release: flat("actor branch project", "tag tag_url"),
  milestone: kind("actor author status project", "start_date due_date"),
  wiki_page: kind("actor author project", "message diff_url"),
  feature_flag: kind("actor status project"),
  emoji: kind("actor author noteable project", "emoji"),
  vulnerability: kind(
    "actor author status severity project",
    "identifiers file dependency report_type",
  ),
  access_token: TOKEN,
  deploy_token: TOKEN,
  member: flat("project", "member access expires_on"),
  subgroup: NAMESPACE,
  project: NAMESPACE,
  group: NAMESPACE,
  user: ACCOUNT,
  key: ACCOUNT,
  repository: flat("actor project", "refs"),
};

/** What happens in Slack. */
export const SLACK_KINDS = [
  "reaction",
  "reaction_removed",
  "member_joined",
  "shortcut",
  "app_rate_limited",
  "unknown",
];

/** Every type of GitLab's that is known by name. */
export const GITLAB_TYPES = [
  ...EVENT_CATALOGUE.flatMap(({ kind: name, actions }) =>
    Object.keys(actions).map((action) => `${name}.${action}`),
  ),
  "unknown",
];

/**
 * The kinds of events that a rule on these types can be about; null: of kinds too that nobody knows
 * yet, as GitLab may send them.
 */
export function kindsOf(on: string[]): string[] | null {
  const kinds = on.map((type) => type.split(".", 1)[0] ?? type);
  if (kinds.some(isGlob)) return null;
  const withAlike = kinds.flatMap((name) => (ISSUE_KINDS.includes(name) ? ISSUE_KINDS : [name]));
  return [...new Set(withAlike)];
}
