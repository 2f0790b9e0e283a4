import type { LoadOutcome } from "./outcome.ts";
import type { LoadPlan, Rig } from "./rig.ts";
import type { Server } from "../processes/start-workerd.ts";

import { cpuMs } from "../processes/usage.ts";
import { drained } from "../sink/sink.ts";
import { outcomeOf } from "./outcome.ts";
import { largest } from "./statistics.ts";

/** One closed loop against one server. Rates are events a second. */
export type Throughput = LoadOutcome & {
  /** 202s over the time until the last of them. */
  acceptedPerSecond: number;
  /** Events over the time until the last one's message was at Slack; null without messages. */
  deliveredPerSecond: number | null;
  /** Processor time of workerd for one event, accepting and delivering; null without `/proc`. */
  cpuMsPerEvent: number | null;
  /** How busy one core was with the driver and with the sink: near 1 they are the bottleneck. */
  driverLoad: number | null;
  sinkLoad: number | null;
};

const CONNECTIONS = 32;
/** A server that sends nothing for this long has lost what is missing. */
const PATIENCE_MS = 15_000;
/** After its last message a server still writes down that it was sent. */
const SETTLE_MS = 200;

/** Pushes as hard as 32 connections can for some seconds, then waits until Slack has it all. */
export async function measureThroughput(
  rig: Rig,
  server: Server,
  plan: { auth: LoadPlan["auth"]; seconds: number; delivers: boolean },
): Promise<Throughput> {
  const pids = [server.pid, rig.driverPid, rig.sink.pid];
  const before = pids.map(cpuMs);
  const sent = await rig.send(server, {
    event: "wanted",
    auth: plan.auth,
    pace: { kind: "closed", connections: CONNECTIONS, seconds: plan.seconds },
  });
  const busy = pids.map(cpuMs);
  const arrivals = plan.delivers
    ? await drained(rig.sink, sent.from, sent.count, PATIENCE_MS)
    : null;
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const after = pids.map(cpuMs);

  const start = sent.sentAt[0] ?? 0;
  const acceptSeconds = (largest(sent.answeredAt) - start) / 1e6;
  const drainSeconds = arrivals && (largest(arrivals) - start) / 1e6;
  const outcome = outcomeOf(sent, arrivals);
  return {
    ...outcome,
    acceptedPerSecond: outcome.accepted / acceptSeconds,
    deliveredPerSecond: drainSeconds && (outcome.accepted - outcome.missing) / drainSeconds,
    cpuMsPerEvent: perUnit(before[0], after[0], sent.count),
    driverLoad: perUnit(before[1], busy[1], acceptSeconds * 1_000),
    sinkLoad: drainSeconds && perUnit(before[2], after[2], drainSeconds * 1_000),
  };
}

/** Processor time between two readings, divided; null where it cannot be read. */
export function perUnit(
  before: number | null | undefined,
  after: number | null | undefined,
  units: number,
): number | null {
  return typeof before === "number" && typeof after === "number" ? (after - before) / units : null;
}
