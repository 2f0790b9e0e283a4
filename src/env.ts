import type { Relay } from "./relay/relay.ts";

/**
 * What the Worker is given by its platform. Secrets are optional in the type because a first
 * deploy has none; `GET /health` says which are missing and `settings.ts` reads them.
 */
export interface Env {
  /** Mappings, destinations and people, edited by operations; only the publisher writes here. */
  readonly MAPPINGS: KVNamespace;
  readonly RELAY: DurableObjectNamespace<Relay>;

  /** GitLab signing tokens (`whsec_…`), separated by white space; all are valid at once. */
  readonly GITLAB_SIGNING_TOKENS?: string;
  /** Plain GitLab secret tokens (`X-Gitlab-Token`), separated by white space. */
  readonly GITLAB_SECRET_TOKENS?: string;
  /** Secrets that each hook's own token is derived from: the first derives, all verify. */
  readonly HOOK_MASTER_SECRETS?: string;
  readonly SLACK_BOT_TOKEN?: string;
  readonly SLACK_SIGNING_SECRET?: string;
  /** Opens `/admin` and `/admin/api`, for seeing and changing. */
  readonly ADMIN_TOKEN?: string;
  /** The same for seeing only. */
  readonly VIEWER_TOKEN?: string;
  readonly GITLAB_API_TOKEN?: string;

  readonly SLACK_API_URL?: string;
  readonly SLACK_HOOK_ORIGINS?: string;
  readonly GITLAB_URL?: string;
  readonly RETENTION_DAYS?: string;
  readonly ALERTS_TO?: string;
  readonly ACCESS_TEAM_DOMAIN?: string;
  readonly ACCESS_AUD?: string;
  readonly ACCESS_EDITORS?: string;
}

/** The value of a secret or variable named in configuration, such as `secret:NAME`; null when unset. */
export function secretNamed(env: Env, name: string): string | null {
  const value = Object.hasOwn(env, name) ? (env as unknown as Record<string, unknown>)[name] : null;
  return typeof value === "string" && value !== "" ? value : null;
}
