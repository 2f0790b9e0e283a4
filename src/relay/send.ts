import type { Env } from "../env.ts";
import { makeIssue } from "../gitlab/issues-api.ts";
import type { Target } from "../mappings/address.ts";
import type { Settings } from "../settings.ts";
import type { Answer, Blockage, Outgoing } from "../slack/answer.ts";
import { slackApi } from "../slack/call-slack.ts";
import { hookAddress } from "../slack/hook-address.ts";
import { deleteAsBot, sendAsBot } from "../slack/send-as-bot.ts";
import { sendToHook } from "../slack/send-to-hook.ts";

/** What is known of a send besides its content. */
export type Sending = {
  /** The delivery's id. */
  delivery: string;
  /** When an attempt whose answer was lost may have begun (ms); null: there was none. */
  doubtfulSince: number | null;
};

/** Sends to a target of any kind. Whatever happens comes back as an {@link Answer}. */
export async function send(
  target: Target,
  outgoing: Outgoing,
  { delivery, doubtfulSince }: Sending,
  env: Env,
  settings: Settings,
): Promise<Answer> {
  switch (target.type) {
    case "channel":
    case "thread":
    case "ephemeral":
    case "dm": {
      const slack = slackApi(env, settings);
      if (slack === null) return NO_BOT_TOKEN;
      if (outgoing.kind === "deletion") return await deleteAsBot(outgoing, slack);
      return outgoing.kind === "message"
        ? await sendAsBot(target, outgoing, delivery, slack)
        : unsuited(outgoing);
    }
    case "gitlab_issue": {
      const token = env.GITLAB_API_TOKEN?.trim();
      if (!token) return NO_GITLAB_TOKEN;
      return outgoing.kind === "issue"
        ? await makeIssue(outgoing.draft, { url: settings.gitlabUrl, token }, doubtfulSince)
        : unsuited(outgoing);
    }
    case "workflow":
    case "webhook": {
      const address = hookAddress(target.url, settings.hookOrigins, env);
      if (!address.ok) return blocked("configuration", address.code, address.said, address.fix);
      return outgoing.kind === "message" || outgoing.kind === "workflow"
        ? await sendToHook(address.url, outgoing, delivery)
        : unsuited(outgoing);
    }
  }
}

const NO_BOT_TOKEN = blocked(
  "auth",
  "bot_token_missing",
  "the Worker has no secret SLACK_BOT_TOKEN",
  "Set it to the app's bot token (xoxb-…): npx wrangler secret put SLACK_BOT_TOKEN.",
);

const NO_GITLAB_TOKEN = blocked(
  "auth",
  "gitlab_token_missing",
  "the Worker has no secret GITLAB_API_TOKEN",
  "Create an access token in GitLab with the scope api for the project: npx wrangler secret put GITLAB_API_TOKEN.",
);

/** What was made for another kind of target is made anew before it is sent: this is a bug's end. */
function unsuited({ kind }: Outgoing): Answer {
  return { outcome: "refused", status: null, said: `a ${kind} cannot be sent here` };
}

function blocked(cause: Blockage, code: string, said: string, fix: string): Answer {
  return { outcome: "blocked", cause, code, status: null, said, fix };
}
