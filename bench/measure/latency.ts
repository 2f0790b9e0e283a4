import type { LoadOutcome } from "./outcome.ts";
import type { Rig } from "./rig.ts";
import type { Server } from "../processes/start-workerd.ts";

import { cpuMs } from "../processes/usage.ts";
import { drained } from "../sink/sink.ts";
import { outcomeOf } from "./outcome.ts";
import { percentile } from "./statistics.ts";
import { perUnit } from "./throughput.ts";

/** A median and a 99th percentile, in ms. */
export type Spread = { p50: number; p99: number };

/** What callers and channels feel at a fixed rate, on one server. */
export type Latency = LoadOutcome & {
  /** From the time a request was due until its answer. */
  ack: Spread;
  /** From the 202 until the message is at Slack. It may be negative: sending does not wait for the answer. */
  acceptToSlack: Spread | null;
  /** From the time a request was due until the message is at Slack. */
  dueToSlack: Spread | null;
  cpuMsPerEvent: number | null;
  /** How late the driver itself was; it counts into all of the above. */
  driverLate: Spread;
};

const PATIENCE_MS = 10_000;

/** Sends at a fixed rate, whatever the server does, and times both ends. */
export async function measureLatency(
  rig: Rig,
  server: Server,
  plan: { perSecond: number; seconds: number; delivers: boolean },
): Promise<Latency> {
  const before = cpuMs(server.pid);
  const sent = await rig.send(server, {
    event: "wanted",
    auth: "token",
    pace: { kind: "open", perSecond: plan.perSecond, seconds: plan.seconds },
  });
  const arrivals = plan.delivers
    ? await drained(rig.sink, sent.from, sent.count, PATIENCE_MS)
    : null;
  const after = cpuMs(server.pid);
  return {
    ...outcomeOf(sent, arrivals),
    ack: spread(sent.dueAt, sent.answeredAt),
    acceptToSlack: arrivals && spread(sent.answeredAt, arrivals),
    dueToSlack: arrivals && spread(sent.dueAt, arrivals),
    cpuMsPerEvent: perUnit(before, after, sent.count),
    driverLate: spread(sent.dueAt, sent.sentAt),
  };
}

/** Percentiles of `to − from` over the events that have both. */
function spread(from: Float64Array, to: Float64Array): Spread {
  const waits = to.map((at, index) => (at - (from[index] ?? 0)) / 1_000);
  const real = waits.filter((_, index) => to[index] !== 0);
  return { p50: percentile(real, 0.5), p99: percentile(real, 0.99) };
}
