import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

/** Wrangler asks nobody on the net, writes no logs at home and does not advertise itself. */
const QUIET = {
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  WRANGLER_HIDE_BANNER: "true",
  WRANGLER_SEND_ERROR_REPORTS: "false",
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_WRITE_LOGS: "false",
  NO_COLOR: "1",
};

/**
 * Starts the project's own wrangler with the Node that runs this. It leads a process group, so that Ctrl+C reaches only us
 * and `stopGroup` reaches workerd too.
 */
export function spawnWrangler(root: string, args: string[]): ChildProcess {
  const wrangler = join(root, "node_modules/wrangler/bin/wrangler.js");
  return spawn(process.execPath, [wrangler, ...args], {
    cwd: root,
    env: { ...process.env, ...QUIET },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
}

/** What a wrangler command prints; a command that fails is an exception with its last words. */
export async function runWrangler(root: string, args: string[]): Promise<string> {
  const child = spawnWrangler(root, args);
  let output = "";
  let complaints = "";
  child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
  const code = await new Promise((resolve) => child.once("error", resolve).once("close", resolve));
  if (code === 0) return output;
  throw new Error(`wrangler ${args.join(" ")} failed:\n${(complaints || output).trim()}`);
}

/**
 * Asks the whole group to stop, and insists after five seconds. Resolves when it is gone, also where its leader, wrangler,
 * was gone before.
 */
export async function stopGroup({ pid }: ChildProcess): Promise<void> {
  if (pid === undefined) return;
  const insistAt = Date.now() + 5000;
  signalGroup(pid, "SIGTERM");
  while (signalGroup(pid, 0)) {
    if (Date.now() > insistAt) {
      signalGroup(pid, "SIGKILL");
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Resolves when the process has ended, or could not be started. */
export function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("error", () => resolve()).once("exit", () => resolve());
  });
}

/** Whether there was anybody to receive the signal; 0 only asks. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}
