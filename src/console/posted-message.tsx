import type { OutgoingContent } from "../slack/answer.ts";
import { renderMessage } from "../slack-look/render-message.ts";
import type { Names } from "../slack-look/render-mrkdwn.ts";

type PostedMessageProps = {
  content: Extract<OutgoingContent, { kind: "message" }>;
  /** What Slack's ids are called. */
  names: Names;
  /** Whose eyes it is for; absent: everybody in the channel sees it. */
  onlyFor?: string | undefined;
};

/** A message as Causeway posts it, in Slack's look. */
export function PostedMessage({ content, names, onlyFor }: PostedMessageProps) {
  return renderMessage(
    { text: content.text, blocks: content.blocks ?? [] },
    { poster: "Causeway", badge: "App", names, ...(onlyFor === undefined ? {} : { onlyFor }) },
  );
}
