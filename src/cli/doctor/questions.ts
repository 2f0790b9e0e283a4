import { DESTINATIONS } from "../../mappings/destination-key.ts";

/** A document, as far as the doctor goes by it; `draft`: what it says, when that is not published yet. */
export type Document = { key: string; draft: { json: unknown } | null };

/** The headings that answers stand under, in this order. */
export const GROUPS = ["Worker", "Slack", "Destinations", "Channels with answers"] as const;

/** One thing to look at: under which heading, and how the Worker is asked. */
export type Question = {
  group: (typeof GROUPS)[number];
  path: string;
  request: { method?: string; body?: unknown };
};

const CHANNEL = /^mapping\/slack\/([CDGUW][A-Z0-9]{2,})$/;

/** Everything that is to be looked at, given the documents that there are. */
export function questions(documents: Document[]): Question[] {
  const of = (group: Question["group"], path: string, request: Question["request"] = {}) => ({
    group,
    path: `/checks/${path}`,
    request,
  });
  return [
    of("Worker", "settings"),
    of("Worker", "kv"),
    of("Worker", "delivery"),
    of("Slack", "slack"),
    ...documents.flatMap(({ key, draft }) => {
      if (!key.startsWith(DESTINATIONS)) return [];
      const path = `destinations/${encodeURIComponent(key.slice(DESTINATIONS.length))}`;
      return [of("Destinations", path, draft === null ? {} : { method: "POST", body: draft.json })];
    }),
    ...documents.flatMap(({ key }) => {
      const channel = CHANNEL.exec(key)?.[1];
      return channel === undefined
        ? []
        : [of("Channels with answers", `channels/${channel}?use=hears`)];
    }),
  ];
}
