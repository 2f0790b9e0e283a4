import type { Workers } from "../build/build-workers.ts";
import type { Rig } from "../measure/rig.ts";
import type { Server } from "../processes/start-workerd.ts";

import { causewayTarget } from "../causeway/target.ts";
import { countsOf, order } from "../causeway/orders.ts";
import { readLedger } from "../measure/ledger.ts";
import { largest } from "../measure/statistics.ts";
import { startWorkerd } from "../processes/start-workerd.ts";
import { heapBytes } from "../profile/inspector.ts";

/** A Relay that accepts and cannot send: what a long outage of Slack leaves behind. */
export type Backlog = {
  /** Events that were sent; those that were accepted and wait. */
  sent: number;
  pending: number;
  acceptedPerSecond: number;
  /** On disk, body included, and in memory. */
  storedBytesEach: number;
  heapBytesEach: number;
  rowsEach: number;
  /** What it takes to start again with all that pending. */
  restartMs: number;
  restartRowsRead: number;
};

const EVENTS = 12_000;
const QUIET_MS = 1_000;
const PATIENCE_MS = 60_000;

export async function measureBacklog(rig: Rig, workers: Workers, relay: string): Promise<Backlog> {
  const target = causewayTarget(workers.counted, workers.kv, rig.sinkPort, {
    to: { names: ["held"], limit: "1/hour" },
  });
  const server = await startWorkerd("backlog", target, { inspector: true });
  // The one that may go within the hour.
  const pace = { kind: "open", perSecond: 1, seconds: 1 } as const;
  await rig.send(server, { event: "wanted", auth: "token", pace });
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const heap = await heapBytes(server.inspectorPort ?? 0);
  const stored = await order<number>(server, "bytes", relay);
  const before = await countsOf(server);

  const sent = await rig.send(server, {
    event: "wanted",
    auth: "token",
    pace: { kind: "closed", connections: 32, events: EVENTS },
  });
  await routed(server);
  // An answer can be lost, and its event is there all the same: the ledger knows how many wait.
  const { pending } = await readLedger(server);
  const after = await countsOf(server);
  const seconds = (largest(sent.answeredAt) - (sent.sentAt[0] ?? 0)) / 1e6;
  const heapBytesEach = ((await heapBytes(server.inspectorPort ?? 0)) - heap) / pending;
  const storedBytesEach = ((await order<number>(server, "bytes", relay)) - stored) / pending;

  await order(server, "stop", relay);
  const stoppedAt = performance.now();
  const { rowsRead } = await countsOf(server);
  // Any call makes the object anew.
  await order<number>(server, "bytes", relay);
  const restartMs = performance.now() - stoppedAt;
  const restartRowsRead = (await countsOf(server)).rowsRead - rowsRead;
  await server.stop();
  return {
    sent: EVENTS,
    pending,
    acceptedPerSecond: pending / seconds,
    storedBytesEach,
    heapBytesEach,
    rowsEach: (after.rowsWritten - before.rowsWritten) / pending,
    restartMs,
    restartRowsRead,
  };
}

/** Until nothing more is written: the events are all routed and wait for their pace. */
async function routed(server: Server): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  for (let known = -1; ;) {
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    const { rowsWritten } = await countsOf(server);
    if (rowsWritten === known) return;
    if (performance.now() > until) throw new Error("The events were not routed in time.");
    known = rowsWritten;
  }
}
