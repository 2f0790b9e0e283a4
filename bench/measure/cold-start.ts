import type { Bundle } from "../build/bundle-worker.ts";
import type { Target } from "../build/workerd-config.ts";

import { openConnection } from "../load/connection.ts";
import { FIRST_NUMBER } from "../load/event-number.ts";
import { requestWriter } from "../load/request.ts";
import { scratchFolder } from "../processes/scratch.ts";
import { startWorkerd } from "../processes/start-workerd.ts";
import { median } from "./statistics.ts";

/**
 * Milliseconds from starting the process of workerd to the first webhook answered with 202: medians
 * of several starts in turn.
 */
export type ColdStart = {
  /** A Worker that answers and does nothing, beside the same stand-in for KV. */
  emptyMs: number;
  /** Causeway, on a disk that it has used before. */
  causewayMs: number;
  /** What Causeway adds. */
  ownMs: number;
};

const STARTS = 9;

/** Starts both as often. No rule wants the webhooks, so Slack is sent nothing. */
export async function measureColdStart(causeway: Target, empty: Bundle): Promise<ColdStart> {
  const disk = scratchFolder("cold-start-disk");
  const nothing: Target = { bundle: empty, texts: {}, ...(causeway.kv ? { kv: causeway.kv } : {}) };
  const request = requestWriter({ path: "/gitlab/webhooks", event: "filtered", auth: "token" });
  let number = FIRST_NUMBER;

  async function startMs(name: string, target: Target): Promise<number> {
    number += 1;
    const ask = (port: number) => deliver(port, request(number));
    const server = await startWorkerd(name, target, { disk, ask });
    await server.stop();
    return server.startMs;
  }

  // The first start makes the files, and is in no figure.
  await startMs("causeway", causeway);
  const [emptyMs, causewayMs]: [number[], number[]] = [[], []];
  for (let start = 0; start < STARTS; start += 1) {
    emptyMs.push(await startMs("empty", nothing));
    causewayMs.push(await startMs("causeway", causeway));
  }
  const medians = { emptyMs: median(emptyMs), causewayMs: median(causewayMs) };
  return { ...medians, ownMs: medians.causewayMs - medians.emptyMs };
}

async function deliver(port: number, request: Uint8Array): Promise<void> {
  const connection = await openConnection(port);
  const status = await new Promise<number>((resolve) => connection.send(request, resolve));
  connection.close();
  if (status !== 202) throw new Error(`The first webhook was answered with ${status}.`);
}
