import type { Event } from "../event.ts";

/** What is shown of an event that is tried out. */
export type EventInBrief = Pick<
  Event,
  "type" | "types" | "title" | "url" | "path" | "confidential" | "labels" | "large"
> & { actor: string | null };

/** An event in so many words as a person needs to recognise it. */
export function eventInBrief(event: Event): EventInBrief {
  const { type, types, title, url, path, confidential, labels, large, actor } = event;
  const who = actor?.username ?? actor?.name ?? actor?.id ?? null;
  return { type, types, title, url, path, confidential, labels, large, actor: who };
}
