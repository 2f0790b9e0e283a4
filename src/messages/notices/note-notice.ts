import type { Event } from "../../event.ts";
import type { NoteDetails } from "../../gitlab/kinds/note.ts";
import { notice, type Notice } from "../notice.ts";
import { code, link, say, type Phrase } from "../phrase.ts";
import { facts } from "./facts.ts";
import { titled } from "./subject.ts";
import { where } from "./where.ts";
import { who } from "./who.ts";
import { spoken } from "./spoken.ts";

/** Comments, quoted. */
export function noteNotice(event: Event, details: NoteDetails): Notice {
  const did = event.action === "update" ? "edited a comment on" : "commented on";
  const { file, line } = details;
  return notice(say`${who(event)} ${did} ${about(event, details)}${where(event)}`, {
    quote: event.text,
    facts: facts(file === null ? null : code(line === null ? file : `${file}:${line}`)),
  });
}

function about(event: Event, { reference, issueType }: NoteDetails): Phrase {
  const on = event.on ?? "something";
  const word = issueType?.toLowerCase() ?? spoken(on);
  if (event.iid !== null) return say`${word} ${titled(event.url, on, event.iid, event.title)}`;
  const label = [on === "snippet" && reference !== null ? `$${reference}` : reference, event.title]
    .filter((part) => part !== null)
    .join(" ");
  return label === ""
    ? link(event.url, `a ${spoken(on)}`)
    : say`${spoken(on)} ${link(event.url, label)}`;
}
