import type { ShownEvent, ShownDelivery } from "../../relay/show-event.ts";
import { Refusal } from "../terminal/refusal.ts";
import type { AdminApi } from "../worker/admin-api.ts";
import type { DeliveryItem } from "../../operations/events/deliveries.ts";
import type { EventItem } from "../../operations/events/events.ts";

/** Something that happened: an event came or was decided, a delivery came into a state. */
export type Happened =
  | ({ kind: "event"; at: string } & EventItem)
  | ({ kind: "delivery"; at: string } & DeliveryItem);

const PAGE = 100;
/** So many new ones are read at a look, at most; what comes faster is not shown one by one. */
const MAX_NEW = 2_000;
/** So many that wait are asked about at a look. */
const MAX_ASKED = 10;
const MAX_REMEMBERED = 20_000;

/**
 * What is new since the last look, in order of time. The first look takes what is there as known. What
 * waits is looked after until it waits no longer, however long ago it came.
 */
export function newsOf(api: AdminApi): () => Promise<Happened[]> {
  const events = new Map<string, string>();
  const deliveries = new Map<string, string>();
  /** Deliveries that wait, as they were seen last; the one that was asked about longest ago first. */
  const waiting = new Map<string, DeliveryItem>();
  let isFirst = true;

  return async function look(): Promise<Happened[]> {
    const [newEvents, newDeliveries] = await Promise.all([
      newest<EventItem>("/events", events),
      newest<DeliveryItem>("/deliveries", deliveries),
    ]);
    const first = isFirst ? await firstOf<DeliveryItem>("/deliveries?state=pending") : [];
    const changed = isFirst ? [] : await stillWaiting(newDeliveries);
    const happened: Happened[] = [];
    for (const item of newEvents) {
      const before = events.get(item.id);
      events.set(item.id, item.state);
      // That something was sent or failed, its delivery says.
      const isSaid = item.state === "delivered" || item.state === "failed";
      if (before === undefined || (before !== item.state && !isSaid)) {
        happened.push({ kind: "event", at: item.receivedAt, ...item });
      }
    }
    for (const item of [...newDeliveries, ...first, ...changed]) {
      const state = `${item.state} ${item.attempts}`;
      if (item.state === "pending") waiting.set(item.id, item);
      else waiting.delete(item.id);
      if (deliveries.get(item.id) === state) continue;
      deliveries.set(item.id, state);
      const at = item.last?.at ?? item.finishedAt ?? item.createdAt;
      happened.push({ kind: "delivery", at, ...item });
    }
    forget(events);
    forget(deliveries);
    const wasFirst = isFirst;
    isFirst = false;
    return wasFirst ? [] : happened.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  };

  /** The newest of a list, down to a page on which nothing is new, the oldest first. */
  async function newest<T extends { id: string }>(
    path: string,
    known: Map<string, string>,
  ): Promise<T[]> {
    const items: T[] = [];
    let cursor: string | null = null;
    do {
      const from: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
      const page: { items: T[]; next: string | null } = await api.ask(
        `${path}?limit=${PAGE}${from}`,
      );
      items.push(...page.items);
      const isNew = page.items.every(({ id }) => !known.has(id));
      cursor = isNew && !isFirst && items.length < MAX_NEW ? page.next : null;
    } while (cursor !== null);
    return items.toReversed();
  }

  async function firstOf<T>(path: string): Promise<T[]> {
    return (await api.ask<{ items: T[] }>(`${path}&limit=${PAGE}`)).items;
  }

  /** Asks about some of those that wait and were not listed. */
  async function stillWaiting(listed: DeliveryItem[]): Promise<DeliveryItem[]> {
    const ids = new Set(listed.map(({ id }) => id));
    const asked = [...waiting.values()].filter(({ id }) => !ids.has(id)).slice(0, MAX_ASKED);
    const found: DeliveryItem[] = [];
    for (const item of asked) {
      waiting.delete(item.id);
      const shown = await shownNow(api, item);
      if (shown === undefined) continue;
      const { state, reason, attempts } = shown;
      const last = attempts.at(-1) ?? null;
      found.push({ ...item, state, reason, attempts: attempts.length, last });
    }
    return found;
  }
}

/** A delivery as it is now; undefined: it is not stored any more. */
async function shownNow(
  api: AdminApi,
  { id, event }: DeliveryItem,
): Promise<ShownDelivery | undefined> {
  try {
    const { deliveries } = await api.ask<ShownEvent>(`/events/${event.id}`);
    return deliveries.find((each) => each.id === id);
  } catch (error) {
    if (error instanceof Refusal && error.code === "not_found") return undefined;
    throw error;
  }
}

/** The oldest are forgotten, long after they have left the first page. */
function forget(known: Map<string, string>): void {
  for (const id of known.keys()) {
    if (known.size <= MAX_REMEMBERED) return;
    known.delete(id);
  }
}
