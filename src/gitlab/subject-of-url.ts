import { own } from "../json.ts";

/** What an address of GitLab's leads to, as events name their subject. */
export type UrlSubject = { path: string; subject: string };

const ADDRESS = /https?:\/\/[^\s<>|"'`)\]]+/g;
const MAX_URLS = 10;

/** An incident's address is an issue's with a word between: `/-/issues/incident/12`. */
const OBJECT = /^\/(?:groups\/)?(.+?)\/-\/(\w+)\/(?:incident\/)?(\d{1,12})(?:\/|$)/;

/** What stands in an address behind `/-/`, and the word that subjects have for it. */
const KINDS: Record<string, string> = {
  issues: "issue",
  work_items: "issue",
  incidents: "issue",
  epics: "issue",
  merge_requests: "merge_request",
};

/**
 * The issue, work item, epic or merge request that an address leads to: `path` is its project's or
 * group's, `subject` what its events have in `subject`. Null: it leads to none.
 */
export function subjectOfUrl(url: string): UrlSubject | null {
  const pathname = URL.parse(url)?.pathname ?? "";
  const [, full = "", word = "", iid = ""] = OBJECT.exec(pathname) ?? [];
  const kind = own(KINDS, word);
  if (kind === undefined) return null;
  const path = decode(full);
  return path === null ? null : { path, subject: `${path.toLowerCase()} ${kind} ${iid}` };
}

/** The web addresses in a text, each once. */
export function urlsIn(text: string): string[] {
  const found = Array.from(text.matchAll(ADDRESS), ([url]) =>
    url.replace(/(?<![.,;:!?])[.,;:!?]+$/, ""),
  );
  return [...new Set(found)].slice(0, MAX_URLS);
}

function decode(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
