import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How a command ended, and what it said. */
export type Ended = { code: number | null; stdout: string; stderr: string };

const MAIN = join(import.meta.dirname, "../../../src/cli/main.ts");

/** Where and with what a command is run. Nothing of the tester's own settings reaches it. */
export type Surroundings = { env?: Record<string, string>; cwd?: string; input?: string };

/** Runs `causeway …` as a process of its own, as people do (without a terminal), and waits for its end. */
export async function causeway(args: string[], around: Surroundings = {}): Promise<Ended> {
  const child = startCauseway(args, around);
  child.stdin?.end(around.input ?? "");
  let [stdout, stderr] = ["", ""];
  child.stdout?.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  return await new Promise((resolve) => {
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** The same with `--json`: what it printed, parsed. */
export async function causewayJson<T>(
  args: string[],
  around: Surroundings = {},
): Promise<{ code: number | null; json: T }> {
  const { code, stdout, stderr } = await causeway([...args, "--json"], around);
  try {
    return { code, json: JSON.parse(stdout) as T };
  } catch {
    throw new Error(`causeway ${args.join(" ")} printed no JSON:\n${stdout}\n${stderr}`);
  }
}

/** Starts a command that goes on until it is stopped. */
export function startCauseway(args: string[], { env = {}, cwd = tmpdir() }: Surroundings = {}) {
  return spawn(process.execPath, [MAIN, ...args], {
    cwd,
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: tmpdir(),
      NO_COLOR: "1",
      CAUSEWAY_ENV_FILE: "",
      ...env,
    },
    stdio: "pipe",
  });
}
