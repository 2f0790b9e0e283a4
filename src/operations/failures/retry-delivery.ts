import type { Env } from "../../env.ts";
import { findRelay } from "../../relay/all-relays.ts";
import { parseId } from "../../relay/ids.ts";
import type { Relay } from "../../relay/relay.ts";

/** What became of the wish, see {@link Relay.retry}. */
export type DeliveryRetried = Awaited<ReturnType<Relay["retry"]>>;

/** Sends the delivery of this id at once, one that failed or waits for its next attempt. */
export async function retryDelivery(env: Env, id: string): Promise<DeliveryRetried> {
  const place = parseId(id);
  if (place === null || place.n === null) return "not_found";
  const relay = await findRelay(env, place.relay);
  return relay === null ? "not_found" : await relay.retry(place.key, place.n);
}
