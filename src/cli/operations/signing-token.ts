import { existsSync } from "node:fs";
import { join } from "node:path";
import { readDevVars } from "../../sandbox/dev-vars.ts";
import type { Context } from "../context.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import type { AdminApi } from "../worker/admin-api.ts";

const LOCAL_SECRETS = join(import.meta.dirname, "../../../.dev.vars");

/** What webhooks are signed with: CAUSEWAY_SIGNING_TOKEN, for the local Worker the one of `.dev.vars`. */
export function signingToken({ env }: Context, { url, isLocal }: AdminApi): string {
  const local = isLocal && existsSync(LOCAL_SECRETS) ? readDevVars(LOCAL_SECRETS) : {};
  const given = env["CAUSEWAY_SIGNING_TOKEN"] || local["GITLAB_SIGNING_TOKENS"] || "";
  const [token] = given.trim().split(/\s+/);
  if (token) return token;
  throw new Refusal(
    "no_signing_token",
    `Set CAUSEWAY_SIGNING_TOKEN to one of the GITLAB_SIGNING_TOKENS of ${url}, or with --path to the token of that hook.`,
    EXIT.usage,
  );
}
