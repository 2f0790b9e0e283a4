import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { bundleCauseway, bundleReference } from "../../../bench/build/bundle-worker.ts";
import { workerdConfig } from "../../../bench/build/workerd-config.ts";

/** The built Worker on bare workerd, with a disk of its own that outlives the process. */
export type CausewayProcess = {
  /** Starts workerd, on the state that the last one left, and waits until it answers. */
  start: () => Promise<string>;
  /** Ends it as a power cut does. */
  kill: () => Promise<void>;
  /** Ends it and removes its disk. */
  remove: () => Promise<void>;
};

const WORKERD = join(import.meta.dirname, "../../../node_modules/.bin/workerd");

/** Builds the Worker with these settings and KV documents; nothing runs until it is started. */
export async function createCausewayProcess(
  texts: Record<string, string>,
  documents: Record<string, unknown>,
): Promise<CausewayProcess> {
  const folder = mkdtempSync(join(tmpdir(), "causeway-kill-"));
  const disk = mkdtempSync(join(tmpdir(), "causeway-kill-disk-"));
  const [bundle, server] = await Promise.all([
    bundleCauseway("kill"),
    bundleReference("kill-kv", "bench/kv/worker.ts"),
  ]);
  const config = join(folder, "config.capnp");
  const target = {
    bundle,
    texts,
    durableObject: { binding: "RELAY", className: "Relay" },
    kv: { binding: "MAPPINGS", server, documents },
  };
  writeFileSync(config, workerdConfig(target, folder, disk));
  let child: ChildProcess | null = null;

  async function kill(): Promise<void> {
    if (child === null) return;
    const gone = new Promise((resolve) => child?.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;
    child = null;
  }

  return {
    kill,
    async start() {
      child = spawn(realpathSync(WORKERD), ["serve", config, "--control-fd=3"], {
        stdio: ["ignore", "ignore", "ignore", "pipe"],
      });
      return `http://127.0.0.1:${await portOf(child.stdio[3] as Readable)}`;
    },
    async remove() {
      await kill();
      for (const path of [folder, disk]) rmSync(path, { recursive: true, force: true });
    },
  };
}

/** The port on which workerd listens; it says so on its control channel. */
async function portOf(control: Readable): Promise<number> {
  for await (const line of createInterface(control)) {
    const message = JSON.parse(line) as { event: string; port?: number };
    if (message.event === "listen" && message.port !== undefined) return message.port;
  }
  throw new Error("workerd ended before it listened");
}
