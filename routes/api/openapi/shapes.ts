import * as z from "zod/mini";

/** A moment, ISO 8601 in UTC. */
export const Moment = z.iso
  .datetime()
  .check(z.meta({ description: "ISO 8601.", examples: ["2026-11-22T19:30:40.374Z"] }));

/** A text or null, of which `description` says when it is null. */
export function orNull(description: string) {
  return z.nullable(z.string()).check(z.describe(description));
}

/** A list that is read page by page. */
export function pageOf<T extends z.ZodMiniType>(item: T) {
  return z.strictObject({ items: z.array(item), next: Next });
}

/** Where a list goes on. */
export const Next = orNull("Where to go on: pass it as `cursor`. Null: that was all.");

/** The id of an event, in a path. */
export const EventId = z
  .string()
  .check(z.meta({ description: "The event's id, as lists say it.", examples: ["<id>"] }));

/** The id of a delivery, in a path. */
export const DeliveryId = z
  .string()
  .check(z.meta({ description: "The delivery's id, as lists say it.", examples: ["<id>"] }));

/** The name of a destination, in a path. */
export const DestinationName = z
  .string()
  .check(z.meta({ description: "A destination's name.", examples: ["licensing"] }));
