/** A kind of event with everything that it can be, as docs/events.md lists it. */
export type CataloguedKind = {
  kind: string;
  /** What people call it. */
  name: string;
  /** Which trigger of GitLab's hooks sends it. */
  hook: string;
  /** Each action, and when it happens. */
  actions: Record<string, string>;
  /** Worth knowing about all of them. */
  note?: string;
};

const ISSUE_ACTIONS = {
  open: "It was opened.",
  close: "It was closed.",
  reopen: "It was opened again.",
  update:
    "Something about it changed. Comes together with one of the types below when it is known what. " +
    "GitLab sends another update along with a close or reopen; that one does not count as `update`.",
  labeled: "Labels were put on: `event.labels_added`.",
  unlabeled: "Labels were taken off: `event.labels_removed`.",
  assigned: "Somebody was assigned.",
  unassigned: "Somebody is no longer assigned.",
  title_changed: "Its title changed.",
  description_changed: "Its description was edited.",
  due_date_changed: "The due date was set, changed or removed.",
  milestone_changed: "It was put on a milestone or taken off.",
  weight_changed: "Its weight changed.",
  severity_changed: "Its severity changed (incidents).",
  health_status_changed: "Its health status changed.",
  discussion_locked_changed: "The discussion was locked or unlocked.",
  made_confidential: "It was made confidential.",
  made_public: "It is no longer confidential.",
  moved: "It was moved to another project. Comes with `close`.",
};

/**
 * All types of events that are known, in the order in which people look for them. What GitLab adds
 * later is accepted too, as `<kind>.<action>` in its own words.
 *
 * @see https://docs.gitlab.com/user/project/integrations/webhook_events/
 */
export const EVENT_CATALOGUE: CataloguedKind[] = [
  { kind: "issue", name: "Issues", hook: "Issues events", actions: ISSUE_ACTIONS },
  {
    kind: "work_item",
    name: "Work items: tasks, objectives, key results …",
    hook: "Issues events",
    actions: ISSUE_ACTIONS,
    note: "Epics and incidents have kinds of their own and count as `work_item` (or `issue`) too, whichever GitLab calls them.",
  },
  { kind: "incident", name: "Incidents", hook: "Issues events", actions: ISSUE_ACTIONS },
  { kind: "epic", name: "Epics", hook: "Issues events of a group", actions: ISSUE_ACTIONS },
  {
    kind: "merge_request",
    name: "Merge requests",
    hook: "Merge request events",
    actions: {
      open: "It was opened.",
      close: "It was closed without being merged.",
      reopen: "It was opened again.",
      merge: "It was merged.",
      approved: "All required approvals are there.",
      approval: "Somebody approved, and more approvals are needed.",
      unapproved: "It lost an approval and is no longer approved.",
      unapproval: "Somebody took an approval back that was not enough yet.",
      approvals_reset:
        "New commits took the approvals back. Comes with `unapproved` or `unapproval`.",
      update:
        "Something about it changed. Comes with one of the types below when it is known what.",
      pushed: "New commits.",
      ready: "It is no longer a draft.",
      draft: "It was made a draft.",
      review_requested: "Somebody was asked to review.",
      review_rerequested: "A reviewer was asked once more.",
      review_request_removed: "Somebody is no longer asked to review.",
      labeled: "Labels were put on: `event.labels_added`.",
      unlabeled: "Labels were taken off: `event.labels_removed`.",
      assigned: "Somebody was assigned.",
      unassigned: "Somebody is no longer assigned.",
      title_changed: "Its title changed.",
      description_changed: "Its description was edited.",
      target_branch_changed: "It goes into another branch.",
      milestone_changed: "It was put on a milestone or taken off.",
      discussion_locked_changed: "The discussion was locked or unlocked.",
    },
  },
  {
    kind: "note",
    name: "Comments",
    hook: "Comments",
    actions: {
      create:
        "Somebody commented on what `event.on` says: issue, merge_request, commit, snippet, …",
      update: "A comment was edited (GitLab 16.11 and later).",
      system: "GitLab wrote it itself, such as “added a label”. It normally sends none of these.",
    },
    note: "`title` is of what was commented on, `url` and `text` are the comment's.",
  },
  {
    kind: "pipeline",
    name: "Pipelines",
    hook: "Pipeline events",
    actions: {
      success: "It passed.",
      failed: "It failed.",
      broken: "It failed, and the one before on that branch or tag had not. Comes with `failed`.",
      fixed:
        "It passed, and the one before on that branch or tag had failed. Comes with `success`.",
      canceled: "It was canceled.",
      skipped: "It was skipped.",
      created: "It was created.",
      waiting_for_resource: "It waits for a resource.",
      preparing: "It is being prepared.",
      pending: "It waits for a runner.",
      running: "It is running.",
      manual: "It waits for somebody to start a job.",
      scheduled: "It waits for a delayed job.",
    },
    note: "`title` is “Pipeline #12 of main” (“… of !3 Title” for a merge request's, whose `ref` is its source branch), `text` the title of the commit. GitLab 19 says itself whether a branch is broken or fixed; for earlier versions Causeway remembers the last result of each branch and tag. Child pipelines are never `broken` or `fixed`.",
  },
  {
    kind: "job",
    name: "Jobs",
    hook: "Job events",
    actions: {
      success: "It passed.",
      failed: "It failed.",
      canceled: "It was canceled.",
      skipped: "It was skipped.",
      created: "It was created.",
      pending: "It waits for a runner.",
      running: "It is running.",
      manual: "It waits to be started by hand.",
      scheduled: "It is delayed.",
    },
    note: "`title` is its name, `text` the title of the commit. GitLab sends one for each step of each job. Jobs that trigger other pipelines send none.",
  },
  {
    kind: "deployment",
    name: "Deployments",
    hook: "Deployment events",
    actions: {
      running: "It started.",
      success: "It succeeded.",
      failed: "It failed, or was rejected just before.",
      canceled: "It was canceled.",
      blocked: "It waits for approval (Premium).",
      approved: "Somebody approved it (Premium). The actor is the approver.",
      rejected: "Somebody rejected it (Premium); `failed` follows.",
    },
    note: "`url` is the job, or else the project; `text` is the title of the commit.",
  },
  {
    kind: "push",
    name: "Pushes",
    hook: "Push events",
    actions: {
      update: "Commits came to a branch.",
      create: "A branch was created.",
      delete: "A branch was deleted.",
    },
    note: "`title` and `ref` are the branch, `url` compares the commits, `text` is the title of the newest. GitLab sends none for a push of more than three branches or tags.",
  },
  {
    kind: "tag_push",
    name: "Tags",
    hook: "Tag push events",
    actions: {
      create: "A tag was created.",
      update: "A tag was moved.",
      delete: "A tag was deleted.",
    },
    note: "`title` and `ref` are the tag, `text` is what an annotated tag says.",
  },
  {
    kind: "release",
    name: "Releases",
    hook: "Releases events",
    actions: { create: "It was published.", update: "It was edited.", delete: "It was deleted." },
  },
  {
    kind: "milestone",
    name: "Milestones",
    hook: "Milestone events",
    actions: {
      create: "It was created.",
      close: "It was closed.",
      reopen: "It was opened again.",
      delete: "It was deleted.",
    },
  },
  {
    kind: "wiki_page",
    name: "Wiki pages",
    hook: "Wiki page events",
    actions: { create: "It was created.", update: "It was edited.", delete: "It was deleted." },
    note: "`text` is the whole page.",
  },
  {
    kind: "feature_flag",
    name: "Feature flags",
    hook: "Feature flag events",
    actions: { on: "It was turned on.", off: "It was turned off." },
  },
  {
    kind: "emoji",
    name: "Emoji reactions in GitLab",
    hook: "Emoji events",
    actions: { award: "Somebody reacted.", revoke: "Somebody took a reaction back." },
    note: "`title` is of what it was given to, `text` the comment it was given to, if it was one.",
  },
  {
    kind: "vulnerability",
    name: "Vulnerabilities",
    hook: "Vulnerability events (Ultimate)",
    actions: {
      detected: "It was found.",
      confirmed: "Somebody confirmed it.",
      dismissed: "Somebody dismissed it.",
      resolved: "It is resolved.",
    },
    note: "A body does not name its project: give the hook an address with a path of its own (`…/gitlab/webhooks/<path>`), or write the rule in `mapping/gitlab/*` with the condition `project`.",
  },
  {
    kind: "access_token",
    name: "Access tokens",
    hook: "Project or group access token events",
    actions: { expiring: "It expires in 7 days (or 30 or 60, where GitLab is told to)." },
  },
  {
    kind: "deploy_token",
    name: "Deploy tokens",
    hook: "Deploy token events",
    actions: { expiring: "It expires in 7, 30 or 60 days." },
  },
  {
    kind: "member",
    name: "Members of groups and projects",
    hook: "Member events of a group; system hooks for projects",
    actions: {
      add: "Somebody joined.",
      update: "Somebody's access changed.",
      remove: "Somebody left.",
      access_request: "Somebody asks to join.",
      access_request_denied: "Somebody was not let in.",
      access_request_revoked: "Somebody no longer asks to join.",
    },
    note: "`title` is the member's name; nobody says who did it. A body of a system hook names a project that its path is not known by: write the rule in `mapping/gitlab/*` with the condition `project`.",
  },
  {
    kind: "subgroup",
    name: "Subgroups",
    hook: "Subgroup events of a group",
    actions: { create: "It was created.", destroy: "It was deleted." },
  },
  {
    kind: "project",
    name: "Projects",
    hook: "Project events of a group; system hooks",
    actions: {
      create: "It was created.",
      destroy: "It was deleted.",
      rename: "It was renamed (system hooks).",
      transfer: "It was moved to another group (system hooks).",
      update: "It was changed (system hooks).",
    },
  },
  {
    kind: "group",
    name: "Groups",
    hook: "System hooks",
    actions: {
      create: "It was created.",
      destroy: "It was deleted.",
      rename: "It was renamed.",
    },
  },
  {
    kind: "user",
    name: "Accounts",
    hook: "System hooks",
    actions: {
      create: "It was created.",
      destroy: "It was deleted.",
      rename: "Its username changed.",
      failed_login: "A sign-in failed.",
    },
  },
  {
    kind: "key",
    name: "SSH keys",
    hook: "System hooks",
    actions: { create: "One was added.", destroy: "One was deleted." },
  },
  {
    kind: "repository",
    name: "Repositories",
    hook: "System hooks",
    actions: { update: "Branches or tags were pushed; sent once for all of them." },
  },
];
