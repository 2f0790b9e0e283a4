import type { Bundle } from "../build/bundle-worker.ts";
import type { Target } from "../build/workerd-config.ts";

import { SECRET_TOKEN, SIGNING_TOKEN } from "../load/credentials.ts";

export const ADMIN_TOKEN = "bench-admin-token";

/** Causeway with one mapping of one rule and one destination, whose Slack is the sink. */
export function causewayTarget(bundle: Bundle, kvServer: Bundle, sinkPort: number): Target {
  const slack = `http://127.0.0.1:${sinkPort}`;
  return {
    bundle,
    texts: {
      GITLAB_SIGNING_TOKENS: SIGNING_TOKEN,
      GITLAB_SECRET_TOKENS: SECRET_TOKEN,
      HOOK_MASTER_SECRETS: "bench-master-secret",
      ADMIN_TOKEN,
      SLACK_BOT_TOKEN: "xoxb-bench",
      SLACK_SIGNING_SECRET: "bench-slack-secret",
      SLACK_API_URL: `${slack}/api/`,
      SLACK_HOOK_ORIGINS: slack,
      GITLAB_URL: "https://gitlab.example.com",
      RETENTION_DAYS: "7",
      ALERTS_TO: "",
      ACCESS_TEAM_DOMAIN: "",
      ACCESS_AUD: "",
    },
    durableObject: { binding: "RELAY", className: "Relay" },
    kv: {
      binding: "MAPPINGS",
      server: kvServer,
      documents: {
        "mapping/gitlab/gitlab-com/support/dotcom/cmoc-handover": {
          rules: [
            {
              name: "All",
              on: "issue.open",
              to: "sink",
              message: "*{{ event.actor.name }}* opened {{ event.title }} {{ event.url }}",
            },
          ],
        },
        // `limit: none`: the pace that Slack asks for would be all that is measured.
        "destination/sink": {
          type: "webhook",
          url: `${slack}/services/T0/B0/X0`,
          limit: "none",
        },
      },
    },
  };
}
