import type { HookFlag } from "../hook-events.ts";

/**
 * A webhook as GitLab's API shows it. Older versions lack some of it; what signs or vouches is never shown.
 *
 * @see https://docs.gitlab.com/api/project_webhooks/#retrieve-a-project-webhook
 */
export type Hook = { [flag in HookFlag]?: boolean } & {
  id: number;
  url: string;
  enable_ssl_verification: boolean;
  alert_status?: "executable" | "temporarily_disabled" | "disabled";
  disabled_until?: string | null;
  push_events_branch_filter?: string | null;
  branch_filter_strategy?: string | null;
  custom_webhook_template?: string | null;
  url_variables?: { key: string }[];
  /** Since GitLab 19. */
  token_present?: boolean;
  signing_token_present?: boolean;
};

/**
 * A delivery in a hook's list, which GitLab keeps for seven days.
 *
 * @see https://docs.gitlab.com/api/project_webhooks/#list-project-webhook-events
 */
export type HookEvent = {
  id: number;
  url: string;
  trigger: string;
  request_headers: Record<string, string> | null;
  request_data: unknown;
  response_headers: Record<string, string> | null;
  response_body: string | null;
  /** A number as text, or `internal error` where GitLab got no answer. */
  response_status: string | number;
  /** Newer versions say it. */
  created_at?: string;
};
