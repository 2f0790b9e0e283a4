import type { EmojiDetails } from "../../gitlab/kinds/emoji.ts";
import type { Event } from "../../event.ts";
import { notice, type Notice } from "../notice.ts";
import { code, say, sign, type Phrase } from "../phrase.ts";
import { titled } from "./subject.ts";
import { where } from "./where.ts";
import { who } from "./who.ts";
import { spoken } from "./spoken.ts";

/** Emoji on issues, merge requests and comments. */
export function emojiNotice(event: Event, details: EmojiDetails): Notice {
  const on = event.on ?? "comment";
  const thing = say`${spoken(on)} ${titled(event.url, on, event.iid, event.title)}`;
  const about = details.onComment && event.on !== null ? say`a comment on ${thing}` : thing;
  const did =
    event.action === "revoke"
      ? say`took ${emojiSaid(details)} back from ${about}`
      : say`reacted with ${emojiSaid(details)} to ${about}`;
  return notice(say`${who(event)} ${did}${where(event)}`, {
    quote: details.onComment ? event.text : null,
  });
}

function emojiSaid({ emoji }: EmojiDetails): Phrase {
  if (emoji === null) return say`an emoji`;
  return /^[a-z0-9_+-]{1,60}$/.test(emoji) ? say`${sign(emoji)}${code(emoji)}` : code(emoji);
}
