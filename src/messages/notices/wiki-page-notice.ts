import type { Event } from "../../event.ts";
import { own } from "../../json.ts";
import type { WikiPageDetails } from "../../gitlab/kinds/wiki-page.ts";
import { notice, type Notice } from "../notice.ts";
import { link, say } from "../phrase.ts";
import { facts } from "./facts.ts";
import { where } from "./where.ts";
import { who } from "./who.ts";
import { spoken } from "./spoken.ts";

const DONE: Record<string, string> = { create: "created", update: "edited", delete: "deleted" };

/** What GitLab writes when the author says nothing. */
const BY_ITSELF = /^(create|update|delete)( page)? \S+$/i;

/** Wiki pages: the page and, where there is one, what its author said of the change. */
export function wikiPageNotice(event: Event, { message, diffUrl }: WikiPageDetails): Notice {
  const done = own(DONE, event.action) ?? spoken(event.action);
  const page = link(event.action === "delete" ? null : event.url, event.title ?? "without a title");
  return notice(say`${who(event)} ${done} wiki page ${page}${where(event)}`, {
    facts: facts(
      message === null || BY_ITSELF.test(message) ? null : say`${message}`,
      diffUrl === null || event.action !== "update" ? null : link(diffUrl, "what changed"),
    ),
  });
}
