import type { Event } from "../../event.ts";
import type { RepositoryDetails } from "../../gitlab/kinds/repository.ts";
import { notice, type Notice } from "../notice.ts";
import { code, join, say } from "../phrase.ts";
import { facts } from "./facts.ts";
import { where } from "./where.ts";
import { who } from "./who.ts";

const MAX_REFS = 6;

/** A push of several branches and tags at once. */
export function repositoryNotice(event: Event, { refs }: RepositoryDetails): Notice {
  const shown = refs.slice(0, MAX_REFS).map(code);
  const more = refs.length - shown.length;
  return notice(say`${who(event)} pushed to the repository${where(event)}`, {
    facts: facts(join(more > 0 ? [...shown, say`${more} more`] : shown, " ")),
  });
}
