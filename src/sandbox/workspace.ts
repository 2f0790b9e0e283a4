import { createFaults, type Faults } from "./faults.ts";
import { CHANNELS, INCOMING_WEBHOOKS, MEMBERS, TRIGGERS } from "./support-team.ts";

export type Channel = {
  id: string;
  name: string;
  purpose: string;
  isArchived: boolean;
  isPrivate: boolean;
  /** Whether the bot is in it. A public channel takes its messages all the same (`chat:write.public`). */
  isMember: boolean;
  members: string[];
};

export type Member = { id: string; name: string; realName: string; email: string; isBot: boolean };

/** A published workflow that starts from a webhook, and the message its one step posts. */
export type Trigger = {
  path: string;
  channel: string;
  workflow: string;
  variables: string[];
  template: string;
};

export type IncomingWebhook = { path: string; channel: string };

/** A message the workspace shows. `notes` say what a person should know about how it got there. */
export type Message = {
  at: string;
  via: "workflow" | "webhook" | "bot" | "person";
  path: string;
  channel: string;
  channelName: string;
  poster: string;
  user: string;
  ts: string;
  threadTs: string | null;
  text: string;
  blocks: unknown[];
  variables: Record<string, string> | null;
  template: string | null;
  /** The only user who sees it, when it is ephemeral. */
  onlyFor: string | null;
  reactions: string[];
  /** What it said before each `chat.update`, oldest first. */
  before: { at: string; text: string; blocks: unknown[] }[];
  notes: string[];
};

type Draft = Pick<Message, "via" | "path" | "channel" | "poster" | "text"> & Partial<Message>;

/** A request in the order it came, refused ones included. */
export type SeenRequest = {
  at: string;
  method: string;
  path: string;
  /** 0: the connection was cut. null: nothing was answered yet. */
  status: number | null;
  /** What Slack said was wrong: `error` of the body, or a plain-text body. */
  error: string | null;
  /** The fault that was set for it. */
  fault: string | null;
};

export type Snapshot = { messages: Message[]; requests: SeenRequest[] };

export type Workspace = {
  /** Everything accepted and still shown, in order. */
  readonly messages: Message[];
  readonly requests: SeenRequest[];
  readonly channels: Channel[];
  readonly members: Member[];
  readonly triggers: Trigger[];
  readonly webhooks: IncomingWebhook[];
  readonly faults: Faults;
  /** A channel by id, `#name` or name; a user's id finds the direct messages with that user. */
  channel: (idOrName: string) => Channel | undefined;
  message: (channel: string, ts: string) => Message | undefined;
  post: (draft: Draft) => Message;
  update: (message: Message, change: Pick<Message, "text" | "blocks">) => void;
  react: (message: Message, reaction: string) => void;
  /** Lists a request as it arrives; the function that comes back notes what it was answered. */
  arrived: (
    request: Pick<SeenRequest, "method" | "path" | "fault">,
  ) => (answer: Pick<SeenRequest, "status" | "error">) => void;
  forget: () => void;
  restore: (snapshot: Snapshot) => void;
  /** Calls `listener` after every change, until the returned function is called. */
  subscribe: (listener: () => void) => () => void;
};

/** Plenty for a page and a soak test, and it bounds the memory of a stand-in left running. */
const KEEP_REQUESTS = 1000;

/** An empty copy of the support team's workspace; what one holds, others do not see. */
export function createWorkspace(now: () => number = Date.now): Workspace {
  const messages: Message[] = [];
  const requests: SeenRequest[] = [];
  const listeners = new Set<() => void>();
  const channels = structuredClone([...CHANNELS]);
  const members = structuredClone([...MEMBERS]);
  const changed = () => listeners.forEach((listener) => listener());
  const at = () => new Date(now()).toISOString();
  let lastMicroseconds = 0;

  /** Slack's `ts` is the id of a message in its channel: seconds, and never the same one twice. */
  function nextTs() {
    lastMicroseconds = Math.max(lastMicroseconds + 1, Math.floor(now()) * 1000);
    return formatTs(lastMicroseconds);
  }

  function channel(idOrName: string) {
    const name = idOrName.replace(/^#/, "");
    const found = channels.find((each) => each.id === name || each.name === name);
    if (found !== undefined) return found;
    const member = members.find((each) => each.id === name && !each.isBot);
    if (member === undefined) return undefined;
    const direct = directMessages(member);
    const existing = channels.find((each) => each.id === direct.id);
    if (existing === undefined) channels.push(direct);
    return existing ?? direct;
  }

  return {
    messages,
    requests,
    channels,
    members,
    triggers: structuredClone([...TRIGGERS]),
    webhooks: structuredClone([...INCOMING_WEBHOOKS]),
    faults: createFaults(changed),
    channel,
    message: (id, ts) => messages.find((each) => each.channel === id && each.ts === ts),
    post(draft) {
      const message: Message = {
        user: "",
        threadTs: null,
        blocks: [],
        variables: null,
        template: null,
        onlyFor: null,
        reactions: [],
        before: [],
        notes: [],
        ...draft,
        at: at(),
        channelName: channel(draft.channel)?.name ?? draft.channel,
        ts: nextTs(),
      };
      messages.push(message);
      changed();
      return message;
    },
    update(message, change) {
      message.before.push({ at: at(), text: message.text, blocks: message.blocks });
      Object.assign(message, change);
      changed();
    },
    react(message, reaction) {
      message.reactions.push(reaction);
      changed();
    },
    arrived(request) {
      const seen: SeenRequest = { at: at(), ...request, status: null, error: null };
      requests.push(seen);
      if (requests.length > KEEP_REQUESTS) requests.shift();
      changed();
      return (answer) => {
        Object.assign(seen, answer);
        changed();
      };
    },
    forget() {
      messages.length = 0;
      requests.length = 0;
      changed();
    },
    restore(snapshot) {
      messages.splice(0, messages.length, ...snapshot.messages);
      requests.splice(0, requests.length, ...snapshot.requests);
      for (const { channel: id } of messages) channel(id.replace(/^D/, "U"));
      lastMicroseconds = Math.max(0, ...messages.map((message) => parseTs(message.ts)));
      changed();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function directMessages(member: Member): Channel {
  return {
    id: member.id.replace(/^U/, "D"),
    name: member.name,
    purpose: `Direct messages from the bot to ${member.realName}`,
    isArchived: false,
    isPrivate: true,
    isMember: true,
    members: [member.id],
  };
}

function formatTs(microseconds: number): string {
  const digits = String(microseconds).padStart(7, "0");
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

function parseTs(ts: string): number {
  return Number(ts.replace(".", ""));
}
