import { createFaults, type Faults } from "./faults.ts";
import {
  BOT,
  BOT_SCOPES,
  CHANNELS,
  INCOMING_WEBHOOKS,
  MEMBERS,
  TRIGGERS,
  USER_GROUPS,
} from "./support-team.ts";

export type Channel = {
  id: string;
  name: string;
  purpose: string;
  isArchived: boolean;
  isPrivate: boolean;
  /** Slack Connect: people of another company are in it, or are invited. */
  isExtShared?: boolean;
  isPendingExtShared?: boolean;
  /** Only some people may post. */
  isReadOnly?: boolean;
  /** Whether the bot is in it. A public channel takes its messages all the same (`chat:write.public`). */
  isMember: boolean;
  members: string[];
};

export type Member = {
  id: string;
  name: string;
  realName: string;
  email: string;
  isBot: boolean;
  /** Deactivated: Slack keeps the account, which is in no channel and gets no message. */
  isDeleted: boolean;
  isGuest: boolean;
};

export type UserGroup = { id: string; handle: string; users: string[] };

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
  reactions: { name: string; users: string[] }[];
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
  /** What the workspace sent to the app, in order. */
  readonly outgoing: SeenRequest[];
  readonly channels: Channel[];
  readonly members: Member[];
  readonly userGroups: UserGroup[];
  /** What the bot token may do. */
  readonly scopes: Set<string>;
  readonly triggers: Trigger[];
  readonly webhooks: IncomingWebhook[];
  readonly faults: Faults;
  now: () => number;
  /** A channel by id, `#name` or name; a user's id finds the direct messages with that user. */
  channel: (idOrName: string) => Channel | undefined;
  /** A member by id or name. */
  member: (idOrName: string) => Member | undefined;
  isIn: (channel: Channel, user: string) => boolean;
  join: (channel: Channel, user: string) => boolean;
  leave: (channel: Channel, user: string) => void;
  message: (channel: string, ts: string) => Message | undefined;
  post: (draft: Draft) => Message;
  update: (message: Message, change: Pick<Message, "text" | "blocks">) => void;
  remove: (message: Message) => void;
  /** Whether that changed anything: a second same reaction of one person does not. */
  react: (message: Message, user: string, name: string) => boolean;
  unreact: (message: Message, user: string, name: string) => boolean;
  /** Lists a request as it arrives; the function that comes back notes what it was answered. */
  arrived: (
    request: Pick<SeenRequest, "method" | "path" | "fault">,
  ) => (answer: Pick<SeenRequest, "status" | "error">) => void;
  /** The same for a request that leaves for the app. */
  left: (path: string) => (answer: Pick<SeenRequest, "status" | "error">) => void;
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
  const outgoing: SeenRequest[] = [];
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

  function note(list: SeenRequest[], request: Pick<SeenRequest, "method" | "path" | "fault">) {
    const seen: SeenRequest = { at: at(), ...request, status: null, error: null };
    list.push(seen);
    if (list.length > KEEP_REQUESTS) list.shift();
    changed();
    return (answer: Pick<SeenRequest, "status" | "error">) => {
      Object.assign(seen, answer);
      changed();
    };
  }

  const member = (idOrName: string) =>
    members.find((each) => each.id === idOrName || each.name === idOrName);
  const isIn = ({ members: ids }: Channel, user: string) =>
    ids.includes(user) && member(user)?.isDeleted === false;

  function channel(idOrName: string) {
    const name = idOrName.replace(/^#/, "");
    const found = channels.find((each) => each.id === name || each.name === name);
    if (found !== undefined) return found;
    const person = members.find((each) => each.id === name && !each.isBot);
    if (person === undefined) return undefined;
    const direct = directMessages(person);
    const existing = channels.find((each) => each.id === direct.id);
    if (existing === undefined) channels.push(direct);
    return existing ?? direct;
  }

  return {
    messages,
    requests,
    outgoing,
    channels,
    members,
    userGroups: structuredClone([...USER_GROUPS]),
    scopes: new Set(BOT_SCOPES),
    triggers: structuredClone([...TRIGGERS]),
    webhooks: structuredClone([...INCOMING_WEBHOOKS]),
    faults: createFaults(changed),
    now,
    channel,
    member,
    isIn,
    join(where, user) {
      if (isIn(where, user) || member(user)?.isDeleted !== false) return false;
      where.members.push(user);
      if (user === BOT.user) where.isMember = true;
      changed();
      return true;
    },
    leave(where, user) {
      where.members = where.members.filter((each) => each !== user);
      if (user === BOT.user) where.isMember = false;
      changed();
    },
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
    remove(message) {
      messages.splice(messages.indexOf(message), 1);
      changed();
    },
    react(message, user, name) {
      const users = message.reactions.find((each) => each.name === name)?.users;
      if (users?.includes(user) === true) return false;
      if (users === undefined) message.reactions.push({ name, users: [user] });
      else users.push(user);
      changed();
      return true;
    },
    unreact(message, user, name) {
      const reaction = message.reactions.find((each) => each.name === name);
      if (reaction?.users.includes(user) !== true) return false;
      reaction.users = reaction.users.filter((each) => each !== user);
      message.reactions = message.reactions.filter(({ users }) => users.length > 0);
      changed();
      return true;
    },
    arrived: (request) => note(requests, request),
    left: (path) => note(outgoing, { method: "POST", path, fault: null }),
    forget() {
      messages.length = 0;
      requests.length = 0;
      outgoing.length = 0;
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

/** A time as Slack writes it: seconds with six digits behind the point. */
export function formatTs(microseconds: number): string {
  const digits = String(microseconds).padStart(7, "0");
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

function parseTs(ts: string): number {
  return Number(ts.replace(".", ""));
}
