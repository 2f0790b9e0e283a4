import type { Bundle } from "../build/bundle-worker.ts";
import type { Target } from "../build/workerd-config.ts";

import { SECRET_TOKEN, SIGNING_TOKEN } from "../load/credentials.ts";
import { projectName } from "../load/event-number.ts";

export const ADMIN_TOKEN = "bench-admin-token";

const MESSAGE = "*{{ event.actor.name }}* opened {{ event.title }} {{ event.url }}";
/** So many other projects have a mapping and a destination of their own. */
export const PROJECTS = 100;

/** What is not as in a benchmark of one destination. */
type Other = {
  /** Where the Web API of Slack is (default: the sink). */
  slackApiUrl?: string;
  /** The destinations of the one rule, each with its limit. */
  to?: { names: string[]; limit: string };
  /** More documents in KV. */
  documents?: Record<string, unknown>;
};

export const SLACK_SIGNING_SECRET = "bench-slack-secret";

/** Causeway with one mapping of one rule and one destination, whose Slack is the sink. */
export function causewayTarget(
  bundle: Bundle,
  kvServer: Bundle,
  sinkPort: number,
  other: Other = {},
): Target {
  const slack = `http://127.0.0.1:${sinkPort}`;
  // `none`: the pace that Slack asks for would be all that is measured.
  const { names, limit } = other.to ?? { names: ["sink"], limit: "none" };
  return {
    bundle,
    texts: {
      GITLAB_SIGNING_TOKENS: SIGNING_TOKEN,
      GITLAB_SECRET_TOKENS: SECRET_TOKEN,
      HOOK_MASTER_SECRETS: "bench-master-secret",
      ADMIN_TOKEN,
      SLACK_BOT_TOKEN: "xoxb-bench",
      SLACK_SIGNING_SECRET,
      SLACK_API_URL: other.slackApiUrl ?? `${slack}/api/`,
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
              to: names,
              message: MESSAGE,
            },
          ],
        },
        ...Object.fromEntries(
          names.map((name) => [
            `destination/${name}`,
            { type: "webhook", url: `${slack}/services/T0/B0/X0`, limit },
          ]),
        ),
        ...projectDocuments(slack),
        ...other.documents,
      },
    },
  };
}

function projectDocuments(slack: string): Record<string, unknown> {
  const projects = Array.from({ length: PROJECTS }, (_, index) => projectName(index));
  return Object.fromEntries(
    projects.flatMap((name) => [
      [
        `mapping/gitlab/gitlab-com/support/dotcom/${name}`,
        { rules: [{ name: "All", on: "issue.open", to: name, message: MESSAGE }] },
      ],
      [
        `destination/${name}`,
        { type: "webhook", url: `${slack}/services/T0/B0/${name}`, limit: "none" },
      ],
    ]),
  );
}
