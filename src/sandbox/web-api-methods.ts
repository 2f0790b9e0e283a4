import { checkBlocks } from "./check-blocks.ts";
import { type Arguments, textOf } from "./read-arguments.ts";
import { BOT, TEAM } from "./support-team.ts";
import type { Channel, Message, Workspace } from "./workspace.ts";

type Call = { workspace: Workspace; args: Arguments; isJson: boolean; path: string };
type Answer = { ok: boolean } & Record<string, unknown>;
type Content = { text: string; blocks: unknown[] };

/** The bot scopes of Causeway's manifest, which every answer repeats in `x-oauth-scopes`. */
export const SCOPES =
  "chat:write,chat:write.public,channels:read,channels:history,groups:read,groups:history," +
  "im:write,reactions:read,reactions:write,users:read,users:read.email";

/** "chat.postMessage": text is cut at 40,000 characters, not refused. */
export const MAX_TEXT = 40_000;

/** "chat.update": longer text is `msg_too_long`. */
const MAX_UPDATE_TEXT = 4000;

/** Methods that only read may also be called with GET. */
export const READING_METHODS: ReadonlySet<string> = new Set([
  "auth.test",
  "chat.getPermalink",
  "conversations.info",
  "conversations.replies",
  "users.lookupByEmail",
]);

/** One function for each method; errors are those of the method's page on docs.slack.dev. */
export const METHODS: Record<string, (call: Call) => Answer> = {
  "auth.test": () => ({
    ok: true,
    url: "https://causeway-sandbox.slack.com/",
    team: TEAM.name,
    user: BOT.name,
    team_id: TEAM.id,
    user_id: BOT.user,
    bot_id: BOT.id,
    is_enterprise_install: false,
  }),

  "chat.postMessage": ({ workspace, args, path }) => {
    const channel = writable(workspace, textOf(args, "channel"));
    if ("ok" in channel) return channel;
    const content = contentOf(args);
    if ("ok" in content) return content;
    const thread = threadOf(workspace, channel, textOf(args, "thread_ts"));
    if (typeof thread === "object" && thread !== null) return thread;
    const message = workspace.post({
      via: "bot",
      path,
      channel: channel.id,
      poster: BOT.name,
      user: BOT.user,
      threadTs: thread,
      ...content,
    });
    return { ok: true, channel: channel.id, ts: message.ts, message: shown(message) };
  },

  "chat.update": ({ workspace, args }) => {
    const channel = writable(workspace, textOf(args, "channel"));
    if ("ok" in channel) return channel;
    const message = workspace.message(channel.id, textOf(args, "ts"));
    if (message === undefined || message.onlyFor !== null) return no("message_not_found");
    if (message.user !== BOT.user) return no("cant_update_message");
    if (Array.from(textOf(args, "text")).length > MAX_UPDATE_TEXT) return no("msg_too_long");
    // Text without blocks deletes the old blocks: what is not sent again is gone.
    const content = contentOf(args);
    if ("ok" in content) return content;
    workspace.update(message, content);
    const { ts, text } = message;
    return { ok: true, channel: channel.id, ts, text, message: shown(message) };
  },

  "chat.postEphemeral": ({ workspace, args, path }) => {
    const channel = writable(workspace, textOf(args, "channel"));
    if ("ok" in channel) return channel;
    const user = textOf(args, "user");
    if (!channel.members.includes(user)) return no("user_not_in_channel");
    const content = contentOf(args);
    if ("ok" in content) return content;
    const message = workspace.post({
      via: "bot",
      path,
      channel: channel.id,
      poster: BOT.name,
      user: BOT.user,
      threadTs: textOf(args, "thread_ts") || null,
      onlyFor: user,
      ...content,
    });
    return { ok: true, message_ts: message.ts };
  },

  "chat.getPermalink": ({ workspace, args }) => {
    const channel = workspace.channel(textOf(args, "channel"));
    if (channel === undefined) return no("channel_not_found");
    const ts = textOf(args, "message_ts");
    if (workspace.message(channel.id, ts) === undefined) return no("message_not_found");
    const permalink = `https://causeway-sandbox.slack.com/archives/${channel.id}/p${ts.replace(".", "")}`;
    return { ok: true, channel: channel.id, permalink };
  },

  "conversations.info": ({ workspace, args }) => {
    const channel = workspace.channel(textOf(args, "channel"));
    return channel === undefined
      ? no("channel_not_found")
      : { ok: true, channel: described(channel) };
  },

  "conversations.open": ({ workspace, args }) => {
    const [user = "", ...others] = textOf(args, "users").split(",");
    if (others.length > 0) return no("method_not_supported_for_channel_type");
    const channel = user.startsWith("U") ? workspace.channel(user) : undefined;
    return channel === undefined ? no("user_not_found") : { ok: true, channel: { id: channel.id } };
  },

  "conversations.replies": ({ workspace, args }) => {
    const channel = workspace.channel(textOf(args, "channel"));
    if (channel === undefined) return no("channel_not_found");
    if (channel.isPrivate && !channel.isMember) return no("channel_not_found");
    if (!channel.isMember) return no("not_in_channel");
    // "Either a thread's parent message or a message in the thread."
    const named = workspace.message(channel.id, textOf(args, "ts"));
    if (named === undefined || named.onlyFor !== null) return no("thread_not_found");
    const parentTs = named.threadTs ?? named.ts;
    const thread = workspace.messages
      .filter((each) => each.channel === channel.id && each.onlyFor === null)
      .filter((each) => each.ts === parentTs || each.threadTs === parentTs);
    const limit = Number(textOf(args, "limit")) || 1000;
    return {
      ok: true,
      messages: thread.slice(0, limit).map((message) => withThread(message, thread)),
      has_more: thread.length > limit,
    };
  },

  "reactions.add": ({ workspace, args }) => {
    const channel = workspace.channel(textOf(args, "channel"));
    if (channel === undefined) return no("channel_not_found");
    if (channel.isArchived) return no("is_archived");
    const name = textOf(args, "name");
    if (!/^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/.test(name)) return no("invalid_name");
    const message = workspace.message(channel.id, textOf(args, "timestamp"));
    if (message === undefined || message.onlyFor !== null) return no("message_not_found");
    if (message.reactions.includes(name)) return no("already_reacted");
    workspace.react(message, name);
    return { ok: true };
  },

  "users.lookupByEmail": ({ workspace, args, isJson }) => {
    // Its page does not say so, three projects do: this method wants a form or GET.
    if (isJson) return no("invalid_arguments");
    const email = textOf(args, "email").toLowerCase();
    const member = workspace.members.find((each) => email !== "" && each.email === email);
    if (member === undefined) return no("users_not_found");
    const { id, name, realName, isBot } = member;
    const profile = { email, real_name: realName };
    return {
      ok: true,
      user: { id, team_id: TEAM.id, name, real_name: realName, is_bot: isBot, profile },
    };
  },
};

function no(error: string, details: Record<string, unknown> = {}): Answer {
  return { ok: false, error, ...details };
}

/** The channel, or why the bot cannot write there. A private channel without the bot does not exist for it. */
function writable(workspace: Workspace, name: string): Channel | Answer {
  const channel = workspace.channel(name);
  if (channel === undefined || (channel.isPrivate && !channel.isMember))
    return no("channel_not_found");
  if (channel.isArchived) return no("is_archived");
  return channel.isMember ? channel : no("not_in_channel");
}

function contentOf(args: Arguments): Content | Answer {
  const text = textOf(args, "text");
  const blocks = args["blocks"] ?? [];
  if (typeof blocks === "string") return no("invalid_blocks_format");
  const errors = checkBlocks(blocks);
  if (errors.length > 0 || !Array.isArray(blocks)) {
    const messages = errors.map((error) => `[ERROR] ${error}`);
    return no("invalid_blocks", { errors, response_metadata: { messages } });
  }
  if (text === "" && blocks.length === 0) return no("no_text");
  return { text: Array.from(text).slice(0, MAX_TEXT).join(""), blocks };
}

/** The ts of the thread to post in, null for none. A reply's ts leads to its parent, as Slack does. */
function threadOf(workspace: Workspace, channel: Channel, ts: string): string | null | Answer {
  if (ts === "") return null;
  const parent = workspace.message(channel.id, ts);
  return parent === undefined ? no("thread_not_found") : (parent.threadTs ?? parent.ts);
}

/** A message as the API shows it. */
function shown(message: Message): Record<string, unknown> {
  const { ts, user, text, blocks, threadTs } = message;
  return {
    type: "message",
    ...(message.via === "bot" ? { bot_id: BOT.id, app_id: BOT.appId, team: TEAM.id } : {}),
    ...(message.via === "workflow" || message.via === "webhook" ? { subtype: "bot_message" } : {}),
    ...(user === "" ? {} : { user }),
    ts,
    text,
    ...(blocks.length > 0 ? { blocks } : {}),
    ...(threadTs === null ? {} : { thread_ts: threadTs }),
    ...(message.before.length > 0 ? { edited: { user, ts } } : {}),
  };
}

/** In a thread the parent carries its own ts as `thread_ts`, and the number of replies. */
function withThread(message: Message, thread: Message[]): Record<string, unknown> {
  if (message.threadTs !== null || thread.length < 2) return shown(message);
  return { ...shown(message), thread_ts: message.ts, reply_count: thread.length - 1 };
}

function described(channel: Channel): Record<string, unknown> {
  const isDirect = channel.id.startsWith("D");
  return {
    id: channel.id,
    name: channel.name,
    is_channel: !isDirect,
    is_im: isDirect,
    is_member: channel.isMember,
    is_archived: channel.isArchived,
    is_private: channel.isPrivate,
    is_ext_shared: false,
    is_read_only: false,
    is_thread_only: false,
    is_non_threadable: false,
    topic: { value: "" },
    purpose: { value: channel.purpose },
  };
}
