import type { Event, Person } from "../../event.ts";
import type { SlackDetails } from "../../slack/slack-details.ts";
import { notice, type Notice } from "../notice.ts";
import { bold, join, link, say, type Phrase } from "../phrase.ts";

/** What somebody did in a Slack channel, for those who are told elsewhere. */
export function slackNotice(event: Event, details: SlackDetails): Notice {
  const { message } = details;
  const quote = message?.text ?? null;
  const who = member(event.actor);
  const where = details.channel === null ? say`` : say` in ${channel(details)}`;
  switch (event.kind) {
    case "reaction":
    case "reaction_removed": {
      const emoji = details.emoji === null ? say`an emoji` : say`:${details.emoji}:`;
      const author = event.author === null ? say`` : say` by ${member(event.author)}`;
      const about = say`${link(event.url, "a message")}${author}${where}`;
      return event.kind === "reaction"
        ? notice(say`${who} reacted with ${emoji} to ${about}`, { quote })
        : notice(say`${who} took ${emoji} back from ${about}`, { quote });
    }
    case "member_joined":
      return notice(say`${who} joined ${channel(details)}`);
    case "shortcut":
      return notice(say`${who} used a shortcut on ${link(event.url, "a message")}${where}`, {
        quote,
      });
    default:
      return notice(join([say`Slack said ${event.type}`, where], ""));
  }
}

function member(person: Person | null): Phrase {
  return person === null ? say`Somebody` : bold(person.name ?? person.username ?? person.id ?? "");
}

function channel({ channel: found }: SlackDetails): Phrase {
  return found === null ? say`a channel` : say`#${found.name ?? found.id}`;
}
