import type { Target } from "../build/workerd-config.ts";
import type { Rig } from "./rig.ts";

import { startWorkerd } from "../processes/start-workerd.ts";
import { watchHeap } from "../profile/inspector.ts";
import { measureBurst, type BurstPlan } from "./burst.ts";

/**
 * The most MiB that the one isolate of a Worker and its Relay held during a burst, buffers included.
 * Cloudflare allows 128; the local runtime does not enforce it. In a process of its own: asking slows it.
 */
export async function measureIsolate(rig: Rig, target: Target, plan: BurstPlan): Promise<number> {
  const server = await startWorkerd("isolate", target, { inspector: true });
  const watched = await watchHeap(server.inspectorPort ?? 0);
  await measureBurst(rig, server, plan);
  const mostBytes = await watched();
  await server.stop();
  return mostBytes / 1024 / 1024;
}
