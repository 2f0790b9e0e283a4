import { execFileSync } from "node:child_process";
import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";

import type { Spread } from "../measure/latency.ts";

import { percentile } from "../measure/statistics.ts";
import { scratchFolder } from "../processes/scratch.ts";

/** What the figures were taken on. */
export type Machine = {
  cpu: string;
  cores: number;
  memoryGiB: number;
  system: string;
  node: string;
  workerd: string;
  /** How long the disk under the Durable Objects takes to make 4 KiB durable. */
  syncMs: Spread;
};

const SYNCS = 100;

const WORKERD = join(import.meta.dirname, "../../node_modules/.bin/workerd");

/** Reads the machine's data sheet. */
export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    workerd: execFileSync(WORKERD, ["--version"], { encoding: "utf8" }).trim(),
    syncMs: timeSyncs(),
  };
}

function timeSyncs(): Spread {
  const file = openSync(join(scratchFolder("sync"), "file"), "w");
  const block = new Uint8Array(4096);
  const times = Array.from({ length: SYNCS }, () => {
    const before = performance.now();
    writeSync(file, block);
    fdatasyncSync(file);
    return performance.now() - before;
  });
  closeSync(file);
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}
