import { askSlack } from "../../checks/ask-slack.ts";
import { field, text } from "../../json.ts";
import { keptForAWhile } from "../../kept-for-a-while.ts";
import type { SlackApi } from "../../slack/call-slack.ts";

/** What Slack was asked for; `wait`: seconds after which the others may be asked for, null: all were. */
export type AskedNames = { names: Map<string, string>; wait: number | null };

/** Names change rarely, and cost a question each. */
const FRESH_MS = 30 * 60_000;
const MAX_KEPT = 2_000;
/** Of one look: Slack allows some fifty questions a minute. */
const MAX_ASKED = 20;
const MAX_MS = 5_000;

/** In this isolate; null: Slack does not say. */
const kept = keptForAWhile<string | null>(FRESH_MS, MAX_KEPT);

/** The names of these channels, as far as they were asked for lately. */
export function knownChannelNames(ids: string[], now: number): Map<string, string> {
  return new Map(
    ids.flatMap((id): [string, string][] => {
      const name = kept.get(id, now)?.value ?? null;
      return name === null ? [] : [[id, name]];
    }),
  );
}

/** Those of these channels that Slack is to be asked for. */
export function channelsToAskFor(ids: string[], now: number): string[] {
  return ids.filter((id) => kept.get(id, now) === null);
}

/**
 * Asks Slack what channels are called, a few of them at a time.
 *
 * @see https://docs.slack.dev/reference/methods/conversations.info
 */
export async function askChannelNames(
  slack: SlackApi,
  ids: string[],
  now: () => number,
): Promise<AskedNames> {
  const until = now() + MAX_MS;
  let wait: number | null = null;
  let asked = 0;
  for (const channel of ids) {
    if (kept.get(channel, now()) !== null) continue;
    if (asked === MAX_ASKED || now() >= until) {
      wait = 1;
      break;
    }
    asked += 1;
    const said = await askSlack(slack, "conversations.info", { channel }, (answer) =>
      text(field(answer, "channel", "name")),
    );
    if (said.is === "busy") {
      wait = said.busy.retryAfterSeconds;
      break;
    }
    kept.keep(channel, said.is === "known" ? said.value : null, now());
    // It would say the same of all others.
    if (said.is === "wrong" && said.ofWorker) break;
  }
  return { names: knownChannelNames(ids, now()), wait };
}
