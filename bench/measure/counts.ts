import type { Counts } from "../causeway/counts.ts";
import type { Server } from "../processes/start-workerd.ts";
import type { LoadPlan, Rig } from "./rig.ts";

import { countsOf } from "../causeway/orders.ts";
import { drained } from "../sink/sink.ts";
import { outcomeOf } from "./outcome.ts";

/** What one event costs, on average over so many. */
export type PerEvent = Counts & { events: number };

/** What events cost that come together. */
export type TogetherCounts = {
  /** Delivered at the first attempt, at 50 a second. */
  delivered: PerEvent;
  /** No rule wants it, at 50 a second. */
  filtered: PerEvent;
  /** A burst of 1000 as fast as they are taken, until all are delivered. */
  burst: PerEvent;
  /** Sent once more with the same identity. */
  duplicate: PerEvent;
};

/** What was sent for them (for the ledger), and how much of it never reached Slack. */
export type Sent = { delivered: number; filtered: number; duplicate: number; missing: number };

const STEADY = 50;
const BURST = 1_000;
const PATIENCE_MS = 15_000;
/** Long enough for what is written after the last message, work that follows at once included. */
const SETTLE_MS = 1_500;

/** Counts on a server that runs the counting build; what is sent is added to `sent`. */
export async function countTogether(
  rig: Rig,
  server: Server,
  seconds: number,
  sent: Sent,
): Promise<TogetherCounts> {
  const steady = { kind: "open", perSecond: STEADY, seconds } as const;
  const send = (event: LoadPlan["event"], pace: LoadPlan["pace"]) =>
    sendAll(rig, server, { event, auth: "token", pace }, sent);

  // The first events pay for what is written once: the schema, the directory's entry.
  const first = await send("wanted", { kind: "open", perSecond: STEADY, seconds: 1 });
  return {
    delivered: await countWhile(server, () => send("wanted", steady)),
    filtered: await countWhile(server, () => send("filtered", steady)),
    burst: await countWhile(server, () =>
      send("wanted", { kind: "closed", connections: 32, events: BURST }),
    ),
    duplicate: await countWhile(server, async () => {
      const pace = { kind: "open", perSecond: STEADY, seconds: 1 } as const;
      const again = { event: "wanted", auth: "token", pace, again: first.from } as const;
      const { count } = await rig.send(server, again);
      sent.duplicate += count;
      return { count };
    }),
  };
}

/** The costs of the events that `send` sends, with what follows within a second and a half. */
export async function countWhile(
  server: Server,
  send: () => Promise<{ count: number }>,
): Promise<PerEvent> {
  const before = await countsOf(server);
  const { count: events } = await send();
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const after = await countsOf(server);
  const each = (Object.keys(after) as (keyof Counts)[]).map((what) => [
    what,
    (after[what] - before[what]) / events,
  ]);
  return { ...(Object.fromEntries(each) as Counts), events };
}

/** Sends events and waits until Slack has those that it shall have. */
export async function sendAll(
  rig: Rig,
  server: Server,
  load: LoadPlan,
  sent: Sent,
): Promise<{ from: number; count: number }> {
  const result = await rig.send(server, load);
  sent[load.event === "wanted" ? "delivered" : "filtered"] += result.count;
  if (load.event === "wanted") {
    const arrivals = await drained(rig.sink, result.from, result.count, PATIENCE_MS);
    sent.missing += outcomeOf(result, arrivals).missing;
  }
  return result;
}
