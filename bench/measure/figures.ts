import type { Contestant } from "./contestant.ts";
import type { Latency, Spread } from "./latency.ts";
import type { Rounds } from "./rounds.ts";
import type { Throughput } from "./throughput.ts";

import { residentMiB } from "../processes/usage.ts";
import { median } from "./statistics.ts";

/** One contestant's figures: medians of its rounds. null is what does not apply or cannot be read. */
export type Figures = {
  acceptedPerSecond: number;
  deliveredPerSecond: number | null;
  cpuMsPerEvent: number | null;
  /** The same three with signed requests: Causeway only. */
  signed: Pick<Figures, "acceptedPerSecond" | "deliveredPerSecond" | "cpuMsPerEvent"> | null;
  at50: RateFigures;
  at200: RateFigures;
  idleMiB: number | null;
  /** Memory at the end, after all its events. */
  loadedMiB: number | null;
  gzipKiB: number;
  accepted: number;
  /** The busiest that the driver and the sink were in any round, as shares of one core. */
  busiestHelper: number | null;
};
export type RateFigures = {
  ack: Spread;
  acceptToSlack: Spread | null;
  dueToSlack: Spread | null;
  cpuMsPerEvent: number | null;
  driverLate: Spread;
};

/** Boils the rounds down. Called before the contestant is stopped: its memory is read here. */
export function figuresOf(contestant: Contestant, rounds: Rounds): Figures {
  const pushes = [...rounds.throughput, ...rounds.signed];
  return {
    ...pushed(rounds.throughput),
    signed: rounds.signed.length > 0 ? pushed(rounds.signed) : null,
    at50: held(rounds.at50),
    at200: held(rounds.at200),
    idleMiB: contestant.idleMiB,
    loadedMiB: residentMiB(contestant.server.pid),
    gzipKiB: contestant.gzipKiB,
    accepted: acceptedBy(rounds),
    busiestHelper: most(pushes.flatMap((push) => [push.driverLoad, push.sinkLoad])),
  };
}

/** All events that a contestant accepted, warm-up included. */
export function acceptedBy(rounds: Rounds): number {
  return Object.values(rounds)
    .flat()
    .reduce((sum, { accepted }) => sum + accepted, 0);
}

function pushed(rounds: Throughput[]) {
  return {
    acceptedPerSecond: median(rounds.map((round) => round.acceptedPerSecond)),
    deliveredPerSecond: middle(rounds.map((round) => round.deliveredPerSecond)),
    cpuMsPerEvent: middle(rounds.map((round) => round.cpuMsPerEvent)),
  };
}

function held(rounds: Latency[]): RateFigures {
  return {
    ack: middleSpread(rounds.map((round) => round.ack)),
    acceptToSlack: spreadIfAny(rounds.map((round) => round.acceptToSlack)),
    dueToSlack: spreadIfAny(rounds.map((round) => round.dueToSlack)),
    cpuMsPerEvent: middle(rounds.map((round) => round.cpuMsPerEvent)),
    driverLate: middleSpread(rounds.map((round) => round.driverLate)),
  };
}

function middleSpread(spreads: Spread[]): Spread {
  return { p50: median(spreads.map(({ p50 }) => p50)), p99: median(spreads.map(({ p99 }) => p99)) };
}

function spreadIfAny(spreads: (Spread | null)[]): Spread | null {
  const known = spreads.filter((spread) => spread !== null);
  return known.length > 0 ? middleSpread(known) : null;
}

function middle(values: (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? median(known) : null;
}

function most(values: (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? Math.max(...known) : null;
}
