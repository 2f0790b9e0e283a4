import type { Writes } from "../causeway/count-writes.ts";
import type { Server } from "../processes/start-workerd.ts";
import type { LoadPlan, Rig } from "./rig.ts";

import { drained } from "../sink/sink.ts";
import { outcomeOf } from "./outcome.ts";

/** What one event writes, on average. */
export type RowsPerEvent = Writes & { events: number };
export type Rows = {
  /** Delivered at the first attempt, at a steady rate. */
  delivered: RowsPerEvent;
  /** No rule wants it. */
  filtered: RowsPerEvent;
  /** A burst of 1000 as fast as they are taken, until all are delivered. */
  burst: RowsPerEvent;
};

/** The rows, what was sent for them (for the ledger), and how much of it never reached Slack. */
export type RowsRun = {
  rows: Rows;
  sent: { delivered: number; filtered: number };
  missing: number;
};

const STEADY = 50;
const BURST = 1_000;
const PATIENCE_MS = 15_000;
/** Long enough for what is written after the last message, alarms that follow soon included. */
const SETTLE_MS = 1_500;

/** Counts rows on a server that runs the counting build. */
export async function measureRows(rig: Rig, server: Server, seconds: number): Promise<RowsRun> {
  const steady = { kind: "open", perSecond: STEADY, seconds } as const;
  const all = { delivered: 0, filtered: 0 };
  let missing = 0;

  async function count(event: LoadPlan["event"], pace: LoadPlan["pace"]): Promise<RowsPerEvent> {
    const before = await writesOf(server);
    const sent = await rig.send(server, { event, auth: "token", pace });
    all[event === "wanted" ? "delivered" : "filtered"] += sent.count;
    if (event === "wanted") {
      const arrivals = await drained(rig.sink, sent.from, sent.count, PATIENCE_MS);
      missing += outcomeOf(sent, arrivals).missing;
    }
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    const after = await writesOf(server);
    return {
      events: sent.count,
      rows: (after.rows - before.rows) / sent.count,
      alarms: (after.alarms - before.alarms) / sent.count,
      otherWrites: (after.otherWrites - before.otherWrites) / sent.count,
    };
  }

  // The first events pay for what is written once: the schema, the directory's entry.
  await count("wanted", { kind: "open", perSecond: STEADY, seconds: 1 });
  const delivered = await count("wanted", steady);
  const filtered = await count("filtered", steady);
  const burst = await count("wanted", { kind: "closed", connections: 32, events: BURST });
  return { rows: { delivered, filtered, burst }, sent: all, missing };
}

async function writesOf(server: Server): Promise<Writes> {
  const answer = await fetch(`http://127.0.0.1:${server.port}/bench/writes`);
  return (await answer.json()) as Writes;
}
