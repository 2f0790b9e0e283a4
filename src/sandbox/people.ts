import { type AppRequests, failureOf, randomId, SENDER } from "./app-requests.ts";
import type { ResponseUrls } from "./response-urls.ts";
import { BOT, TEAM } from "./support-team.ts";
import { isJsonObject } from "./read-arguments.ts";
import { readContent } from "./read-content.ts";
import { showMessage } from "./show-message.ts";
import { type Channel, formatTs, type Member, type Message, type Workspace } from "./workspace.ts";

/**
 * What people do in the workspace, and what Slack then tells the app. People and channels go by id or name; one that is not
 * there is an exception.
 */
export type People = {
  say: (user: string, channel: string, text: string, threadTs?: string) => Message;
  /** Resolves when the app has answered for good (after retries); null when nothing was sent. */
  react: (user: string, message: Message, emoji: string) => Promise<Response | null>;
  unreact: (user: string, message: Message, emoji: string) => Promise<Response | null>;
  join: (user: string, channel: string) => Promise<Response | null>;
  useShortcut: (user: string, message: Message, callbackId: string) => Promise<Response | null>;
  /** Sends `/causeway <text>`; a JSON or text reply is posted as an ephemeral message of the bot to that user. */
  command: (user: string, channel: string, text: string) => Promise<Response | null>;
  leave: (user: string, channel: string) => void;
};

export function createPeople(
  workspace: Workspace,
  requests: AppRequests,
  responseUrls: ResponseUrls,
): People {
  const now = () => formatTs(Math.floor(workspace.now()) * 1000);

  function person(idOrName: string): Member {
    const found = workspace.member(idOrName);
    if (found === undefined || found.isDeleted) throw new Error(`There is no user "${idOrName}".`);
    return found;
  }

  function channelNamed(idOrName: string): Channel {
    const found = workspace.channel(idOrName);
    if (found === undefined) throw new Error(`There is no channel "${idOrName}".`);
    return found;
  }

  /** An app hears only of channels that its bot is in, and only what its scopes are for. */
  async function tell(
    event: Record<string, unknown>,
    channel: Channel,
    scope: string,
  ): Promise<Response | null> {
    if (!channel.isMember || !workspace.scopes.has(scope)) return null;
    return await requests.event({ ...event, event_ts: now() });
  }

  async function reacted(
    type: "reaction_added" | "reaction_removed",
    user: string,
    message: Message,
    reaction: string,
  ): Promise<Response | null> {
    const { channel, ts, user: author } = message;
    const event = {
      type,
      user,
      reaction,
      // "reaction_added": absent for a message that no user wrote, such as an incoming webhook's.
      ...(author === "" ? {} : { item_user: author }),
      item: { type: "message", channel, ts },
    };
    return await tell(event, channelNamed(channel), "reactions:read");
  }

  /** Slackbot's words when a command or shortcut comes to nothing. */
  function apologise(user: Member, channel: Channel, what: string, answer: Response): void {
    const error = failureOf(answer) === "http_timeout" ? "operation_timeout" : "dispatch_failed";
    const text = `${what} failed with the error "${error}"`;
    const to = { channel: channel.id, onlyFor: user.id };
    workspace.post({ via: "bot", path: "", poster: "Slackbot", text, ...to });
  }

  return {
    say(user, channel, text, threadTs) {
      const { id, realName } = person(user);
      return workspace.post({
        via: "person",
        path: "",
        channel: channelNamed(channel).id,
        poster: realName,
        user: id,
        text,
        threadTs: threadTs ?? null,
      });
    },

    async react(user, message, emoji) {
      const { id } = person(user);
      if (message.onlyFor !== null || !workspace.react(message, id, emoji)) return null;
      return await reacted("reaction_added", id, message, emoji);
    },

    async unreact(user, message, emoji) {
      const { id } = person(user);
      if (!workspace.unreact(message, id, emoji)) return null;
      return await reacted("reaction_removed", id, message, emoji);
    },

    async join(user, name) {
      const { id } = person(user);
      const channel = channelNamed(name);
      if (!workspace.join(channel, id)) return null;
      const event = {
        type: "member_joined_channel",
        user: id,
        channel: channel.id,
        channel_type: channel.isPrivate ? "G" : "C",
        team: TEAM.id,
      };
      return await tell(event, channel, channel.isPrivate ? "groups:read" : "channels:read");
    },

    async useShortcut(name, message, callbackId) {
      const user = person(name);
      const channel = channelNamed(message.channel);
      if (!workspace.scopes.has("commands")) return null;
      const answer = await requests.interaction({
        type: "message_action",
        ...SENDER,
        action_ts: now(),
        team: { id: TEAM.id, domain: TEAM.domain },
        user: { id: user.id, username: user.name, team_id: TEAM.id, name: user.name },
        channel: {
          id: channel.id,
          name: channel.id.startsWith("D") ? "directmessage" : channel.name,
        },
        is_enterprise_install: false,
        enterprise: null,
        callback_id: callbackId,
        trigger_id: `${randomId()}.${randomId()}`,
        response_url: responseUrls.open("app", channel.id, user.id),
        message_ts: message.ts,
        message: showMessage(workspace, message),
      });
      if (answer?.ok === false) apologise(user, channel, `The shortcut "${callbackId}"`, answer);
      return answer;
    },

    async command(name, channelName, text) {
      const user = person(name);
      const channel = channelNamed(channelName);
      if (!workspace.scopes.has("commands")) return null;
      const answer = await requests.command({
        ...SENDER,
        team_id: TEAM.id,
        team_domain: TEAM.domain,
        channel_id: channel.id,
        channel_name: channel.id.startsWith("D") ? "directmessage" : channel.name,
        user_id: user.id,
        user_name: user.name,
        command: "/causeway",
        text,
        is_enterprise_install: "false",
        response_url: responseUrls.open("commands", channel.id, user.id),
        trigger_id: `${randomId()}.${randomId()}`,
      });
      if (answer?.ok === true) await postReply(user, channel, answer.clone());
      else if (answer !== null) apologise(user, channel, "/causeway", answer);
      return answer;
    },

    leave(user, channel) {
      workspace.leave(channelNamed(channel), person(user).id);
    },
  };

  /** "Implementing slash commands": the reply is in the body, as text or JSON; an empty one says nothing. */
  async function postReply(user: Member, channel: Channel, answer: Response): Promise<void> {
    const isJson = answer.headers.get("content-type")?.startsWith("application/json") === true;
    const body: unknown = isJson
      ? await answer.json().catch(() => null)
      : { text: await answer.text() };
    if (!isJsonObject(body)) return;
    const content = readContent(body);
    if ("ok" in content) return;
    workspace.post({
      via: "bot",
      path: "/causeway",
      channel: channel.id,
      poster: BOT.name,
      user: BOT.user,
      onlyFor: body["response_type"] === "in_channel" ? null : user.id,
      ...content,
    });
  }
}
