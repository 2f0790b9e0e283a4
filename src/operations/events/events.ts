import type { UrlSubject } from "../../gitlab/subject-of-url.ts";
import type { allRelays } from "../../relay/all-relays.ts";
import { arrivedAt, seqAt } from "../../relay/events.ts";
import { eventId } from "../../relay/ids.ts";
import type { EventFilter, ListedEvent } from "../../relay/list-events.ts";
import { addressOf, type ShownEvent } from "../../relay/show-event.ts";
import { newestOf } from "./newest-of.ts";
import { relaysOfProject } from "./relays-of-project.ts";

/** An event as lists show it. */
export type EventItem = Pick<
  ShownEvent,
  "id" | "type" | "types" | "state" | "reason" | "receivedAt" | "project" | "title"
>;

/** The same with its place among all events, and where it went. */
export type PlacedEvent = EventItem & {
  seq: number;
  deliveries: (ReturnType<typeof addressOf> & Pick<ListedEvent["deliveries"][number], "state">)[];
};

/**
 * Which events are listed. `about` is an issue, epic or merge request, comments on it included;
 * `since` a moment in milliseconds; `cursor` the `next` of an earlier answer.
 */
export type EventQuestion = Partial<Omit<EventFilter, "subject" | "after">> & {
  about?: UrlSubject | null;
  since?: number | null;
  /** Only those that came after the event of this `seq`. */
  after?: number | null;
  cursor?: string | null;
  limit: number;
};

/**
 * Events of all Relays, the newest first; `next` is where to go on, null at the end. Each call looks at
 * a bounded number of events: with a rare filter a page may be short and still have a `next`.
 */
export async function events(
  env: Parameters<typeof allRelays>[0],
  question: EventQuestion,
): Promise<{ items: PlacedEvent[]; next: string | null }> {
  const { cursor = null, limit } = question;
  const filter = filterOf(question);
  const before = cursor === null ? seqAt(8e12) : Number(cursor);
  const pages = await Promise.all(
    (await relaysAsked(env, question)).map(async ({ name, relay }) => {
      const { items, next } = await relay.events(filter, before, limit);
      return { name, items, next };
    }),
  );
  const { items, next } = newestOf(pages, limit);
  return { items: items.map(({ name, item }) => placed(name, item)), next };
}

type Narrowed = Omit<EventQuestion, "cursor" | "limit">;

/** What a Relay is asked for it. */
export function filterOf({
  about = null,
  since = null,
  after = null,
  ...asked
}: Narrowed): EventFilter {
  const { path = null, type = null, state = null, text = null } = asked;
  const { destination = null, posted = null } = asked;
  return {
    path,
    type,
    state,
    text,
    destination,
    posted,
    subject: about?.subject ?? null,
    after: Math.max(after ?? -1, since === null ? -1 : seqAt(since) - 1),
  };
}

/** The Relays that may know something of it. */
export async function relaysAsked(
  env: Parameters<typeof allRelays>[0],
  { about, path }: Narrowed,
): ReturnType<typeof allRelays> {
  return await relaysOfProject(env, about?.path ?? path ?? undefined);
}

/** What programs are told of an event in a list. */
export function eventItem({ seq: _seq, deliveries: _deliveries, ...item }: PlacedEvent): EventItem {
  return item;
}

/** An event as a Relay lists it, for people. */
export function placed(relay: string, event: ListedEvent): PlacedEvent {
  const { seq, key, types, path, title, eventState, reason, deliveries } = event;
  const all = types.split(" ");
  return {
    id: eventId(relay, key),
    type: all[0] ?? "unknown",
    types: all,
    state: eventState,
    reason,
    receivedAt: new Date(arrivedAt(seq)).toISOString(),
    project: path,
    title,
    seq,
    deliveries: deliveries.map(({ destination, state }) => ({ ...addressOf(destination), state })),
  };
}
