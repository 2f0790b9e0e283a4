import type { Target } from "../build/workerd-config.ts";
import type { Server } from "../processes/start-workerd.ts";

import { startWorkerd } from "../processes/start-workerd.ts";
import { residentMiB } from "../processes/usage.ts";

/** One of the Workers that are measured beside each other, running. */
export type Contestant = {
  name: ContestantName;
  server: Server;
  /** Whether its events end in a message. */
  delivers: boolean;
  gzipKiB: number;
  /** Memory after the start, before any event. */
  idleMiB: number | null;
};
export type ContestantName = "ceiling" | "floor" | "causeway";

const IDLE_MS = 500;

/** Starts a Worker, and lets it come to rest. */
export async function startContestant(
  name: ContestantName,
  target: Target,
  logs: boolean,
): Promise<Contestant> {
  const server = await startWorkerd(name, target, { logs });
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  return {
    name,
    server,
    delivers: target.durableObject !== undefined,
    gzipKiB: target.bundle.gzipKiB,
    idleMiB: residentMiB(server.pid),
  };
}
