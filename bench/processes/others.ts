import { readFileSync } from "node:fs";

import { cpuMs } from "./usage.ts";

/**
 * Watches how much of the machine other programs use: what makes one run noisier than another.
 * Call the result to end it; it gives a share of all cores, or null where there is no `/proc`.
 */
export function watchOthers(ownPids: number[]): () => number | null {
  const before = reading(ownPids);
  return () => {
    const after = reading(ownPids);
    if (before === null || after === null) return null;
    const others = after.busyMs - before.busyMs - (after.ownMs - before.ownMs);
    return Math.max(0, others / (after.allMs - before.allMs));
  };
}

function reading(ownPids: number[]): { allMs: number; busyMs: number; ownMs: number } | null {
  const own = ownPids.map(cpuMs);
  const machine = machineTicks();
  if (machine === null || own.includes(null)) return null;
  const [user = 0, nice = 0, system = 0, , , , , steal = 0] = machine;
  return {
    allMs: sum(machine) * 10,
    busyMs: (user + nice + system + steal) * 10,
    ownMs: sum(own.map(Number)),
  };
}

/** Hundredths of a second since the machine started: user, nice, system, idle, waiting, … */
function machineTicks(): number[] | null {
  try {
    const [all = ""] = readFileSync("/proc/stat", "utf8").split("\n");
    // The last two, guests, are in "user" and "nice" already.
    return all.trim().split(/\s+/).slice(1, 9).map(Number);
  } catch {
    return null;
  }
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
