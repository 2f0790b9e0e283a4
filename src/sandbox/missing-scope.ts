import { type Arguments, textOf } from "./read-arguments.ts";
import type { Channel, Workspace } from "./workspace.ts";

type Kind = "public" | "private" | "direct";

/** The bot scope on each method's page; where a method serves several kinds of channel, one for each kind. */
const NEEDED: Record<string, string | Record<Kind, string>> = {
  "chat.delete": "chat:write",
  "chat.postEphemeral": "chat:write",
  "chat.postMessage": "chat:write",
  "chat.update": "chat:write",
  "conversations.info": { public: "channels:read", private: "groups:read", direct: "im:read" },
  "conversations.open": "im:write",
  "conversations.replies": {
    public: "channels:history",
    private: "groups:history",
    direct: "im:history",
  },
  "reactions.add": "reactions:write",
  "usergroups.users.list": "usergroups:read",
  "users.info": "users:read",
  "users.list": "users:read",
  "users.lookupByEmail": "users:read.email",
};

/** The scope that this call needs and the bot token does not have. */
export function missingScope(
  workspace: Workspace,
  method: string,
  args: Arguments,
): string | undefined {
  const scope = Object.hasOwn(NEEDED, method) ? NEEDED[method] : undefined;
  const needed =
    typeof scope === "object" ? scope[kindOf(workspace.channel(textOf(args, "channel")))] : scope;
  return needed === undefined || workspace.scopes.has(needed) ? undefined : needed;
}

function kindOf(channel: Channel | undefined): Kind {
  if (channel?.id.startsWith("D") === true) return "direct";
  return channel?.isPrivate === true ? "private" : "public";
}
