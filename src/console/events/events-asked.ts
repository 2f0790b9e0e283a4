import * as z from "zod/mini";
import { MAX_SEARCH } from "../../operations/events/read-search.ts";
import { EVENT_STATES } from "../../relay/event-state.ts";
import { askedAt } from "../asked-at.ts";

const Words = z.catch(z.string().check(z.maxLength(MAX_SEARCH)), "");
const Seq = z.catch(z.string().check(z.regex(/^\d{1,16}$/)), "");

/** What a list of events is asked for; an empty word narrows nothing, and nonsense is none. */
export const EventsAsked = z.object({
  /** Words, or the address or id of something. */
  q: Words,
  project: Words,
  type: Words,
  state: z.catch(z.enum(["", ...EVENT_STATES]), ""),
  /** A destination. */
  to: Words,
  since: z.catch(z.enum(["", "1h", "24h", "7d"]), ""),
  /** Where an earlier page ended. */
  before: Seq,
  /** `off`: the list stays as it is. */
  live: z.catch(z.enum(["", "off"]), ""),
});
export type EventsAsked = z.infer<typeof EventsAsked>;

/** The address of the list that answers a question; `changed` takes the place of what it asks. */
export function eventsAt(asked: EventsAsked, changed: Partial<EventsAsked> = {}): string {
  return askedAt("/admin/events", { ...asked, ...changed });
}

/** Whether a question narrows the list at all. */
export function isNarrowed({ q, project, type, state, to, since }: EventsAsked): boolean {
  return [q, project, type, state, to, since].some((value) => value !== "");
}
