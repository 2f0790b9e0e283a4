import type { findRelay } from "../../relay/all-relays.ts";
import { parseId } from "../../relay/ids.ts";
import type { Replay } from "../../relay/routing.ts";
import { findById } from "../find-by-id.ts";

/**
 * How an event is replayed:
 * - `today`: decided anew by today's rules.
 * - `again`: its messages once more, word for word. `to` narrows both to these destinations; null: all.
 * - `test`: to one channel, marked as a test by whom; what today's rules say, or the message of a delivery.
 */
export type ReplayRequest =
  | { how: "today" | "again"; to: string[] | null }
  | { how: "test"; to: string; delivery: string | null; by: string };

/** Replays the event of this id; null: there is no such event. */
export async function replayEvent(
  env: Parameters<typeof findRelay>[0],
  id: string,
  request: ReplayRequest,
): Promise<Replay | null> {
  const found = await findById(env, id);
  if (found === null) return null;
  const { relay, key } = found;
  switch (request.how) {
    case "today":
      return await relay.replay(key, request.to);
    case "again":
      return await relay.replayAsItWas(key, request.to);
    case "test": {
      const { to, by, delivery } = request;
      const of = delivery === null ? null : parseId(delivery);
      if (delivery !== null && (of?.key !== key || of.n === null)) {
        return { deliveries: [], reason: "that is no delivery of this event" };
      }
      return await relay.replayAsTest(key, { to, by, n: of?.n ?? null });
    }
  }
}
