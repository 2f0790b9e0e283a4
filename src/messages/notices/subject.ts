import type { Event } from "../../event.ts";
import { own } from "../../json.ts";
import { link, say, type Phrase } from "../phrase.ts";

/** How GitLab writes a reference to something of this kind. */
const MARKS: Record<string, string> = { merge_request: "!", epic: "&", snippet: "$" };

/** "#12 Its title", linked. */
export function titled(url: string | null, kind: string, iid: string | null, title: string | null) {
  const number = iid === null ? null : `${own(MARKS, kind) ?? "#"}${iid}`;
  return link(url, [number, title].filter((part) => part !== null).join(" ") || "without a title");
}

/** "issue #12 Its title", linked. */
export function subject(event: Event, word: string): Phrase {
  return say`${word} ${titled(event.url, event.kind, event.iid, event.title)}`;
}
