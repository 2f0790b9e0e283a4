import type { findRelay } from "../../relay/all-relays.ts";
import { parseId } from "../../relay/ids.ts";
import type { Replay } from "../../relay/routing.ts";
import { findById } from "./find-by-id.ts";

/**
 * How an event is replayed:
 * - `today`: decided anew by today's rules.
 * - `again`: its messages once more, word for word. `to` narrows both to these destinations; null: all.
 * - `test`: to one channel, marked as a test; what today's rules say, or the message of a delivery.
 * `by`: who asks for it; null: not known.
 */
export type ReplayRequest =
  | { how: "today" | "again"; to: string[] | null; by: string | null }
  | { how: "test"; to: string; delivery: string | null; by: string };

/**
 * Replays the event of this id; null: there is no such event. `once`: names what asks, which is then done
 * once however often it asks for the same; null: it is done each time.
 */
export async function replayEvent(
  env: Parameters<typeof findRelay>[0],
  id: string,
  request: ReplayRequest,
  once: string | null = null,
): Promise<Replay | null> {
  const found = await findById(env, id);
  if (found === null) return null;
  const { relay, key } = found;
  const name = once === null ? null : JSON.stringify([once, key, request]);
  switch (request.how) {
    case "today":
      return await relay.replay(key, request.to, request.by, name);
    case "again":
      return await relay.replayAsItWas(key, request.to, request.by, name);
    case "test": {
      const { to, by, delivery } = request;
      const of = delivery === null ? null : parseId(delivery);
      if (delivery !== null && (of?.key !== key || of.n === null)) {
        return { deliveries: [], reason: "that is no delivery of this event" };
      }
      return await relay.replayAsTest(key, { to, by, n: of?.n ?? null }, name);
    }
  }
}
