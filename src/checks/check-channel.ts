import { object, text } from "../json.ts";
import type { SlackApi } from "../slack/call-slack.ts";
import { askSlack } from "./ask-slack.ts";
import { checked, error, warning, type Busy, type Check, type Finding } from "./check.ts";

/** What a channel is for: the bot posts there, it hears what happens there, or somebody else posts. */
export type ChannelUse = "posts" | "hears" | "shows";

type Channel = {
  channelName: string | null;
  isMember: boolean;
  isArchived: boolean;
  isPrivate: boolean;
  isReadOnly: boolean;
  isShared: boolean;
  isAboutToBeShared: boolean;
};

const INVITE = "Type /invite @Causeway in the channel.";

/**
 * Whether a channel of Slack's can be used for what it is there for, and who reads it. `isConfidential`:
 * it may be told confidential events. A person's id is asked for as a person.
 *
 * @see https://docs.slack.dev/reference/methods/conversations.info
 */
export async function checkChannel(
  slack: SlackApi | null,
  id: string,
  use: ChannelUse,
  isConfidential = false,
): Promise<Check | Busy> {
  if (slack === null) return checked(id, {}, use === "shows" ? [] : [noToken()]);
  // Direct messages need a scope of their own (im:read), and hold no surprises.
  if (id.startsWith("D")) return checked(id, { isDirect: true }, []);
  if (/^[UW]/.test(id)) return await checkMember(slack, id);
  const said = await askSlack(slack, "conversations.info", { channel: id }, (answer) => {
    const channel = object(answer["channel"]);
    return {
      channelName: text(channel["name"]),
      isMember: channel["is_member"] === true,
      isArchived: channel["is_archived"] === true,
      isPrivate: channel["is_private"] === true,
      isReadOnly: channel["is_read_only"] === true,
      isShared: channel["is_ext_shared"] === true,
      isAboutToBeShared: channel["is_pending_ext_shared"] === true,
    };
  });
  switch (said.is) {
    case "busy":
      return said.busy;
    case "wrong":
      return checked(id, {}, [withUse(said.finding, use)]);
    case "known": {
      const mayPostAnywhere = said.scopes?.includes("chat:write.public") ?? true;
      return checked(id, said.value, [
        ...presence(said.value, use, mayPostAnywhere),
        ...readers(said.value, use, isConfidential),
      ]);
    }
  }
}

function presence(channel: Channel, use: ChannelUse, mayPostAnywhere: boolean): Finding[] {
  const name = named(channel);
  if (channel.isArchived) {
    const fix = "Unarchive it in Slack, or name another channel.";
    return [error("is_archived", `${name} is archived: nothing can be posted there.`, fix)];
  }
  const findings: Finding[] = [];
  if (use === "hears" && !channel.isMember) {
    const message = `The bot is not in ${name}, and Slack tells it only what happens where it is.`;
    findings.push(error("not_in_channel", message, INVITE));
  }
  if (use === "posts" && !channel.isMember && (channel.isPrivate || !mayPostAnywhere)) {
    const message = `The bot is not in ${name}, and may not post there.`;
    findings.push(error("not_in_channel", message, INVITE));
  }
  if (use !== "shows" && channel.isReadOnly) {
    const message = `In ${name} only some people may post.`;
    const fix = "Let the app post there (channel settings, Posting permissions), or name another.";
    findings.push(warning("read_only", message, fix));
  }
  return findings;
}

/** People of another company read what is posted. */
function readers(channel: Channel, use: ChannelUse, isConfidential: boolean): Finding[] {
  if (!channel.isShared && !channel.isAboutToBeShared) return [];
  const how = channel.isShared ? "is shared" : "is about to be shared";
  const message = `${named(channel)} ${how} with another company, which reads everything posted there.`;
  if (isConfidential) {
    const fix =
      "Take confidential: true off the destination, or name a channel of your own company.";
    return [error("shared_outside", `${message} Confidential events go there, too.`, fix)];
  }
  const what = use === "hears" ? "answers" : "notices";
  const fix = `Nothing, if the ${what} are meant for them. Else name a channel of your own company.`;
  return [warning("shared_outside", message, fix)];
}

async function checkMember(slack: SlackApi, id: string): Promise<Check | Busy> {
  const said = await askSlack(slack, "users.info", { user: id }, (answer) => {
    const user = object(answer["user"]);
    return { memberName: text(user["real_name"]), isDeactivated: user["deleted"] === true };
  });
  switch (said.is) {
    case "busy":
      return said.busy;
    case "wrong":
      return checked(id, {}, [said.finding]);
    case "known":
      return checked(
        id,
        said.value,
        said.value.isDeactivated
          ? [
              error(
                "user_disabled",
                `${said.value.memberName ?? id} has been deactivated in Slack.`,
                "Name somebody else.",
              ),
            ]
          : [],
      );
  }
}

/** What somebody else posts may well be in a channel that the bot does not see; and not seeing is not lacking. */
function withUse(finding: Finding, use: ChannelUse): Finding {
  if (finding.code === "missing_scope") {
    const message = `It cannot be looked at. ${finding.message}`;
    return { ...finding, severity: "warning", message };
  }
  return use === "shows" ? { ...finding, severity: "warning" } : finding;
}

function named({ channelName }: Channel): string {
  return channelName === null ? "The channel" : `#${channelName}`;
}

function noToken(): Finding {
  return error(
    "no_token",
    "SLACK_BOT_TOKEN is not set, and the bot posts and listens there.",
    "Set it: npx wrangler secret put SLACK_BOT_TOKEN.",
  );
}
