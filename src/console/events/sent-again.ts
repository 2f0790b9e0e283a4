import { keptMessage } from "../../relay/kept-message.ts";
import type { ShownEvent } from "../../relay/show-event.ts";

type Delivery = ShownEvent["deliveries"][number];

/** A destination's name as deliveries carry it, the bot's own addresses included: `thread:C0123456789`. */
export function fullName({ destination, address }: Delivery): string {
  return [destination, ...(address?.split(" ") ?? [])].join(":");
}

/** The deliveries whose messages a replay as it was sends again: one of each destination that has any. */
export function sentAgain({ deliveries }: ShownEvent): Delivery[] {
  const names = [...new Set(deliveries.map(fullName))];
  return names.flatMap(
    (name) => keptMessage(deliveries.filter((each) => fullName(each) === name)) ?? [],
  );
}
