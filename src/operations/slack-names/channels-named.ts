import type { Env } from "../../env.ts";
import { readSettings } from "../../settings.ts";
import { slackApi } from "../../slack/call-slack.ts";
import { channelsToAskFor, knownChannelNames } from "./channel-names.ts";

/** What channels are called, by id, as far as it is known; `unknown`: those that Slack may still be asked for. */
export type ChannelsNamed = { names: Map<string, string>; unknown: string[] };

/** Looks up what these channels are called, without asking Slack: a page does not wait for that. */
export function channelsNamed(env: Env, ids: string[], now: number): ChannelsNamed {
  const each = [...new Set(ids)];
  const names = knownChannelNames(each, now);
  const asks = slackApi(env, readSettings(env)) !== null;
  return { names, unknown: asks ? channelsToAskFor(each, now) : [] };
}
