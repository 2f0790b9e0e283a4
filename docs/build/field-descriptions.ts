/**
 * What editors show for each field, by its place in a document. They are kept here, and not with the
 * schema, because the Worker loads that.
 */
export const FIELD_DESCRIPTIONS: Record<string, Record<string, string>> = {
  mapping: {
    inherit:
      "false: the mappings of the groups above, and mapping/…/*, do not apply here. Default: true.",
    rules:
      "Read from top to bottom. An event reaches a destination once: by the first rule that matches and names it.",
    "rules[].name": "How everything refers to the rule. 1 to 200 characters, unique in this file.",
    "rules[].on":
      "What has to happen: a type, or a list of which any will do. Globs are allowed: merge_request.*",
    "rules[].when": "Conditions, all of which must hold. Without them every such event is told.",
    "rules[].when.labels":
      "The labels that it has. Globs are allowed; upper and lower case are the same.",
    "rules[].when.labels_added":
      "The labels that this event put on; when something is opened, all of them.",
    "rules[].when.labels_removed": "The labels that this event took off.",
    "rules[].when.actor": "Who did it, by username or name.",
    "rules[].when.author": "Who wrote it, by username or name.",
    "rules[].when.assignee": "Who is assigned, by username or name.",
    "rules[].when.reviewer": "Who is asked to review, by username or name.",
    "rules[].when.branch": "The branch or tag; of a merge request its source branch.",
    "rules[].when.status":
      "The status of a pipeline, job or deployment; opened or closed for others.",
    "rules[].when.stage": "The stage of a job; of a pipeline the stages in which a job failed.",
    "rules[].when.source": "What started a pipeline: push, schedule, merge_request_event …",
    "rules[].when.severity": "Of an incident or vulnerability: critical, high …",
    "rules[].when.environment": "Of a deployment or job.",
    "rules[].when.milestone": "The title of the milestone of an issue or merge request.",
    "rules[].when.noteable": "What was commented on: issue, merge_request, commit, snippet …",
    "rules[].when.project": "The path of the project: my-group/my-project.",
    "rules[].when.changed": "Names of the fields that an update changed: labels, due_date …",
    "rules[].when.confidential":
      "Whether the event is confidential. Such events reach destinations with confidential: true only.",
    "rules[].when.if":
      "A CEL expression over event and payload, for what the fields cannot say: event.issue.weight >= 3",
    "rules[].to": "The name of a destination, or a list of them: destination/<name>.yaml.",
    "rules[].message":
      "What is said in channels and by incoming webhooks, as a Liquid template. Default: the message of the kind.",
    "rules[].message.text": "The message, and the notification, as a Liquid template.",
    "rules[].message.blocks": "Block Kit, 1 to 50 blocks. Every text in them is a Liquid template.",
    "rules[].message.blocks[].type": "The type of the block: section, context, divider …",
    "rules[].style": "How the default message looks: card, or compact for one line. Default: card.",
    "rules[].variables":
      "For workflows: what each variable is filled with, as Liquid templates. At most 20. Others have a default by their name.",
    "rules[].enabled": "false switches the rule off. Default: true.",
    "rules[].mode": "shadow records what would have been sent, and sends nothing. Default: live.",
  },
  slack: {
    "rules[].on":
      "What has to happen: reaction.<emoji>, reaction_removed.<emoji>, member_joined or shortcut.<callback id>; or a list of which any will do.",
    "rules[].when.actor": "Who reacted, joined or used the shortcut, by username or name.",
    "rules[].when.author": "Who wrote the message, by username or name.",
    "rules[].when.if": 'A CEL expression over event and payload: event.text.glob("*urgent*")',
    "rules[].to":
      "Where the answer goes: thread, ephemeral (only who asked sees it), dm, gitlab_issue, or the name of a destination; or a list.",
    "rules[].message":
      "What is answered, as a Liquid template. Needed with thread, ephemeral and dm.",
    "rules[].who": "Who may ask: anyone, bots, or ids of members (U…) and user groups (S…).",
    "rules[].who.any": "Any of these.",
    "rules[].who.not": "None of these.",
    "rules[].once":
      "One answer for each message, for each user and message, or never: each time. The default depends on where it goes.",
    "rules[].cooldown": "How long the rule keeps quiet after an answer: 30s, 10m, 2h, 1d.",
    "rules[].undo":
      "true: whoever takes the reaction back within 10 minutes takes the answer back. Default: false.",
    "rules[].issue": "The GitLab issue that is made of the message. Needed with to: gitlab_issue.",
    "rules[].issue.project": "The path of the project that it is made in: my-group/my-project.",
    "rules[].issue.title": "A Liquid template. Default: the first line of the message.",
    "rules[].issue.description":
      "A Liquid template, in GitLab's Markdown. Default: the message, quoted.",
    "rules[].issue.labels": "At most 20 labels, each a Liquid template.",
    "rules[].issue.confidential":
      "false: everybody who sees the project may read it. Default: true.",
  },
  destination: {
    type: "workflow (Workflow Builder, started from a webhook), channel (by the bot) or webhook (an incoming webhook).",
    url: "secret:NAME, the name of a Worker secret that holds the address. The address itself is a password: whoever reads it can post.",
    variables:
      "The variables that the workflow declares in Slack, at most 20. All of them are always sent.",
    channel:
      "A channel's id, such as C0123456789 (in Slack: channel details, at the bottom), or a person's; not a name. Of a workflow or webhook: where it posts, for people who ask.",
    limit:
      "How many messages may start in a second, minute or hour: 10/minute. Default: 10/minute for workflows, 1/second for others, which is what Slack allows.",
    confidential: "true: confidential events may be told there. Default: false.",
  },
  person: {
    slack:
      "The person's member id, such as U0123456789 (in Slack: the profile, ⋮, Copy member ID).",
  },
};
