import { named } from "./words/named.ts";
import type { Env } from "./env.ts";

/** The Worker's secrets; names only, their values are never said. */
const SECRETS = [
  "GITLAB_SIGNING_TOKENS",
  "GITLAB_SECRET_TOKENS",
  "HOOK_MASTER_SECRETS",
  "SLACK_BOT_TOKEN",
  "SLACK_SIGNING_SECRET",
  "ADMIN_TOKEN",
  "VIEWER_TOKEN",
  "GITLAB_API_TOKEN",
] as const;

type SecretName = (typeof SECRETS)[number];

/** Which secrets are set. */
export function secretsSet(env: Env): Record<SecretName, boolean> {
  return Object.fromEntries(
    SECRETS.map((name) => [name, (env[name] ?? "").trim() !== ""]),
  ) as Record<SecretName, boolean>;
}

/** A secret without which something does not work, and what that is; the first name is the one to set. */
export type MissingSecret = { names: SecretName[]; consequence: string };

/** What is missing for webhooks to come in, messages to go out and people to look in. */
export function missingSecrets(isSet: Record<SecretName, boolean>): MissingSecret[] {
  const needed: MissingSecret[] = [
    {
      names: ["GITLAB_SIGNING_TOKENS", "HOOK_MASTER_SECRETS", "GITLAB_SECRET_TOKENS"],
      consequence: "until one is set every webhook is refused.",
    },
    {
      names: ["SLACK_BOT_TOKEN"],
      consequence: "needed by destinations of type channel, and to answer in Slack.",
    },
    {
      names: ["SLACK_SIGNING_SECRET"],
      consequence: "until it is set every event of Slack's is refused.",
    },
    {
      names: ["ADMIN_TOKEN"],
      consequence:
        "needed for the command line, and to sign in to the console without Cloudflare Access.",
    },
  ];
  return needed.filter(({ names }) => !names.some((name) => isSet[name]));
}

/** `A, B or C: until one is set …` */
export function sayMissingSecret({ names, consequence }: MissingSecret): string {
  return `${named(names, "or")}: ${consequence}`;
}
