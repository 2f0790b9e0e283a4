import type { People } from "./people.ts";
import { type Arguments, textOf } from "./read-arguments.ts";
import { readContent } from "./read-content.ts";
import { showMessage } from "./show-message.ts";
import { BOT, TEAM } from "./support-team.ts";
import type { Channel, Member, Message, Workspace } from "./workspace.ts";

type Call = {
  workspace: Workspace;
  people: People;
  args: Arguments;
  isJson: boolean;
  path: string;
};
type Answer = { ok: boolean } & Record<string, unknown>;

/** What an emoji may be called, with a skin tone or without. */
export const EMOJI_NAME = /^[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?$/;

/** "chat.update": longer text is `msg_too_long`. */
const MAX_UPDATE_TEXT = 4000;

/** Methods that only read may also be called with GET. */
export const READING_METHODS: ReadonlySet<string> = new Set([
  "auth.test",
  "chat.getPermalink",
  "conversations.info",
  "conversations.replies",
  "usergroups.users.list",
  "users.info",
  "users.list",
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
    // Its page lists no word for a deactivated member; channel_not_found is what it says of a DM that cannot be.
    if (directPartner(workspace, channel)?.isDeleted === true) return no("channel_not_found");
    const content = readContent(args);
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
    return {
      ok: true,
      channel: channel.id,
      ts: message.ts,
      message: showMessage(workspace, message),
    };
  },

  "chat.update": ({ workspace, args }) => {
    const channel = writable(workspace, textOf(args, "channel"));
    if ("ok" in channel) return channel;
    const message = workspace.message(channel.id, textOf(args, "ts"));
    if (message === undefined || message.onlyFor !== null) return no("message_not_found");
    if (message.user !== BOT.user) return no("cant_update_message");
    if (Array.from(textOf(args, "text")).length > MAX_UPDATE_TEXT) return no("msg_too_long");
    // Text without blocks deletes the old blocks: what is not sent again is gone.
    const content = readContent(args);
    if ("ok" in content) return content;
    workspace.update(message, content);
    const { ts, text } = message;
    return { ok: true, channel: channel.id, ts, text, message: showMessage(workspace, message) };
  },

  "chat.delete": ({ workspace, args }) => {
    const channel = workspace.channel(textOf(args, "channel"));
    if (channel === undefined) return no("channel_not_found");
    const message = workspace.message(channel.id, textOf(args, "ts"));
    if (message === undefined || message.onlyFor !== null) return no("message_not_found");
    if (message.user !== BOT.user) return no("cant_delete_message");
    workspace.remove(message);
    return { ok: true, channel: channel.id, ts: message.ts };
  },

  "chat.postEphemeral": ({ workspace, args, path }) => {
    const channel = writable(workspace, textOf(args, "channel"));
    if ("ok" in channel) return channel;
    const user = textOf(args, "user");
    if (!workspace.isIn(channel, user)) return no("user_not_in_channel");
    const content = readContent(args);
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
    if (channel === undefined || (channel.isPrivate && !channel.isMember))
      return no("channel_not_found");
    return { ok: true, channel: described(channel) };
  },

  "conversations.open": ({ workspace, args }) => {
    const [user = "", ...others] = textOf(args, "users").split(",");
    if (others.length > 0) return no("method_not_supported_for_channel_type");
    // "conversations.open", errors: user_disabled, "A specified user has been disabled."
    if (workspace.member(user)?.isDeleted === true) return no("user_disabled");
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
      // The parent leads every page, whatever the range: seen by several clients, on no page.
      .filter(
        (each) => each.ts === parentTs || (each.threadTs === parentTs && inRange(each, args)),
      );
    const limit = Number(textOf(args, "limit")) || 1000;
    return {
      ok: true,
      messages: thread.slice(0, limit).map((message) => showMessage(workspace, message)),
      has_more: thread.length > limit,
    };
  },

  "reactions.add": ({ workspace, people, args }) => {
    const channel = workspace.channel(textOf(args, "channel"));
    if (channel === undefined) return no("channel_not_found");
    if (channel.isArchived) return no("is_archived");
    const name = textOf(args, "name");
    if (!EMOJI_NAME.test(name)) return no("invalid_name");
    const message = workspace.message(channel.id, textOf(args, "timestamp"));
    if (message === undefined || message.onlyFor !== null) return no("message_not_found");
    const users = message.reactions.find((each) => each.name === name)?.users;
    if (users?.includes(BOT.user) === true) return no("already_reacted");
    // Slack answers first; the event of the app's own reaction comes when it comes.
    void people.react(BOT.user, message, name);
    return { ok: true };
  },

  "usergroups.users.list": ({ workspace, args }) => {
    const group = workspace.userGroups.find(({ id }) => id === textOf(args, "usergroup"));
    if (group === undefined) return no("no_such_subteam");
    return {
      ok: true,
      users: group.users.filter((id) => workspace.member(id)?.isDeleted === false),
    };
  },

  "users.info": ({ workspace, args }) => {
    const member = workspace.members.find(({ id }) => id === textOf(args, "user"));
    return member === undefined ? no("user_not_found") : { ok: true, user: profile(member) };
  },

  "users.list": ({ workspace, args }) => {
    const start = Number(textOf(args, "cursor")) || 0;
    const end = start + (Number(textOf(args, "limit")) || workspace.members.length);
    const next = end < workspace.members.length ? String(end) : "";
    const members = workspace.members.slice(start, end).map(profile);
    return { ok: true, members, response_metadata: { next_cursor: next } };
  },

  "users.lookupByEmail": ({ workspace, args, isJson }) => {
    // Its page does not say so, three projects do: this method wants a form or GET.
    if (isJson) return no("invalid_arguments");
    const email = textOf(args, "email").toLowerCase();
    const member = workspace.members.find((each) => email !== "" && each.email === email);
    if (member === undefined || member.isDeleted) return no("users_not_found");
    return { ok: true, user: profile(member) };
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

/** The person at the other end of the bot's direct messages. */
function directPartner(workspace: Workspace, channel: Channel): Member | undefined {
  return channel.id.startsWith("D")
    ? workspace.members.find(({ id }) => channel.members.includes(id))
    : undefined;
}

/** "conversations.replies": `oldest` and `latest` themselves are in only with `inclusive`. */
function inRange({ ts }: Message, args: Arguments): boolean {
  const oldest = textOf(args, "oldest") || "0";
  const latest = textOf(args, "latest") || "Infinity";
  const isInclusive = ["true", "1"].includes(textOf(args, "inclusive"));
  if (isInclusive && (ts === oldest || ts === latest)) return true;
  return Number(ts) > Number(oldest) && Number(ts) < Number(latest);
}

/** The ts of the thread to post in, null for none. A reply's ts leads to its parent, as Slack does. */
function threadOf(workspace: Workspace, channel: Channel, ts: string): string | null | Answer {
  if (ts === "") return null;
  const parent = workspace.message(channel.id, ts);
  return parent === undefined ? no("thread_not_found") : (parent.threadTs ?? parent.ts);
}

function profile({ id, name, realName, email, isBot, isDeleted, isGuest }: Member): unknown {
  return {
    id,
    team_id: TEAM.id,
    name,
    real_name: realName,
    deleted: isDeleted,
    is_bot: isBot,
    is_restricted: isGuest,
    is_ultra_restricted: false,
    profile: { email, real_name: realName, display_name: name },
  };
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
    is_shared: channel.isExtShared ?? false,
    is_org_shared: false,
    is_ext_shared: channel.isExtShared ?? false,
    is_pending_ext_shared: channel.isPendingExtShared ?? false,
    pending_shared: [],
    is_read_only: channel.isReadOnly ?? false,
    is_thread_only: false,
    is_non_threadable: false,
    topic: { value: "" },
    purpose: { value: channel.purpose },
  };
}
