import { isBookkeeping, type Changes } from "../../gitlab/changes.ts";
import type { Event } from "../../event.ts";
import { notice, type Notice } from "../notice.ts";
import { say, type Phrase } from "../phrase.ts";
import { changesSaid } from "./changes.ts";
import { where } from "./where.ts";
import { who } from "./who.ts";

/** An update of an issue or merge request: what says most in the first words, the rest as facts. */
export function updateNotice(event: Event, about: Phrase, changes: Changes): Notice {
  const [first, ...others] = changesSaid(event, changes);
  if (first !== undefined) {
    return notice(say`${who(event)} ${first.of(about)}${where(event)}`, {
      facts: others.map(({ fact }) => fact),
    });
  }
  const fields = event.changed.filter((name) => !isBookkeeping(name));
  return notice(say`${who(event)} updated ${about}${where(event)}`, {
    facts: fields.length === 0 ? [] : [say`changed: ${fields.join(", ").replaceAll("_", " ")}`],
  });
}
