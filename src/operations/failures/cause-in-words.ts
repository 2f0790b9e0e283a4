/** What happened, by the word that stands for it (see `docs/operating.md`), as the beginning of a sentence would have it. */
const WORDS: Record<string, string> = {
  paused_by_person: "Paused by a person",
  not_in_channel: "The bot is not in the channel",
  channel_not_found: "Slack shows the bot no such channel",
  is_archived: "The channel is archived",
  channel_is_archived: "The channel is archived",
  missing_scope: "The Slack app lacks a scope",
  bot_token_missing: "The bot token is not set",
  destination_missing: "There is no such destination",
  destination_unusable: "The destination's document cannot be used",
  secret_missing: "The secret with the address is not set",
  url_unusable: "The address is no URL",
  origin_not_allowed: "The address is not Slack's",
  not_slack: "What answers is not Slack",
  not_gitlab: "What answers is not GitLab",
  gave_up: "It was not taken for a day",
  could_not_render: "Causeway could not make the message",
  could_not_route: "Causeway could not decide the event",
  event_gone: "The event is no longer stored",
  messages_tab_disabled: "The app takes no direct messages",
  team_not_found: "The destination names a channel, not its id",
  no_such_subteam: "There is no such user group",
  message_not_found: "The message is gone",
  thread_not_found: "The message is gone",
  user_not_in_channel: "The person is not in the channel",
  gitlab_refused: "GitLab refused the issue",
  gitlab_token_missing: "GITLAB_API_TOKEN is not set",
  gitlab_token_refused: "GitLab does not take GITLAB_API_TOKEN",
  gitlab_insufficient_scope: "GITLAB_API_TOKEN lacks a scope",
  gitlab_forbidden: "GitLab does not let the token's owner make issues",
  gitlab_project_not_found: "GitLab shows no such project",
  gitlab_project_moved: "The GitLab project has moved",
  other: "It could not be sent",
  ...all(
    [
      "invalid_auth",
      "not_authed",
      "account_inactive",
      "token_revoked",
      "token_expired",
      "not_allowed_token_type",
    ],
    "Slack does not take the bot token",
  ),
  ...all(
    ["no_permission", "access_denied", "accesslimited", "ekm_access_denied"],
    "Slack does not let the app do this",
  ),
  ...all(
    ["no_service", "no_active_hooks", "no_service_id", "no_team", "team_disabled", "invalid_token"],
    "The webhook was revoked",
  ),
  ...all(
    ["user_not_found", "users_not_found", "user_disabled", "cannot_dm_bot", "user_not_visible"],
    "The person cannot be written to",
  ),
  ...all(
    ["action_prohibited", "posting_to_general_channel_denied", "cannot_reply_to_message"],
    "Slack restricts who may post there",
  ),
  ...all(
    [
      "invalid_blocks",
      "invalid_blocks_format",
      "msg_blocks_too_long",
      "msg_too_long",
      "no_text",
      "invalid_arguments",
      "invalid_payload",
      "too_many_attachments",
      "refused",
    ],
    "Slack refused the message as the rule writes it",
  ),
};

/** A cause in a few words; one that is not known is quoted. */
export function causeInWords(code: string): string {
  if (Object.hasOwn(WORDS, code)) return WORDS[code] ?? code;
  if (code.startsWith("restricted_action")) return "Slack restricts who may post there";
  const status = /^http_(\d+)$/.exec(code)?.[1];
  return status === undefined
    ? `The answer was “${code}”`
    : `The address answered with HTTP ${status}`;
}

function all(codes: string[], words: string): Record<string, string> {
  return Object.fromEntries(codes.map((code) => [code, words]));
}
