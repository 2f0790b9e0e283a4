import { findRelay } from "../../relay/all-relays.ts";
import { parseId } from "../../relay/ids.ts";

/** The Relay of an event's or a delivery's id, and its name; null: there is none. */
export async function findById(env: Parameters<typeof findRelay>[0], id: string) {
  const reference = parseId(id);
  const relay = reference === null ? null : await findRelay(env, reference.relay);
  if (reference === null || relay === null) return null;
  return { relay, name: reference.relay, key: reference.key, n: reference.n };
}
