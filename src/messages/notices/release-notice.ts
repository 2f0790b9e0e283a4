import type { Event } from "../../event.ts";
import { own } from "../../json.ts";
import type { ReleaseDetails } from "../../gitlab/kinds/release.ts";
import { notice, type Notice } from "../notice.ts";
import { link, list, outwardLink, say } from "../phrase.ts";
import { facts } from "./facts.ts";
import { where } from "./where.ts";
import { spoken } from "./spoken.ts";

const DONE: Record<string, string> = {
  create: "is out",
  update: "was edited",
  delete: "was deleted",
};
const MAX_FILES = 4;

/** Releases, with their notes when they are new. */
export function releaseNotice(event: Event, details: ReleaseDetails): Notice {
  const done = own(DONE, event.action) ?? spoken(event.action);
  const isNew = event.action === "create";
  const { tag, tagUrl, links } = details;
  const files = links.slice(0, MAX_FILES).map(({ name, url }) => outwardLink(url, name));
  const more = links.length - files.length;
  return notice(
    say`Release ${link(event.url, event.title ?? "without a name")} ${done}${where(event)}`,
    {
      sign: isNew ? "package" : null,
      quote: isNew ? event.text : null,
      facts: facts(
        tag === null || tag === event.title ? null : say`tag ${link(tagUrl, tag)}`,
        isNew && files.length > 0 ? list(more > 0 ? [...files, say`${more} more`] : files) : null,
      ),
    },
  );
}
