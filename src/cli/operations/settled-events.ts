import { setTimeout as sleep } from "node:timers/promises";
import type { ShownEvent } from "../../relay/show-event.ts";
import type { Context } from "../context.ts";
import type { AdminApi } from "../worker/admin-api.ts";

const BETWEEN_MS = 200;

/** What became of events: waits up to so long (milliseconds) until nothing of them is pending. */
export async function settledEvents(
  { now }: Context,
  api: AdminApi,
  ids: string[],
  waitMs: number,
): Promise<ShownEvent[]> {
  const until = now() + waitMs;
  const events: ShownEvent[] = [];
  for (const id of ids) {
    let event = await api.ask<ShownEvent>(`/events/${id}`);
    while (event.state === "pending" && now() < until) {
      await sleep(BETWEEN_MS);
      event = await api.ask<ShownEvent>(`/events/${id}`);
    }
    events.push(event);
  }
  return events;
}
