import type { Replay } from "../../relay/routing.ts";
import { counted } from "../../words/counted.ts";
import type { ReplayRequest } from "./replay-event.ts";

/** What came of a replay, in sentences. */
export function replayedInWords({ how }: Pick<ReplayRequest, "how">, replayed: Replay): string {
  const { deliveries, reason } = replayed;
  if (deliveries.length === 0) return `Nothing was sent: ${reason ?? "no rule wanted it"}.`;
  const what = how === "test" ? "test message" : "message";
  const are = deliveries.length === 1 ? "is" : "are";
  const left = reason === null ? "" : ` Left out: ${reason}.`;
  return `${counted(deliveries.length, what)} ${are} on the way. Below is what becomes of it.${left}`;
}
