import type { Env } from "../env.ts";
import type { Destination } from "../mappings/schema.ts";
import type { Settings } from "../settings.ts";
import type { Answer, Blockage, Outgoing } from "./answer.ts";
import { hookAddress } from "./hook-address.ts";
import { sendToChannel } from "./send-to-channel.ts";
import { sendToHook } from "./send-to-hook.ts";

/** Sends to a destination of any kind. Whatever happens comes back as an {@link Answer}. */
export async function send(
  destination: Destination,
  outgoing: Outgoing,
  env: Env,
  settings: Settings,
): Promise<Answer> {
  switch (destination.type) {
    case "channel":
      return env.SLACK_BOT_TOKEN && outgoing.kind === "message"
        ? await sendToChannel(destination.channel, outgoing, {
            token: env.SLACK_BOT_TOKEN,
            apiUrl: settings.slackApiUrl,
          })
        : blocked(
            "auth",
            "bot_token_missing",
            "the Worker has no secret SLACK_BOT_TOKEN",
            "Set it to the app's bot token (xoxb-…): npx wrangler secret put SLACK_BOT_TOKEN.",
          );
    case "workflow":
    case "webhook": {
      const address = hookAddress(destination.url, settings.hookOrigins, env);
      return address.ok
        ? await sendToHook(address.url, outgoing)
        : blocked("configuration", address.code, address.said, address.fix);
    }
  }
}

function blocked(cause: Blockage, code: string, said: string, fix: string): Answer {
  return { outcome: "blocked", cause, code, status: null, said, fix };
}
