import { keptMessage } from "../../relay/kept-message.ts";
import { fullName, type ShownEvent, type ShownDelivery } from "../../relay/show-event.ts";

/** The deliveries whose messages a replay as it was sends again: one of each destination that has any. */
export function sentAgain({ deliveries }: ShownEvent): ShownDelivery[] {
  const names = [...new Set(deliveries.map(fullName))];
  return names.flatMap(
    (name) => keptMessage(deliveries.filter((each) => fullName(each) === name)) ?? [],
  );
}
