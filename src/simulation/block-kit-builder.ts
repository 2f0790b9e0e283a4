import type { OutgoingContent } from "../slack/answer.ts";

/**
 * The address at which Slack shows a message's blocks, with an editor beside them; null: it has none.
 * What stands behind the # stays in the browser.
 *
 * @see https://docs.slack.dev/block-kit (its examples link there in this form)
 */
export function blockKitBuilder(content: OutgoingContent | null): string | null {
  if (content?.kind !== "message" || content.blocks === null) return null;
  const { blocks } = content;
  return `https://app.slack.com/block-kit-builder/#${encodeURIComponent(JSON.stringify({ blocks }))}`;
}
