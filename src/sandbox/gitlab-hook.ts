import { HOOK_FLAGS, type HookFlag, type HookOwner } from "../gitlab/hook-events.ts";

/** A webhook that the stand-in for GitLab holds, its secrets included, which it never shows. */
export type GitlabHook = {
  id: number;
  owner: HookOwner;
  /** The project's or group's path. */
  path: string;
  url: string;
  name: string;
  description: string;
  flags: Record<HookFlag, boolean>;
  token: string;
  signingToken: string;
  sslVerification: boolean;
  branchFilter: string;
  branchFilterStrategy: string;
  template: string;
  /** Failures since the last success. */
  failures: number;
  /** Milliseconds since 1970; null: not for a time. */
  disabledUntil: number | null;
  createdAt: string;
};

/** GitLab stops for a time from the fourth failure in a row on, and for good at the fortieth. */
const FAILURES_BEFORE_PAUSE = 3;
const FAILURES_BEFORE_END = 39;
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 24 * 3_600_000;
const STRATEGIES = ["wildcard", "regex", "all_branches"];

/** A new hook as GitLab makes it: push events are on unless they are switched off. */
export function newHook(at: Pick<GitlabHook, "id" | "owner" | "path" | "createdAt">): GitlabHook {
  const flags = HOOK_FLAGS.map((flag) => [flag, flag === "push_events"]);
  return {
    ...at,
    url: "",
    name: "",
    description: "",
    flags: Object.fromEntries(flags) as Record<HookFlag, boolean>,
    token: "",
    signingToken: "",
    sslVerification: true,
    branchFilter: "",
    branchFilterStrategy: "wildcard",
    template: "",
    failures: 0,
    disabledUntil: null,
  };
}

/**
 * Takes over what was sent for a hook, or says what GitLab would. What GitLab does not know is
 * ignored: so is a signing token before GitLab 19. Another URL without another token loses the token.
 *
 * @see https://docs.gitlab.com/api/project_webhooks/#add-a-webhook-to-a-project
 */
export function editHook(
  hook: GitlabHook,
  fields: Record<string, unknown>,
  canSign: boolean,
): { status: 400 | 422; body: object } | null {
  const url = fields["url"] ?? hook.url;
  if (typeof url !== "string" || !/^https?:\/\//.test(url) || !URL.canParse(url)) {
    return { status: 422, body: { error: "Invalid url given" } };
  }
  const strategy = fields["branch_filter_strategy"] ?? hook.branchFilterStrategy;
  if (typeof strategy !== "string" || !STRATEGIES.includes(strategy)) {
    return { status: 400, body: { error: "branch_filter_strategy does not have a valid value" } };
  }
  const signing = canSign ? fields["signing_token"] : undefined;
  if (typeof signing === "string" && signing !== "" && !isSigningToken(signing)) {
    // GitLab refuses it; these words are ours.
    const problem = "must be whsec_ followed by base64 of 32 bytes";
    return { status: 422, body: { message: { signing_token: [problem] } } };
  }
  const unusable = HOOK_FLAGS.find(
    (flag) => fields[flag] !== undefined && typeof fields[flag] !== "boolean",
  );
  if (unusable !== undefined) return { status: 400, body: { error: `${unusable} is invalid` } };
  for (const flag of HOOK_FLAGS) hook.flags[flag] = (fields[flag] as boolean) ?? hook.flags[flag];
  if (url !== hook.url) hook.token = "";
  hook.url = url;
  hook.token = text(fields["token"]) ?? hook.token;
  hook.signingToken = text(signing) ?? hook.signingToken;
  hook.name = text(fields["name"]) ?? hook.name;
  hook.description = text(fields["description"]) ?? hook.description;
  hook.branchFilter = text(fields["push_events_branch_filter"]) ?? hook.branchFilter;
  hook.branchFilterStrategy = strategy;
  hook.template = text(fields["custom_webhook_template"]) ?? hook.template;
  const ssl = fields["enable_ssl_verification"];
  if (typeof ssl === "boolean") hook.sslVerification = ssl;
  return null;
}

/** Whether GitLab sends to it at the moment. */
export function statusOf(hook: GitlabHook, now: number): string {
  if (hook.failures > FAILURES_BEFORE_END) return "disabled";
  const paused = hook.disabledUntil !== null && hook.disabledUntil >= now;
  return paused && hook.failures > FAILURES_BEFORE_PAUSE ? "temporarily_disabled" : "executable";
}

/** Counts what became of a delivery, and stops sending to what fails. */
export function countOutcome(hook: GitlabHook, succeeded: boolean, now: number): void {
  if (succeeded) {
    hook.failures = 0;
    hook.disabledUntil = null;
    return;
  }
  const before = hook.failures;
  hook.failures = Math.min(before + 1, FAILURES_BEFORE_END + 1);
  if (hook.failures <= FAILURES_BEFORE_PAUSE) return;
  const pause = FIRST_PAUSE_MS * 2 ** (before - FAILURES_BEFORE_PAUSE);
  hook.disabledUntil = now + Math.min(pause, LONGEST_PAUSE_MS);
}

/** A hook as the API shows it. */
export function presentHook(hook: GitlabHook, ownerId: number, canSign: boolean, now: number) {
  const { id, url, name, description, createdAt } = hook;
  const status = statusOf(hook, now);
  const flags = HOOK_FLAGS.filter((flag) => hook.owner === "group" || !isOfGroups(flag));
  return {
    id,
    url,
    name,
    description,
    created_at: createdAt,
    [`${hook.owner}_id`]: ownerId,
    ...Object.fromEntries(flags.map((flag) => [flag, hook.flags[flag]])),
    repository_update_events: false,
    enable_ssl_verification: hook.sslVerification,
    alert_status: status,
    disabled_until:
      hook.disabledUntil === null || status === "disabled"
        ? null
        : new Date(hook.disabledUntil).toISOString(),
    url_variables: [],
    push_events_branch_filter: hook.branchFilter,
    branch_filter_strategy: hook.branchFilterStrategy,
    custom_webhook_template: hook.template,
    custom_headers: [],
    ...(canSign
      ? { token_present: hook.token !== "", signing_token_present: hook.signingToken !== "" }
      : {}),
  };
}

function isOfGroups(flag: HookFlag): boolean {
  return ["member_events", "subgroup_events", "project_events"].includes(flag);
}

function isSigningToken(token: string): boolean {
  return /^whsec_[A-Za-z0-9+/]{43}=$/.test(token);
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
