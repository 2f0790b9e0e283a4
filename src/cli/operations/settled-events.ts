import { setTimeout as sleep } from "node:timers/promises";
import type { ShownEvent } from "../../relay/show-event.ts";
import type { Context } from "../context.ts";
import type { AdminApi } from "../worker/admin-api.ts";
import type { ProblemItem } from "../../operations/overview/problems.ts";
import { pauseOf } from "../../operations/destinations/pause-of.ts";

const BETWEEN_MS = 200;

/**
 * What became of events, and what stands in the way of those that are pending: waits up to so long
 * (milliseconds) until nothing of them goes on by itself any more.
 */
export async function settledEvents(
  { now }: Context,
  api: AdminApi,
  ids: string[],
  waitMs: number,
): Promise<{ events: ShownEvent[]; problems: ProblemItem[] }> {
  const until = now() + waitMs;
  const events: ShownEvent[] = [];
  let problems: ProblemItem[] = [];
  for (const id of ids) {
    let event = await api.ask<ShownEvent>(`/events/${id}`);
    while (event.state === "pending") {
      if (!isHeldUp(event, problems)) {
        problems = (await api.ask<{ items: ProblemItem[] }>("/problems")).items;
      }
      if (isHeldUp(event, problems) || now() >= until) break;
      await sleep(BETWEEN_MS);
      event = await api.ask<ShownEvent>(`/events/${id}`);
    }
    events.push(event);
  }
  return { events, problems };
}

/** Whether all that is still to be sent goes where nothing is sent now. */
function isHeldUp({ deliveries }: ShownEvent, problems: ProblemItem[]): boolean {
  const waiting = deliveries.filter(({ state, role }) => state === "pending" && role !== "alert");
  return waiting.length > 0 && waiting.every((each) => pauseOf(each, problems) !== undefined);
}
