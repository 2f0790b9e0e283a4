import type { Event } from "../../gitlab/event.ts";
import { link, say, type Phrase } from "../phrase.ts";

/** A kind of event, or what a note was written on, as people say it. */
const SPOKEN: Record<string, string> = { wiki_page: "wiki page" };

/** How GitLab writes a reference to something of this kind. */
const MARKS: Record<string, string> = { merge_request: "!", epic: "&", snippet: "$" };

/** "merge request" */
export function spoken(kind: string): string {
  return own(SPOKEN, kind) ?? kind.replaceAll("_", " ");
}

/** "#12 Its title", linked. */
export function titled(url: string | null, kind: string, iid: string | null, title: string | null) {
  const number = iid === null ? null : `${own(MARKS, kind) ?? "#"}${iid}`;
  return link(url, [number, title].filter((part) => part !== null).join(" ") || "without a title");
}

/** "issue #12 Its title", linked. */
export function subject(event: Event, word: string): Phrase {
  return say`${word} ${titled(event.url, event.kind, event.iid, event.title)}`;
}

function own(table: Record<string, string>, key: string): string | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
