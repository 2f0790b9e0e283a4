import type { Target } from "../build/workerd-config.ts";
import type { Rig } from "../measure/rig.ts";
import type { Throughput } from "../measure/throughput.ts";
import type { Server } from "../processes/start-workerd.ts";

import { median } from "../measure/statistics.ts";
import { measureThroughput } from "../measure/throughput.ts";
import { scratchFolder } from "../processes/scratch.ts";
import { startWorkerd } from "../processes/start-workerd.ts";
import { fillRelay } from "./fill-relay.ts";

/** What a Relay's past costs its present: medians of rounds in turn. */
export type Growth = { events: number; young: Pace; grown: Pace };
type Pace = { acceptedPerSecond: number; deliveredPerSecond: number; cpuMsPerEvent: number };

const WARM_UP_SECONDS = 1.5;

/** Measures a Relay without a past and one with `events` of it, each round both. */
export async function measureGrowth(
  rig: Rig,
  target: Target,
  plan: { events: number; rounds: number; seconds: number },
): Promise<Growth> {
  const [young, grown] = [await startYoung("young"), await startYoung("grown")];
  const growing = await grown.server.stop().then(() => {
    fillRelay(grown.disk, plan.events);
    return startWorkerd("grown", target, { disk: grown.disk });
  });
  await push(rig, growing, WARM_UP_SECONDS);
  const rounds: [Throughput, Throughput][] = [];
  for (let round = 0; round < plan.rounds; round += 1) {
    // Who is first changes from round to round.
    const order = round % 2 === 0 ? [young.server, growing] : [growing, young.server];
    const [first, second] = [
      await push(rig, order[0] ?? growing, plan.seconds),
      await push(rig, order[1] ?? growing, plan.seconds),
    ];
    rounds.push(round % 2 === 0 ? [first, second] : [second, first]);
  }
  await young.server.stop();
  await growing.stop();
  return {
    events: plan.events,
    young: paceOf(rounds.map(([each]) => each)),
    grown: paceOf(rounds.map(([, each]) => each)),
  };

  async function startYoung(name: string): Promise<{ server: Server; disk: string }> {
    const disk = scratchFolder(`${name}-disk`);
    const server = await startWorkerd(name, target, { disk });
    await push(rig, server, WARM_UP_SECONDS);
    return { server, disk };
  }
}

function push(rig: Rig, server: Server, seconds: number): Promise<Throughput> {
  return measureThroughput(rig, server, { auth: "token", seconds, delivers: true });
}

function paceOf(rounds: Throughput[]): Pace {
  return {
    acceptedPerSecond: median(rounds.map((each) => each.acceptedPerSecond)),
    deliveredPerSecond: median(rounds.map((each) => each.deliveredPerSecond ?? NaN)),
    cpuMsPerEvent: median(rounds.map((each) => each.cpuMsPerEvent ?? NaN)),
  };
}
