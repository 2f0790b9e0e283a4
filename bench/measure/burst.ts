import type { Server } from "../processes/start-workerd.ts";
import type { LoadOutcome } from "./outcome.ts";
import type { Rig } from "./rig.ts";

import { cpuMs, residentMiB } from "../processes/usage.ts";
import { drained } from "../sink/sink.ts";
import { outcomeOf } from "./outcome.ts";
import { largest } from "./statistics.ts";
import { perUnit } from "./throughput.ts";

/** Many events at once, for many destinations without a limit. */
export type Burst = LoadOutcome & {
  /** 202s a second while they came in. */
  acceptedPerSecond: number;
  /** Events over the time from the first request until the last message was at Slack. */
  deliveredPerSecond: number;
  cpuMsPerEvent: number | null;
  /** Memory of workerd when the last message had gone out. */
  residentMiB: number | null;
};

export type BurstPlan = { events: number; projects: number };

const CONNECTIONS = 32;
const PATIENCE_MS = 15_000;

/** Pushes `events` in, spread over `projects`, and waits until Slack has them all. */
export async function measureBurst(rig: Rig, server: Server, plan: BurstPlan): Promise<Burst> {
  const before = cpuMs(server.pid);
  const sent = await rig.send(server, {
    event: "wanted",
    auth: "token",
    projects: plan.projects,
    pace: { kind: "closed", connections: CONNECTIONS, events: plan.events },
  });
  const arrivals = await drained(rig.sink, sent.from, sent.count, PATIENCE_MS);
  const after = cpuMs(server.pid);
  const start = sent.sentAt[0] ?? 0;
  const outcome = outcomeOf(sent, arrivals);
  return {
    ...outcome,
    acceptedPerSecond: outcome.accepted / ((largest(sent.answeredAt) - start) / 1e6),
    deliveredPerSecond: (outcome.accepted - outcome.missing) / ((largest(arrivals) - start) / 1e6),
    cpuMsPerEvent: perUnit(before, after, sent.count),
    residentMiB: residentMiB(server.pid),
  };
}
