import { isReservedDestination } from "./address.ts";

/** Where a rule posts to: a destination's name as it is; of what stands for the bot, where it answers. */
export function toInWords(name: string): string {
  if (!isReservedDestination(name)) return name;
  switch (name) {
    case "thread":
      return "the message's thread";
    case "ephemeral":
      return "whoever did it, unseen by others";
    case "dm":
      return "whoever did it, directly";
    case "gitlab_issue":
      return "a new issue in GitLab";
  }
}
