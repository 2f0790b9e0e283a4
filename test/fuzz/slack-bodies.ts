import type { JsonObject } from "../../src/json.ts";
import { ENVELOPE, REACTION, SHORTCUT } from "../slack/bodies.ts";

/** One of each body of Slack's that Causeway reads. */
export const SLACK_BODIES: JsonObject[] = [
  ENVELOPE,
  { ...ENVELOPE, event: { ...REACTION, type: "reaction_removed" } },
  {
    ...ENVELOPE,
    event: {
      type: "member_joined_channel",
      user: "U123ABC456",
      channel: "C123ABC456",
      event_ts: "1360782804.083113",
    },
  },
  { ...ENVELOPE, event: { type: "message", channel: "C123ABC456", text: "Hello" } },
  { type: "app_rate_limited", team_id: "T123ABC456", minute_rate_limited: 1518467820 },
  { type: "url_verification", challenge: "challenge", token: "slack-token" },
  // Where the Worker may answer in tests.
  { ...SHORTCUT, response_url: "https://slack.test/app/T1/2/3" },
];
