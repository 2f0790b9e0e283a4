import type { Event } from "../event.ts";

/** Why nothing can come of an event of Slack's whatever the rules say; null: something can. */
export function whyUnanswerable({ details }: Pick<Event, "details">): string | null {
  if (details.of !== "slack") return null;
  return details.own ? "Causeway did it itself" : details.unanswerable;
}
