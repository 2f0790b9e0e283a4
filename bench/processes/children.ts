import type { ChildProcess } from "node:child_process";

const running = new Map<ChildProcess, string>();
let ending = false;

/**
 * Registers a child so that it is stopped, by its own pid, however this process ends. A child that
 * ends by itself ends the benchmark: a figure taken without it would mean nothing.
 */
export function adopt<Child extends ChildProcess>(child: Child, name: string): Child {
  if (running.size === 0) stopWithProcess();
  running.set(child, name);
  // "close" follows "exit" once everything the child said has been read.
  child.once("close", (code, signal) => {
    if (!running.delete(child) || ending) return;
    console.error(`${name} ended by itself (${signal ?? `exit code ${code}`}).`);
    process.exit(1);
  });
  return child;
}

/** Stops one child, politely or as a power cut does, and waits until it is gone. */
export async function release(
  child: ChildProcess,
  signal: "SIGTERM" | "SIGKILL" = "SIGTERM",
): Promise<void> {
  if (!running.delete(child) || child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  const lastResort = setTimeout(() => child.kill("SIGKILL"), 2_000);
  await gone;
  clearTimeout(lastResort);
}

let installed = false;

function stopWithProcess(): void {
  if (installed) return;
  installed = true;
  // "exit" also follows an uncaught error, where nothing asynchronous is possible any more.
  process.prependListener("exit", () => {
    ending = true;
    for (const child of running.keys()) child.kill("SIGKILL");
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => process.exit(130));
  }
}
