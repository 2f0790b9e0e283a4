import type { Bundle } from "../../../bench/build/bundle-worker.ts";
import type { Target } from "../../../bench/build/workerd-config.ts";
import type { Server } from "../../../bench/processes/start-workerd.ts";
import { scratchFolder } from "../../../bench/processes/scratch.ts";
import { startWorkerd } from "../../../bench/processes/start-workerd.ts";
import { peakMiB } from "../../../bench/processes/usage.ts";

/** The built Worker on bare workerd, over a disk that outlives each process. */
export type Causeway = {
  /** Where it listens; null while it is down. */
  port: () => number | null;
  pid: () => number | null;
  start: () => Promise<void>;
  /** Ends it as a power cut does. */
  kill: () => Promise<void>;
  /** Ends it politely and starts another build over the same disk. */
  deploy: (bundle: Bundle) => Promise<void>;
  stop: () => Promise<void>;
  /** The most memory that any of its processes has held, in MiB; 0 where that cannot be read. */
  peakMiB: () => number;
  /** The last lines of workerd's errors. */
  errors: () => string[];
};

/** How the process is to be run. */
export type Running = { name: string; logs: boolean; disk?: string; through?: string[] };

const KEPT_ERRORS = 10;

/** Nothing runs until it is started. */
export function createCauseway(target: Target, { name, logs, ...how }: Running): Causeway {
  const { disk = scratchFolder(`${name}-disk`), through = [] } = how;
  let { bundle } = target;
  let server: Server | null = null;
  let peak = 0;
  const errors: string[] = [];

  function heard(line: string): void {
    errors.push(line);
    if (errors.length > KEPT_ERRORS) errors.shift();
    if (logs) console.error(`${name}: ${line}`);
  }

  function notePeak(): void {
    if (server !== null) peak = Math.max(peak, peakMiB(server.pid) ?? 0);
  }

  async function start(): Promise<void> {
    server = await startWorkerd(name, { ...target, bundle }, { logs, disk, through, heard });
  }

  async function end(how: "stop" | "kill"): Promise<void> {
    notePeak();
    const ending = server;
    server = null;
    await ending?.[how]();
  }

  return {
    port: () => server?.port ?? null,
    pid: () => server?.pid ?? null,
    start,
    kill: () => end("kill"),
    stop: () => end("stop"),
    async deploy(next) {
      await end("stop");
      bundle = next;
      await start();
    },
    peakMiB() {
      notePeak();
      return peak;
    },
    errors: () => errors,
  };
}
