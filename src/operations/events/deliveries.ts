import { arrivedAt, seqAt } from "../../relay/events.ts";
import { deliveryId, eventId } from "../../relay/ids.ts";
import type { DeliveryFilter, ListedDelivery } from "../../relay/list-deliveries.ts";
import type { Attempt } from "../../relay/outcomes.ts";
import type { Role } from "../../relay/role.ts";
import type { OutcomeState } from "../../relay/outcome-state.ts";
import { addressOf } from "../../relay/show-event.ts";
import type { allRelays } from "../../relay/all-relays.ts";
import { newestOf } from "./newest-of.ts";
import { relaysOfProject } from "./relays-of-project.ts";

/** A message that was or is to be sent, as lists show it; times are ISO 8601. */
export type DeliveryItem = {
  id: string;
  event: {
    id: string;
    type: string;
    title: string | null;
    project: string | null;
    receivedAt: string;
  };
  destination: string;
  address: string | null;
  state: OutcomeState;
  reason: string | null;
  role: Role;
  mapping: string | null;
  rule: string | null;
  createdAt: string;
  finishedAt: string | null;
  attempts: number;
  last: (Omit<Attempt, "at"> & { at: string }) | null;
};

/** Which deliveries are listed: `cursor` is the `next` of an earlier answer; null: from the newest. */
export type DeliveryQuestion = DeliveryFilter & { cursor: string | null; limit: number };

/** Deliveries of all Relays, those of the newest events first; `next` is where to go on, null at the end. */
export async function deliveries(
  env: Parameters<typeof allRelays>[0],
  { cursor, limit, ...filter }: DeliveryQuestion,
): Promise<{ items: DeliveryItem[]; next: string | null }> {
  const before = cursor === null ? seqAt(8e12) : Number(cursor);
  const pages = await Promise.all(
    (await relaysOfProject(env, filter.path ?? undefined)).map(async ({ name, relay }) => {
      const { items, next } = await relay.deliveries(filter, before, limit);
      return { name, items, next };
    }),
  );
  const { items, next } = newestOf(pages, limit);
  return { items: items.map(({ name, item }) => listed(name, item)), next };
}

function listed(relay: string, item: ListedDelivery): DeliveryItem {
  const { seq, key, n, types, path, title, last } = item;
  return {
    id: deliveryId(relay, key, n),
    event: {
      id: eventId(relay, key),
      type: types.split(" ", 1)[0] ?? "unknown",
      title,
      project: path,
      receivedAt: new Date(arrivedAt(seq)).toISOString(),
    },
    ...addressOf(item.destination),
    state: item.state,
    reason: item.reason,
    role: item.role,
    mapping: item.mapping,
    rule: item.rule,
    createdAt: new Date(item.createdAt).toISOString(),
    finishedAt: item.finishedAt === null ? null : new Date(item.finishedAt).toISOString(),
    attempts: item.attempts,
    last: last === null ? null : { ...last, at: new Date(last.at).toISOString() },
  };
}
