import { readSettings } from "../../src/settings.ts";
import { slackApi, type SlackApi } from "../../src/slack/call-slack.ts";
import type { Env } from "../../src/env.ts";

/** Slack's Web API, to ask it something; null: there is no bot token. */
export function slackOf(env: Env): SlackApi | null {
  return slackApi(env, readSettings(env));
}
