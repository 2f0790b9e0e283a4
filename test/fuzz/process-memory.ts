import { readdirSync, readFileSync } from "node:fs";

/** How often the memory of the processes is looked at. */
const EVERY_MS = 250;

/** The most memory (resident, in MiB) that one process below this one had since this was made. */
export class ProcessMemory {
  readonly #timer = setInterval(() => this.#look(), EVERY_MS).unref();
  #peakMiB = 0;

  /** The peak so far; ends the looking. */
  stop(): number {
    this.#look();
    clearInterval(this.#timer);
    return this.#peakMiB;
  }

  #look(): void {
    for (const each of descendants())
      this.#peakMiB = Math.max(this.#peakMiB, each.kibibytes / 1024);
  }
}

type Process = { pid: number; parent: number; kibibytes: number };

function descendants(): Process[] {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => statusOf(Number(pid)));
  const found: Process[] = [];
  let parents = [process.pid];
  while (parents.length > 0) {
    const children = all.filter(({ parent }) => parents.includes(parent));
    found.push(...children);
    parents = children.map(({ pid }) => pid);
  }
  return found;
}

/** Nothing for a process that has ended in the meantime. */
function statusOf(pid: number): Process[] {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const of = (name: string) =>
      Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
    return [{ pid, parent: of("PPid"), kibibytes: of("VmRSS") }];
  } catch {
    return [];
  }
}
