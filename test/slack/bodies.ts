/** A reaction as Slack tells of it. */
export const REACTION = {
  type: "reaction_added",
  user: "U123ABC456",
  reaction: "thumbsup",
  item_user: "U222222222",
  item: { type: "message", channel: "C123ABC456", ts: "1360782400.498405" },
  event_ts: "1360782804.083113",
};

/** Slack's example: docs.slack.dev/reference/events/reaction_added */
export const ENVELOPE = {
  token: "XXYYZZ",
  team_id: "T123ABC456",
  api_app_id: "A123ABC456",
  event: REACTION,
  type: "event_callback",
  authorizations: [
    { enterprise_id: "E1", team_id: "T123ABC456", user_id: "U0CAUSEWAY", is_bot: true },
  ],
  event_id: "Ev123ABC456",
  event_time: 123456789,
};

/** A message shortcut. */
export const SHORTCUT = {
  type: "message_action",
  callback_id: "make_issue",
  team: { id: "T123ABC456", domain: "acme" },
  channel: { id: "C123ABC456", name: "general" },
  user: { id: "U123ABC456", name: "amina", team_id: "T123ABC456" },
  action_ts: "1360782804.083113",
  message_ts: "1360782400.498405",
  message: { type: "message", user: "U222222222", ts: "1360782400.498405", text: "Help" },
  trigger_id: "1.2.3",
  response_url: "https://hooks.slack.com/app/T1/2/3",
};
