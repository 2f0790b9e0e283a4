import type { Env } from "../env.ts";
import { readSettings } from "../settings.ts";
import { FactFinder } from "../slack/fact-finder.ts";
import { slackApi } from "../slack/call-slack.ts";
import { whyNot } from "./why-not.ts";

/** A slash command as somebody typed it. */
export type Command = { text: string; channel: string; user: string };

const HELP = [
  "`/causeway why <address of an issue or merge request>`: what became of it, rule by rule",
  "`/causeway rules`: what this channel receives, and what is answered in it",
].join("\n");

/** Answers `/causeway …`, as mrkdwn for the person who asked. */
export async function answerCommand(env: Env, { text, channel, user }: Command): Promise<string> {
  const [word = "", rest = ""] = text.trim().split(/\s+(.*)/s);
  switch (word.toLowerCase()) {
    case "why": {
      const refusal = await refusalFor(env, user);
      // Slack writes an address between angle brackets, with a label behind a bar.
      return refusal ?? (await whyNot(env, rest.replace(/^<([^|>]*).*$/s, "$1").trim()));
    }
    case "rules": {
      // Here, for it brings everything that reads mappings with it, which webhooks do without.
      const { channelRules } = await import("./channel-rules.ts");
      return await channelRules(env.MAPPINGS, channel);
    }
    case "":
    case "help":
      return HELP;
    default:
      return `There is no \`/causeway ${word.replace(/[`<>&]/g, "")}\`.\n${HELP}`;
  }
}

/** Guests see some channels only: what became of an issue is not for them. Null: the person may ask. */
async function refusalFor(env: Env, user: string): Promise<string | null> {
  const finder = new FactFinder({
    slack: slackApi(env, readSettings(env)),
    lacks: () => undefined,
    has: () => undefined,
  });
  const full = await finder.isFullMember(user, Date.now());
  if (full.is === "later") {
    return "Slack does not answer Causeway just now, so it cannot tell whether you may ask. Please ask again in a minute.";
  }
  if (full.is === "unknown") return `Causeway cannot tell whether you may ask. ${full.why}`;
  return full.value ? null : "Only full members of this workspace can ask that.";
}
