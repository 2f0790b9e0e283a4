import { BOT, TEAM } from "./support-team.ts";
import type { Message, Workspace } from "./workspace.ts";

/** A message as Slack's API and its requests show it. */
export function showMessage(workspace: Workspace, message: Message): Record<string, unknown> {
  const { ts, user, text, blocks, threadTs, reactions } = message;
  const replies = workspace.messages.filter(
    (each) => each.channel === message.channel && each.threadTs === ts && each.onlyFor === null,
  ).length;
  return {
    type: "message",
    ...author(message),
    ...(user === "" ? {} : { user }),
    ts,
    text,
    ...(blocks.length > 0 ? { blocks } : {}),
    ...(threadTs === null ? {} : { thread_ts: threadTs }),
    // In a thread the parent carries its own ts as `thread_ts`.
    ...(replies > 0 ? { thread_ts: ts, reply_count: replies } : {}),
    ...(reactions.length > 0
      ? { reactions: reactions.map((each) => ({ ...each, count: each.users.length })) }
      : {}),
    ...(message.before.length > 0 ? { edited: { user, ts } } : {}),
  };
}

function author({ via }: Message): Record<string, unknown> {
  switch (via) {
    case "bot":
      return { bot_id: BOT.id, app_id: BOT.appId, team: TEAM.id };
    case "workflow":
      return { subtype: "bot_message", bot_id: "B0WORKFLOW" };
    case "webhook":
      return { subtype: "bot_message", bot_id: "B0WEBHOOK" };
    case "person":
      return { team: TEAM.id };
  }
}
