import type { Event } from "../../event.ts";
import { notice, type Notice } from "../notice.ts";
import { link, say } from "../phrase.ts";
import { facts } from "./facts.ts";
import { where } from "./where.ts";
import { who } from "./who.ts";
import { capital } from "../../words/capital.ts";
import { spoken } from "./spoken.ts";

/** What can be said of an event of a kind that is not known. */
export function unknownNotice(event: Event): Notice {
  const kind =
    event.kind === "unknown"
      ? "GitLab sent an event of an unknown kind"
      : capital(spoken(event.kind));
  const title = event.title ?? event.url;
  const about = title === null ? null : say`: ${link(event.url, title)}`;
  const done = event.kind === "unknown" ? null : say` ${spoken(event.action)}`;
  return notice(say`${kind}${done}${about}${where(event)}`, {
    quote: event.text,
    facts: facts(
      event.actor === null ? null : say`by ${who(event)}`,
      event.status === null ? null : say`status ${event.status}`,
      event.severity === null ? null : say`severity ${event.severity}`,
    ),
  });
}
