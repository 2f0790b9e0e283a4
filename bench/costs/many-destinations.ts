import type { Workers } from "../build/build-workers.ts";
import type { Counts } from "../causeway/counts.ts";
import type { Rig } from "../measure/rig.ts";
import type { Server } from "../processes/start-workerd.ts";

import { causewayTarget } from "../causeway/target.ts";
import { countsOf } from "../causeway/orders.ts";
import { startWorkerd } from "../processes/start-workerd.ts";
import { heapBytes } from "../profile/inspector.ts";

/** One event to many destinations at once: what each of them costs. */
export type ManyDestinations = {
  destinations: number;
  /** Memory for its document, its lane and its queue. */
  bytesEach: number;
  rowsEach: number;
  rowsReadEach: number;
  kvReadsEach: number;
  /** Calls by which the Relay had the rest done in another invocation. */
  resumes: number;
  /** Until the last one had its message, with a Slack that answers at once. */
  seconds: number;
};

const DESTINATIONS = 1_000;
const PATIENCE_SECONDS = 60;
const ONE = { auth: "token", pace: { kind: "open", perSecond: 1, seconds: 1 } } as const;

export async function measureManyDestinations(
  rig: Rig,
  workers: Workers,
): Promise<ManyDestinations> {
  const names = Array.from({ length: DESTINATIONS }, (_, n) => `team-${n}`);
  const target = causewayTarget(workers.counted, workers.kv, rig.sinkPort, {
    to: { names, limit: "none" },
  });
  const server = await startWorkerd("many destinations", target, { inspector: true });
  await rig.send(server, { event: "filtered", ...ONE });
  const heap = await heapBytes(server.inspectorPort ?? 0);
  // The first event pays for what is kept of each document, and for each lane.
  const first = await sendToAll(rig, server);
  const bytes = (await heapBytes(server.inspectorPort ?? 0)) - heap;
  const { before, after, seconds } = await sendToAll(rig, server);
  await server.stop();
  return {
    destinations: DESTINATIONS,
    bytesEach: bytes / DESTINATIONS,
    rowsEach: (after.rowsWritten - before.rowsWritten) / DESTINATIONS,
    rowsReadEach: (after.rowsRead - before.rowsRead) / DESTINATIONS,
    kvReadsEach: (first.after.destinationReads - first.before.destinationReads) / DESTINATIONS,
    resumes: after.resumes - before.resumes,
    seconds,
  };
}

/** Sends one event, and waits until all destinations had its message. */
async function sendToAll(
  rig: Rig,
  server: Server,
): Promise<{ before: Counts; after: Counts; seconds: number }> {
  const before = await countsOf(server);
  const startedAt = performance.now();
  await rig.send(server, { event: "wanted", ...ONE });
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    const sent = (await countsOf(server)).outgoing - before.outgoing;
    const seconds = (performance.now() - startedAt) / 1_000;
    if (sent >= DESTINATIONS) {
      // The last answer is still to be written down.
      await new Promise((resolve) => setTimeout(resolve, 500));
      return { before, after: await countsOf(server), seconds };
    }
    if (seconds > PATIENCE_SECONDS) throw new Error(`Only ${sent} of the messages were sent.`);
  }
}
