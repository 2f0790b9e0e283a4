import type { DeliveryRetried } from "./retry-delivery.ts";

/** What became of the wish to send one message again. */
export function retriedInWords(result: DeliveryRetried): string {
  switch (result) {
    case "retried":
      return "It is sent again, when it is its turn.";
    case "not_found":
      return "That message is not stored any more: finished events are deleted after a while.";
    case "already_delivered":
      return "It was delivered already. To send it once more, replay its event.";
    case "not_a_delivery":
      return "Nothing was to be sent there: it was filtered, or its rule is in shadow mode.";
  }
}
