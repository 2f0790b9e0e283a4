import type { Channel, IncomingWebhook, Member, Trigger, UserGroup } from "./workspace.ts";

/** The ids of the workspace the stand-in plays, and of the app whose bot token calls it. */
export const TEAM = {
  id: "T0CAUSEWAY",
  name: "Causeway sandbox",
  domain: "causeway-sandbox",
} as const;
export const BOT = {
  id: "B0CAUSEWAY",
  appId: "A0CAUSEWAY",
  user: "U0CAUSEWAY",
  name: "causeway",
} as const;

/** The bot scopes that Causeway may be given; its manifest names those that it asks for. */
export const BOT_SCOPES =
  "chat:write chat:write.public channels:history channels:read commands groups:history groups:read im:history im:read im:write reactions:read reactions:write usergroups:read users:read users:read.email".split(
    " ",
  );

/** The people of the workspace; one of them is the bot. */
export const MEMBERS: readonly Member[] = [
  { ...person(BOT.user, BOT.name, "Causeway"), email: "", isBot: true },
  person("U0000000001", "amina", "Amina Diallo"),
  person("U0000000002", "bruno", "Bruno Keller"),
  person("U0000000003", "chen", "Chen Wei"),
];

/** The members of a group, by whom an on-call rota is kept. */
export const USER_GROUPS: readonly UserGroup[] = [
  { id: "S0000000001", handle: "support-managers", users: ["U0000000001", "U0000000002"] },
];

/** Channels the support team's public handbook names, and one for Causeway's own alerts. */
export const CHANNELS: readonly Channel[] = [
  channel(1, "support_gitlab-com", "GitLab.com support for other teams"),
  channel(2, "support_licensing-subscription", "Licences, renewals and subscriptions"),
  channel(3, "support_escalations", "Tickets that need a manager"),
  channel(4, "support_self-managed", "Self-managed support for other teams"),
  channel(5, "causeway-alerts", "What Causeway cannot put right by itself"),
];

/** Workflow Builder webhook triggers. The zeros stand where Slack has a secret. */
export const TRIGGERS: readonly Trigger[] = [
  {
    path: `/triggers/${TEAM.id}/4100000000001/${zeros(32, 1)}`,
    channel: "C0000000001",
    workflow: "CMOC handover",
    variables: ["title", "url", "author", "project"],
    template: "*New CMOC handover*\n{{title}}\n{{url}}\n_{{author}} in {{project}}_",
  },
  {
    path: `/triggers/${TEAM.id}/4100000000002/${zeros(32, 2)}`,
    channel: "C0000000002",
    workflow: "Internal requests",
    variables: ["title", "url", "actor", "labels"],
    template: "*New internal request*\n{{title}}\n{{url}}\n_{{actor}}_ · `{{labels}}`",
  },
  {
    // Legacy Workflow Builder's four segments: the shape still occurs in old configuration.
    path: `/workflows/${TEAM.id}/A0LEGACY/4100000000003/${zeros(24, 3)}`,
    channel: "C0000000003",
    workflow: "Escalation (legacy)",
    variables: ["title", "url"],
    template: "*Escalated*\n{{title}}\n{{url}}",
  },
];

/** One incoming webhook for each channel. */
export const INCOMING_WEBHOOKS: readonly IncomingWebhook[] = CHANNELS.map(({ id }, index) => ({
  path: `/services/${TEAM.id}/B000000000${index + 1}/${zeros(24, index + 1)}`,
  channel: id,
}));

function channel(number: number, name: string, purpose: string): Channel {
  return {
    id: `C000000000${number}`,
    name,
    purpose,
    isArchived: false,
    isPrivate: false,
    isMember: true,
    members: MEMBERS.map((member) => member.id),
  };
}

function person(id: string, name: string, realName: string): Member {
  const email = `${name}@example.com`;
  return { id, name, realName, email, isBot: false, isDeleted: false, isGuest: false };
}

function zeros(length: number, last: number): string {
  return String(last).padStart(length, "0");
}
