import type { Bundle } from "../../../bench/build/bundle-worker.ts";
import type { Target } from "../../../bench/build/workerd-config.ts";
import { ADMIN_TOKEN } from "../../../bench/causeway/target.ts";
import { SIGNING_TOKEN } from "../../../bench/load/credentials.ts";
import { ALERTS } from "./configuration.ts";

/** Causeway bound to a scenario's Slack and KV. */
export function targetOf(bundle: Bundle, slack: string, kv: string): Target {
  return {
    bundle,
    texts: {
      GITLAB_SIGNING_TOKENS: SIGNING_TOKEN,
      ADMIN_TOKEN,
      SLACK_BOT_TOKEN: "xoxb-campaign",
      SLACK_API_URL: `${slack}/api/`,
      SLACK_HOOK_ORIGINS: slack,
      ALERTS_TO: ALERTS,
    },
    durableObject: { binding: "RELAY", className: "Relay" },
    kv: { binding: "MAPPINGS", address: kv },
  };
}
