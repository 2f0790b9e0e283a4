import { cleanText } from "../../slack/mrkdwn.ts";

/** A text that is to stand in a template as it is, whatever comes behind it. */
export function literal(text: string): string {
  return cleanText(text).replace(/\{(?=[{%]|$)/g, '{{ "{" }}');
}
