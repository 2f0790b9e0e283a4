import type { Reading } from "../../event.ts";
import { object, text, type JsonObject } from "../../json.ts";

export type WikiPageDetails = {
  of: "wiki_page";
  /** What the author said of the change. */
  message: string | null;
  diffUrl: string | null;
};

/**
 * Wiki pages. `text` is the whole page; the message is missing on some updates.
 *
 * @see https://docs.gitlab.com/user/project/integrations/webhook_events/#wiki-page-events
 */
export function wikiPageEvent(payload: JsonObject): Reading {
  const attributes = object(payload["object_attributes"]);
  const slug = text(attributes["slug"]);
  return {
    title: text(attributes["title"]) ?? slug,
    url: text(attributes["url"]),
    text: text(attributes["content"]),
    at: null,
    subject: slug === null ? null : `wiki_page ${slug}`,
    details: {
      of: "wiki_page",
      message: text(attributes["message"]),
      diffUrl: text(attributes["diff_url"]),
    },
  };
}
