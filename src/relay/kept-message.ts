import type { OutgoingContent } from "../slack/answer.ts";
import { isDiscarded } from "./discarded.ts";
import type { Outcome } from "./outcomes.ts";

type Delivery = Pick<Outcome, "role" | "state" | "reason" | "content">;

/** A delivery whose message is kept, and can be sent once more as it was. */
export type Kept<T extends Delivery> = T & {
  content: Extract<OutgoingContent, { kind: "message" | "workflow" }>;
};

/**
 * Of deliveries to one destination, in their order, the one whose message a replay as it was sends: the
 * last that arrived, or where none did the last that failed or that a person gave up. Null: there is none.
 */
export function keptMessage<T extends Delivery>(deliveries: T[]): Kept<T> | null {
  const kept = deliveries.filter(isKept);
  return (
    kept.findLast(({ state }) => state === "delivered") ??
    kept.findLast(({ state, reason }) => state === "failed" || isGivenUp(state, reason)) ??
    null
  );
}

/** Whether a delivery told the news: it is no alert, and no test. */
export function isNews({ role }: Delivery): boolean {
  return role === "rule" || role === "replay";
}

/** Whatever else was filtered was never to be sent. */
function isGivenUp(state: Outcome["state"], reason: string | null): boolean {
  return state === "filtered" && isDiscarded(reason);
}

function isKept<T extends Delivery>(delivery: T): delivery is Kept<T> {
  const kind = delivery.content?.kind;
  return isNews(delivery) && (kind === "message" || kind === "workflow");
}
