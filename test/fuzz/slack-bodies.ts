import type { JsonObject } from "../../src/json.ts";

const REACTION = {
  type: "reaction_added",
  user: "U0000000001",
  reaction: "thumbsup",
  item_user: "U0000000002",
  item: { type: "message", channel: "C0000000001", ts: "1360782400.498405" },
  event_ts: "1360782804.083113",
};

const ENVELOPE = {
  token: "slack-token",
  team_id: "T0CAUSEWAY",
  api_app_id: "A0CAUSEWAY",
  type: "event_callback",
  authorizations: [
    { enterprise_id: null, team_id: "T0CAUSEWAY", user_id: "U0CAUSEWAY", is_bot: true },
  ],
  event_id: "Ev0000000001",
  event_time: 1360782804,
};

/** One of each body of Slack's that Causeway reads. */
export const SLACK_BODIES: JsonObject[] = [
  { ...ENVELOPE, event: REACTION },
  { ...ENVELOPE, event: { ...REACTION, type: "reaction_removed" } },
  {
    ...ENVELOPE,
    event: {
      type: "member_joined_channel",
      user: "U0000000001",
      channel: "C0000000001",
      event_ts: "1360782804.083113",
    },
  },
  { ...ENVELOPE, event: { type: "message", channel: "C0000000001", text: "Hello" } },
  { type: "app_rate_limited", team_id: "T0CAUSEWAY", minute_rate_limited: 1518467820 },
  { type: "url_verification", challenge: "challenge", token: "slack-token" },
  {
    type: "message_action",
    token: "slack-token",
    callback_id: "issue",
    team: { id: "T0CAUSEWAY", domain: "acme" },
    channel: { id: "C0000000001", name: "general" },
    user: { id: "U0000000001", name: "amina", team_id: "T0CAUSEWAY" },
    action_ts: "1360782804.083113",
    message_ts: "1360782400.498405",
    message: { type: "message", user: "U0000000002", ts: "1360782400.498405", text: "Help" },
    trigger_id: "1.2.3",
    response_url: "https://slack.test/app/T1/2/3",
  },
];
