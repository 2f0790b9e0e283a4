import type { Failure } from "./answer.ts";

type Verdict =
  | { outcome: "retry"; maybePosted: boolean }
  | { outcome: "wait" }
  | { outcome: "refused" }
  | { outcome: "blocked"; cause: "target" | "auth"; fix: string };

const AUTH_FIX =
  "Install the Slack app again and set its bot token: npx wrangler secret put SLACK_BOT_TOKEN.";
const REVOKED_FIX =
  "The webhook was revoked or its app removed. Create a new one in Slack and store its URL in the destination's secret.";
const POLICY_FIX =
  "A Slack admin restricts who may post here. Allow the app, or choose another channel in the destination.";

/**
 * What Slack's error words mean for the queue. Unknown words are retried: a day of retries costs
 * less than a lost message.
 *
 * @see https://docs.slack.dev/reference/methods/chat.postMessage (errors)
 * @see https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks (handling errors)
 */
const ERRORS: Record<string, Verdict> = {
  ...all(["ratelimited", "rate_limited", "message_limit_exceeded"], { outcome: "wait" }),
  ...all(["service_unavailable", "request_timeout", "team_added_to_org", "org_login_required"], {
    outcome: "retry",
    maybePosted: false,
  }),
  // "It's possible some aspect of the operation succeeded before the error was raised."
  ...all(["internal_error", "fatal_error"], { outcome: "retry", maybePosted: true }),
  ...all(
    [
      "invalid_blocks",
      "invalid_blocks_format",
      "msg_blocks_too_long",
      "msg_too_long",
      "no_text",
      "markdown_text_conflict",
      "metadata_too_large",
      "invalid_metadata_format",
      "invalid_metadata_schema",
      "too_many_attachments",
      "invalid_arguments",
      "attachment_payload_limit_exceeded",
      "invalid_payload",
    ],
    { outcome: "refused" },
  ),
  ...all(
    [
      "invalid_auth",
      "not_authed",
      "account_inactive",
      "token_revoked",
      "token_expired",
      "not_allowed_token_type",
      "no_permission",
      "access_denied",
      "accesslimited",
      "ekm_access_denied",
      "two_factor_setup_required",
      "team_access_not_granted",
      "enterprise_is_restricted",
    ],
    { outcome: "blocked", cause: "auth", fix: AUTH_FIX },
  ),
  missing_scope: {
    outcome: "blocked",
    cause: "auth",
    fix: "The Slack app lacks a scope. Paste slack-app-manifest.yaml into the app's settings and install it again.",
  },
  channel_not_found: target(
    "The channel does not exist, or it is private and the bot is not in it. Check the id; in a private channel type /invite @Causeway.",
  ),
  not_in_channel: target("Invite the bot: type /invite @Causeway in the channel."),
  is_archived: target(
    "The channel is archived. Unarchive it, or choose another in the destination.",
  ),
  channel_is_archived: target(
    "The channel is archived. Unarchive it, or choose another in the destination.",
  ),
  messages_tab_disabled: target("Turn on the Messages tab in the Slack app's settings (App Home)."),
  ...all(
    ["user_not_found", "users_not_found"],
    target("The person does not exist in this workspace. Check the id."),
  ),
  ...all(
    ["user_disabled", "cannot_dm_bot", "user_not_visible"],
    target("The person has left, or takes no messages from apps."),
  ),
  user_not_in_channel: target("The person is not in the channel."),
  ...all(
    ["thread_not_found", "message_not_found"],
    target("The message is gone. Nothing is to be done."),
  ),
  cant_delete_message: target("Only the bot's own messages can be deleted."),
  plan_upgrade_required: target("User groups need a paid plan of Slack's."),
  no_such_subteam: target("The user group does not exist. Check its id in the rule's who."),
  team_not_found: target("Use the channel's id (C…), not its name."),
  ...all(
    [
      "restricted_action",
      "restricted_action_read_only_channel",
      "restricted_action_thread_only_channel",
      "restricted_action_non_threadable_channel",
      "restricted_action_thread_locked",
      "cannot_reply_to_message",
      "action_prohibited",
      "posting_to_general_channel_denied",
    ],
    target(POLICY_FIX),
  ),
  ...all(
    ["no_service", "no_active_hooks", "no_service_id", "no_team", "team_disabled", "invalid_token"],
    target(REVOKED_FIX),
  ),
};

/** Turns one of Slack's error words into a decision; null when the word is not known. */
export function classifyError(word: string): Verdict | null {
  return Object.hasOwn(ERRORS, word) ? (ERRORS[word] ?? null) : null;
}

/** Completes a verdict. */
export function answer(
  word: string,
  verdict: Verdict,
  status: number | null,
  said: string,
  afterMs: number | null,
): Failure {
  switch (verdict.outcome) {
    case "wait":
      return { ...verdict, status, said, afterMs };
    case "blocked":
      return { ...verdict, code: word, status, said };
    case "retry":
    case "refused":
      return { ...verdict, status, said };
  }
}

/** `Retry-After` in milliseconds; null when absent or unreadable. Slack sends seconds. */
export function retryAfterMs(headers: Headers | null): number | null {
  const seconds = Number(headers?.get("retry-after") || Number.NaN);
  return seconds >= 0 && seconds <= 86_400 ? Math.max(1, seconds) * 1000 : null;
}

function target(fix: string): Verdict {
  return { outcome: "blocked", cause: "target", fix };
}

function all(words: string[], verdict: Verdict): Record<string, Verdict> {
  return Object.fromEntries(words.map((word) => [word, verdict]));
}
