import type { Env } from "../../env.ts";
import { readSettings } from "../../settings.ts";
import { slackApi } from "../../slack/call-slack.ts";
import { knownChannelNames, lacksChannelNames } from "./channel-names.ts";

/** What channels are called, by id, as far as it is known; `unknown`: those that Slack may still be asked for. */
export type ChannelsNamed = { names: Map<string, string>; unknown: string[] };

/** A page asks for so many at once. */
const MAX_ASKED = 20;

/** Looks up what these channels are called, without asking Slack: a page does not wait for that. */
export function channelsNamed(env: Env, ids: string[], now: number): ChannelsNamed {
  const each = [...new Set(ids)];
  const names = knownChannelNames(each, now);
  const asks = slackApi(env, readSettings(env)) !== null && lacksChannelNames(each, now);
  const unknown = asks ? each.filter((id) => !names.has(id)).slice(0, MAX_ASKED) : [];
  return { names, unknown };
}
