import type { Names } from "../../slack-look/render-mrkdwn.ts";
import { knownChannelNames } from "./channel-names.ts";

const CHANNEL = /\b[CDG][A-Z0-9]{8,}\b/g;

/** What the channels that messages mention are called, as far as Slack was asked lately (`now` in ms). */
export function slackNames(contents: unknown[], now: number): Names {
  const ids = JSON.stringify(contents).match(CHANNEL) ?? [];
  const known = knownChannelNames([...new Set(ids)], now);
  return (id) => known.get(id);
}
