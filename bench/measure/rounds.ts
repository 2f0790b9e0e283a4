import type { Options } from "../options.ts";
import type { Contestant } from "./contestant.ts";
import type { Latency } from "./latency.ts";
import type { Rig } from "./rig.ts";
import type { Throughput } from "./throughput.ts";

import { measureLatency } from "./latency.ts";
import { measureThroughput } from "./throughput.ts";

/** Everything one contestant did, one entry for each round. */
export type Rounds = {
  /** In no figure: a just-in-time compiler needs some thousand events to settle. */
  warmUp: Throughput[];
  throughput: Throughput[];
  /** Only Causeway is also asked with GitLab's signatures. */
  signed: Throughput[];
  at50: Latency[];
  at200: Latency[];
};

const WARM_UP_SECONDS = 1.5;

/**
 * Measures all contestants, interleaved: each round takes all of them in turn, so that a change of
 * the machine's mood meets all of them. Who is first changes from round to round.
 */
export async function measureRounds(
  rig: Rig,
  contestants: Contestant[],
  options: Options,
  say: (progress: string) => void,
): Promise<Map<Contestant, Rounds>> {
  const all = new Map<Contestant, Rounds>();
  for (const contestant of contestants) {
    say(`warm-up: ${contestant.name}`);
    const warmUp = await push(contestant, "token", WARM_UP_SECONDS);
    all.set(contestant, { warmUp: [warmUp], throughput: [], signed: [], at50: [], at200: [] });
  }
  await eachRound("as fast as they can", async (contestant, rounds) => {
    rounds.throughput.push(await push(contestant, "token", options.throughputSeconds));
    if (contestant.name !== "causeway") return;
    rounds.signed.push(await push(contestant, "signature", options.throughputSeconds));
  });
  await eachRound("50/s and 200/s", async (contestant, rounds) => {
    rounds.at50.push(await hold(contestant, 50));
    rounds.at200.push(await hold(contestant, 200));
  });
  return all;

  async function eachRound(
    what: string,
    measure: (contestant: Contestant, rounds: Rounds) => Promise<void>,
  ): Promise<void> {
    for (let round = 0; round < options.rounds; round += 1) {
      const order = [...all].map((_, index, list) => list[(index + round) % list.length]);
      for (const entry of order) {
        if (!entry) continue;
        say(`${what}, round ${round + 1} of ${options.rounds}: ${entry[0].name}`);
        await measure(...entry);
      }
    }
  }

  function push({ server, delivers }: Contestant, auth: "token" | "signature", seconds: number) {
    return measureThroughput(rig, server, { auth, seconds, delivers });
  }

  function hold({ server, delivers }: Contestant, perSecond: number) {
    const seconds = options.rateSeconds;
    return measureLatency(rig, server, { perSecond, seconds, delivers });
  }
}
