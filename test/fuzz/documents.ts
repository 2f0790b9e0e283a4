import type { JsonObject } from "../../src/json.ts";

/** A GitLab mapping that has every word there is. */
export const GITLAB_MAPPING: JsonObject = {
  inherit: true,
  rules: [
    {
      name: "Everything",
      on: ["issue.open", "merge_request.*", "note.create"],
      when: {
        labels: { any: ["License*", "SM Renewals"], all: "*", none: ["Duplicate"], not: "x?y" },
        actor: { not: ["*bot*"] },
        author: "*",
        branch: ["main", "release/*"],
        confidential: false,
        if: "event.issue.weight >= 3 || event.labels.exists(l, l.glob('a*'))",
      },
      to: ["support", "archive"],
      variables: { title: "{{ event.title }}", count: 3, yes: true },
      message: {
        text: "*{{ event.actor.name }}*: {{ event.link }}",
        blocks: [
          { type: "section", text: { type: "mrkdwn", text: "{{ event.text | markdown: 200 }}" } },
          { type: "context", elements: [{ type: "plain_text", text: "{{ event.id }}" }] },
        ],
      },
      style: "compact",
      enabled: true,
      mode: "shadow",
    },
    { name: "Short", on: "*", to: "support" },
  ],
};

/** A Slack mapping that has every word there is. */
export const SLACK_MAPPING: JsonObject = {
  rules: [
    {
      name: "Escalation",
      on: ["reaction.escalate", "reaction.:eyes:"],
      when: { actor: { not: "*bot*" }, author: "a*", if: "event.message.text != null" },
      to: "thread",
      message: "{{ event.author | mention | default: 'Hello' }}, please wait.",
      who: { any: ["U0123456789", "S0123456789"], not: "bots" },
      once: "message",
      cooldown: "10m",
      undo: true,
    },
    {
      name: "Issue",
      on: "shortcut.issue",
      to: "gitlab_issue",
      issue: {
        project: "acme/widgets",
        title: "{{ event.title }}",
        description: "{{ event.message.text }}",
        labels: ["from-slack", "{{ event.channel.name }}"],
        confidential: true,
      },
    },
    { name: "Welcome", on: "member_joined", to: "dm", message: "Welcome", who: "anyone" },
  ],
};

export const DESTINATIONS: JsonObject[] = [
  {
    type: "workflow",
    url: "secret:SUPPORT_URL",
    variables: ["title", "url"],
    channel: "C0123456789",
    limit: "10/minute",
    confidential: true,
  },
  { type: "channel", channel: "C0123456789", limit: "none" },
  { type: "webhook", url: "https://slack.test/services/T0/B0/1", limit: "1/second" },
];

export const PERSON: JsonObject = { slack: "U0123456789" };
