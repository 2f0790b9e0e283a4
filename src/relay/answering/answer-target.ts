import type { Event } from "../../event.ts";
import { addressName } from "../../mappings/address.ts";
import type { CompiledRule } from "../../mappings/compile-mapping.ts";
import type { SlackDetails } from "../../slack/slack-details.ts";

/** The name of the target that a rule's destination is for an event; null: there is nothing it could be. */
export function answerTarget(
  destination: string,
  { slack }: Pick<CompiledRule, "slack">,
  { actor }: Pick<Event, "actor">,
  { channel, message }: Pick<SlackDetails, "channel" | "message">,
): string | null {
  const user = actor?.id ?? null;
  switch (destination) {
    case "thread":
      return channel === null || message === null
        ? null
        : addressName({ type: "thread", channel: channel.id });
    case "ephemeral":
      return channel === null || user === null
        ? null
        : addressName({ type: "ephemeral", channel: channel.id, user });
    case "dm":
      return user === null ? null : addressName({ type: "dm", user });
    case "gitlab_issue":
      return message === null || slack?.issue == null
        ? null
        : addressName({ type: "gitlab_issue", project: slack.issue.project });
    default:
      return destination;
  }
}
