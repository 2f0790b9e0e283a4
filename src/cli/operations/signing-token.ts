import type { Context } from "../context.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import type { AdminApi } from "../worker/admin-api.ts";
import { localSecret } from "../worker/local-secret.ts";

/** What webhooks are signed with: CAUSEWAY_SIGNING_TOKEN, for the local Worker the one of `.dev.vars`. */
export function signingToken({ env }: Context, { url, isLocal }: AdminApi): string {
  const given =
    env["CAUSEWAY_SIGNING_TOKEN"] || (isLocal ? localSecret("GITLAB_SIGNING_TOKENS") : "") || "";
  const [token] = given.trim().split(/\s+/);
  if (token) return token;
  throw new Refusal(
    "no_signing_token",
    `Set CAUSEWAY_SIGNING_TOKEN to one of the GITLAB_SIGNING_TOKENS of ${url}, or with --path to the token of that hook.`,
    EXIT.usage,
  );
}
