import { spawn } from "node:child_process";
import { realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

import type { Target } from "../build/workerd-config.ts";

import { workerdConfig } from "../build/workerd-config.ts";
import { adopt, release } from "./children.ts";
import { scratchFolder } from "./scratch.ts";

const WORKERD = join(import.meta.dirname, "../../node_modules/.bin/workerd");

/** A running workerd. */
export type Server = {
  name: string;
  pid: number;
  port: number;
  /** Only when asked for: where DevTools can connect. */
  inspectorPort: number | null;
  /** From the start of the process to its first answer over HTTP. */
  startMs: number;
  stop: () => Promise<void>;
  /** Ends it as a power cut does. */
  kill: () => Promise<void>;
};

type Wanted = {
  inspector?: boolean;
  logs?: boolean;
  /** A folder for the state, which outlives the process; without one an empty folder. */
  disk?: string;
  /** A command that replaces itself by the one that follows it, such as `nice`. */
  through?: string[];
  /** What it is asked first; without, `GET /health`. */
  ask?: (port: number) => Promise<void>;
  /** Gets each line of its errors; without, they are shown, each once. */
  heard?: (line: string) => void;
};

/**
 * Starts one target on bare workerd and waits until it answers. Its log costs what it costs but is
 * shown only when wanted.
 */
export async function startWorkerd(
  name: string,
  target: Target,
  wanted: Wanted = {},
): Promise<Server> {
  const folder = scratchFolder(name);
  const config = join(folder, "config.capnp");
  const disk = wanted.disk ?? scratchFolder(`${name}-disk`);
  writeFileSync(config, workerdConfig(target, folder, disk));
  const startedAt = performance.now();
  const inspector = wanted.inspector ? ["--inspector-addr=127.0.0.1:0"] : [];
  const [command = "", ...words] = [
    ...(wanted.through ?? []),
    realpathSync(WORKERD),
    "serve",
    config,
    "--control-fd=3",
    ...inspector,
  ];
  const child = adopt(
    spawn(command, words, {
      // The control channel (3) says which ports were free.
      stdio: ["ignore", wanted.logs ? "inherit" : "ignore", "pipe", "pipe"],
    }),
    `workerd (${name})`,
  );
  const heard = wanted.heard ?? ((line: string) => showOnce(name, line));
  createInterface(child.stdio[2] as Readable).on("line", heard);
  const ports = await listening(child.stdio[3] as Readable, inspector.length + 1);
  const port = ports.get("http") ?? 0;
  await (wanted.ask ?? askHealth)(port);
  return {
    name,
    pid: child.pid ?? 0,
    port,
    inspectorPort: ports.get("inspector") ?? null,
    startMs: performance.now() - startedAt,
    stop: () => release(child),
    kill: () => release(child, "SIGKILL"),
  };
}

const shown = new Set<string>();

function showOnce(name: string, line: string): void {
  if (shown.has(line)) return;
  shown.add(line);
  console.error(`${name}: ${line}`);
}

type ControlMessage = { event: string; socket?: string; port?: number };

async function listening(control: Readable, sockets: number): Promise<Map<string, number>> {
  const ports = new Map<string, number>();
  return new Promise((resolve) => {
    createInterface(control).on("line", (line) => {
      const message = JSON.parse(line) as ControlMessage;
      if (message.event === "listen") ports.set(message.socket ?? "", message.port ?? 0);
      if (message.event === "listen-inspector") ports.set("inspector", message.port ?? 0);
      if (ports.size === sockets) resolve(ports);
    });
  });
}

async function askHealth(port: number): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}/health`);
  await answer.text();
  if (answer.status >= 500) throw new Error(`GET /health answered ${answer.status}.`);
}
