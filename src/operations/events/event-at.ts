import type { findRelay } from "../../relay/all-relays.ts";
import { ANY_EVENT } from "../../relay/list-events.ts";
import { placed, type PlacedEvent } from "./events.ts";
import { findById } from "../find-by-id.ts";

/** One event as lists show it, by its id and its place among all events; null: it is not stored. */
export async function eventAt(
  env: Parameters<typeof findRelay>[0],
  id: string,
  seq: number,
): Promise<PlacedEvent | null> {
  const found = await findById(env, id);
  if (found === null) return null;
  const { items } = await found.relay.events({ ...ANY_EVENT, after: seq - 1 }, seq + 1, 1);
  const [event] = items.map((item) => placed(found.name, item));
  return event?.id === id ? event : null;
}
