import { own } from "../json.ts";

/** What stands for the bot; other destinations go by their names. */
const ANSWERED: Record<string, string> = {
  thread: "in the thread",
  ephemeral: "to that person only",
  dm: "in a direct message",
  gitlab_issue: "with a GitLab issue",
};

/** Where an answer goes, to go on with: "in the thread", "to oncall". A destination's name is in it as it is. */
export function answeredInWords(to: string): string {
  return own(ANSWERED, to) ?? `to ${to}`;
}
