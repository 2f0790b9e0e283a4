import { SLACK_MAPPINGS } from "../../mappings/mapping-keys.ts";
import type { Env } from "../../env.ts";
import { readPublished, type Readings } from "../publishing/read-published.ts";
import { channelAnswers, type ChannelAnswers } from "./channel-answers.ts";
import { reactionMatrix, type ReactionMatrix } from "./reaction-matrix.ts";

/** What was read before, in this isolate. */
const readings: Readings<ChannelAnswers> = new Map();

/**
 * What the published mappings of Slack's channels answer; `problem`: why an edit in KV may be missing.
 */
export async function readReactions(
  env: Env,
): Promise<{ matrix: ReactionMatrix; problem: string | null }> {
  const { items, problem } = await readPublished(env, [SLACK_MAPPINGS], readings, channelAnswers);
  const documents = items.map(({ key, by, at, reading }) => ({
    channel: key.slice(SLACK_MAPPINGS.length),
    key,
    by,
    at,
    reading,
  }));
  return { matrix: reactionMatrix(documents), problem };
}
