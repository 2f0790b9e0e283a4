import type { Context } from "hono";
import { isUsablePath, isWithin, relayNameFor } from "../src/gitlab/event-path.ts";
import { hookPathOf, WEBHOOKS } from "../src/gitlab/hook-path.ts";
import { secretsFor, verifyDelivery, type Refusal } from "../src/gitlab/verify-delivery.ts";
import { warn } from "../src/log.ts";
import { incomingFromGitlab } from "../src/relay/incoming-from-gitlab.ts";
import { readSettings } from "../src/settings.ts";
import { commit } from "./commit.ts";
import { http, problem, type AppEnv } from "./http.ts";
import { oneLargeBody } from "./one-large-body.ts";
import { MAX_BODY_BYTES, readBody } from "./read-body.ts";

/** What a person should do about a refusal; it stands in the log, not in the answer. */
const REMEDIES: Record<Refusal, string> = {
  no_secret_configured:
    "Set GITLAB_SIGNING_TOKENS (or HOOK_MASTER_SECRETS, or GITLAB_SECRET_TOKENS): npx wrangler secret put GITLAB_SIGNING_TOKENS",
  signature_missing:
    "Only signing tokens are configured: set a signing token on the hook in GitLab (19.0 or later), or set GITLAB_SECRET_TOKENS here.",
  credentials_missing: "The hook in GitLab has neither a signing token nor a secret token.",
  signature_malformed:
    "The request has no webhook-id or no signature of version v1; GitLab sends both. See what changes requests on their way.",
  signature_wrong:
    "The hook's signing token is none of those in GITLAB_SIGNING_TOKENS, nor the one derived from HOOK_MASTER_SECRETS for the path in its URL (case counts).",
  token_wrong:
    "The hook's secret token is none of those in GITLAB_SECRET_TOKENS, nor the one derived from HOOK_MASTER_SECRETS for the path in its URL (case counts).",
  timestamp_malformed:
    "webhook-timestamp is no number of seconds. See what changes requests on their way.",
  timestamp_stale: "The request is more than five minutes old, or a clock is wrong.",
  body_too_large: "GitLab sends at most 25 MiB. See who else knows this URL.",
};
const PATH_MISSING =
  "Only HOOK_MASTER_SECRETS is set, whose tokens belong to a path: put the group's or project's path behind /gitlab/webhooks/ in the hook's URL, or set GITLAB_SIGNING_TOKENS.";

/**
 * `POST /gitlab/webhooks` and `POST /gitlab/webhooks/<group or project path>`.
 *
 * GitLab waits ten seconds, never sends again and disables a hook that fails: an authentic event is
 * committed first and answered with 202, whatever it is.
 */
export const gitlab = http
  .createApp()
  .post("/webhooks/:path{.*}?", (c) => oneLargeBody(c.req.raw.headers, () => takeIn(c)));

async function takeIn(c: Context<AppEnv>): Promise<Response> {
  const hookPath = hookPathOf(c.req.path.slice(WEBHOOKS.length));
  if (hookPath !== null && !isUsablePath(hookPath)) return c.notFound();
  const { headers } = c.req.raw;
  const settings = readSettings(c.env);
  const verdict = await verifyDelivery(headers, secretsFor(settings, hookPath), Date.now(), () =>
    readBody(c.req.raw, MAX_BODY_BYTES),
  );
  if (!verdict.ok) {
    const { reason } = verdict;
    const isPathMissing = reason === "no_secret_configured" && settings.masterSecrets.length > 0;
    const remedy = isPathMissing ? PATH_MISSING : REMEDIES[reason];
    warn("webhook_refused", { reason, hookPath, remedy });
    return reason === "body_too_large"
      ? problem(c, 413, "body_too_large", "The body is larger than 25 MiB.")
      : problem(
          c,
          401,
          "unauthenticated",
          "No valid signature or token; the Worker's log says why.",
        );
  }
  const incoming = incomingFromGitlab(headers, verdict.body, hookPath);
  if (hookPath !== null && incoming.path !== null && !isWithin(incoming.path, hookPath)) {
    warn("webhook_out_of_scope", { hookPath, path: incoming.path });
    return problem(
      c,
      403,
      "out_of_scope",
      `The event belongs to ${incoming.path}, outside the path of this hook.`,
    );
  }
  try {
    const { id, status } = await commit(c.env.RELAY, relayNameFor(incoming.path), incoming);
    return Response.json({ id, status }, { status: 202 });
  } catch (error) {
    warn("webhook_not_committed", { path: incoming.path, error: String(error) });
    return problem(
      c,
      503,
      "not_committed",
      "The event could not be stored. Resend it from GitLab's list of deliveries.",
    );
  }
}
