import { cleanText } from "./mrkdwn.ts";

/**
 * Foreign text for a variable of a Slack workflow: text as it is, without entities, because the
 * workflow inserts it verbatim; what could open a mention or a forged link is taken apart.
 *
 * @see https://docs.slack.dev/messaging/formatting-message-text (mentions and links)
 */
export function plainText(text: string): string {
  return cleanText(text)
    .replace(/<(?=[!@#]|https?:|mailto:|tel:)/gi, "‹")
    .replace(/@(?=(channel|here|everyone)\b)/gi, "@\u200b");
}
