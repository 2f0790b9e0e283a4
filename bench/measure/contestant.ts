import type { Target } from "../build/workerd-config.ts";
import type { Server } from "../processes/start-workerd.ts";

import { startWorkerd } from "../processes/start-workerd.ts";
import { residentMiB } from "../processes/usage.ts";
import { median } from "./statistics.ts";

/** One of the Workers that are measured beside each other, running. */
export type Contestant = {
  name: ContestantName;
  server: Server;
  /** Whether its events end in a message. */
  delivers: boolean;
  gzipKiB: number;
  /** From the start of workerd to the first answer: the median of several starts. */
  startMs: number;
  /** Memory after the start, before any event. */
  idleMiB: number | null;
};
export type ContestantName = "ceiling" | "floor" | "causeway";

const STARTS = 5;
const IDLE_MS = 500;

/** Starts a Worker several times, and leaves the last one running. */
export async function startContestant(
  name: ContestantName,
  target: Target,
  logs: boolean,
): Promise<Contestant> {
  const starts: number[] = [];
  for (let start = 1; start < STARTS; start += 1) {
    const server = await startWorkerd(name, target);
    starts.push(server.startMs);
    await server.stop();
  }
  const server = await startWorkerd(name, target, { logs });
  starts.push(server.startMs);
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  return {
    name,
    server,
    delivers: target.durableObject !== undefined,
    gzipKiB: target.bundle.gzipKiB,
    startMs: median(starts),
    idleMiB: residentMiB(server.pid),
  };
}
