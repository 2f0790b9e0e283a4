import { readFileSync } from "node:fs";

/** Linux counts a process's time in hundredths of a second, whatever the kernel was built with. */
const TICK_MS = 10;

/** Processor time (user and system) a process has used, in ms; null where there is no `/proc`. */
export function cpuMs(pid: number): number | null {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // The second field is the name in brackets and may hold spaces: count from behind it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** Memory a process holds, in MiB; null where there is no `/proc`. */
export function residentMiB(pid: number): number | null {
  return memoryMiB(pid, "VmRSS");
}

/** The most memory a process has held since it started, in MiB; null where there is no `/proc`. */
export function peakMiB(pid: number): number | null {
  return memoryMiB(pid, "VmHWM");
}

function memoryMiB(pid: number, field: "VmRSS" | "VmHWM"): number | null {
  const status = read(`/proc/${pid}/status`) ?? "";
  const kib = new RegExp(`^${field}:\\s+(\\d+) kB$`, "m").exec(status)?.[1];
  return kib === undefined ? null : Number(kib) / 1024;
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
