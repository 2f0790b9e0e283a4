import { readAccess, type AccessSettings } from "./access-settings.ts";
import type { Env } from "./env.ts";

/** The Worker's settings with their defaults, and a sentence for each one that cannot be used. */
export type Settings = {
  signingTokens: string[];
  secretTokens: string[];
  masterSecrets: string[];
  slackApiUrl: string;
  /** GitLab's address, for making issues. */
  gitlabUrl: string;
  /** Origins that workflow and incoming-webhook URLs may have. */
  hookOrigins: string[];
  retentionDays: number;
  /** Names of the destinations that are told when something needs a person. */
  alertsTo: string[];
  access: AccessSettings;
  problems: string[];
};

const DEFAULT_RETENTION_DAYS = 7;

const known = new WeakMap<Env, Settings>();

/** The settings; read once, because a Worker's `env` does not change. */
export function readSettings(env: Env): Settings {
  const settings = known.get(env) ?? parseSettings(env);
  known.set(env, settings);
  return settings;
}

function parseSettings(env: Env): Settings {
  const problems: string[] = [];
  return {
    signingTokens: words(env.GITLAB_SIGNING_TOKENS).filter((token) => {
      const usable = signingKey(token) !== null;
      if (!usable) {
        problems.push(
          "GITLAB_SIGNING_TOKENS holds an entry that is not whsec_ followed by base64 of at least 16 bytes; it is ignored. Copy the token from GitLab again.",
        );
      }
      return usable;
    }),
    secretTokens: words(env.GITLAB_SECRET_TOKENS),
    masterSecrets: words(env.HOOK_MASTER_SECRETS),
    slackApiUrl: env.SLACK_API_URL || "https://slack.com/api/",
    gitlabUrl: env.GITLAB_URL || "https://gitlab.com",
    hookOrigins: readOrigins(env.SLACK_HOOK_ORIGINS || "https://hooks.slack.com", problems),
    retentionDays: readRetention(env.RETENTION_DAYS, problems),
    alertsTo: words(env.ALERTS_TO?.replaceAll(",", " ")),
    access: readAccess(env, problems),
    problems,
  };
}

/** The HMAC key inside a signing token (Standard Webhooks: base64 after `whsec_`), or null. */
export function signingKey(token: string): Uint8Array | null {
  const encoded = token.replace(/^whsec_/, "");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return null;
  const key = Buffer.from(encoded, "base64");
  return key.length >= 16 ? key : null;
}

function words(list: string | undefined): string[] {
  return (list ?? "").split(/\s+/).filter((word) => word !== "");
}

function readOrigins(list: string, problems: string[]): string[] {
  return words(list.replaceAll(",", " ")).flatMap((entry) => {
    const url = URL.parse(entry);
    if (url !== null && /^https?:$/.test(url.protocol)) return [url.origin];
    // Anybody may read this, and what stands here by mistake may be a whole URL of Slack's.
    const [shown] = entry.split(/(?<=[^:/])\//);
    problems.push(
      `SLACK_HOOK_ORIGINS holds "${shown}", which is not an origin such as https://hooks.slack.com; it is ignored.`,
    );
    return [];
  });
}

function readRetention(value: string | undefined, problems: string[]): number {
  if (value === undefined || value === "") return DEFAULT_RETENTION_DAYS;
  const days = Number(value);
  if (days >= 1 && days <= 365) return days;
  problems.push(
    `RETENTION_DAYS is "${value}"; expected a number of days from 1 to 365. ${DEFAULT_RETENTION_DAYS} is used.`,
  );
  return DEFAULT_RETENTION_DAYS;
}
