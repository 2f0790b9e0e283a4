import type { Context } from "../../../src/cli/context.ts";
import { program } from "../../../src/cli/program.ts";
import type { Ended, Surroundings } from "./causeway.ts";

/**
 * Runs `causeway …` in this process, without a terminal, and waits for its end: what it does and says
 * is the same, and there is no start of Node to wait for. One after the other: the exit code is the process's.
 */
export async function causewayHere(
  args: string[],
  { env = {}, cwd = "/" }: Omit<Surroundings, "input"> = {},
): Promise<Ended> {
  let [stdout, stderr] = ["", ""];
  const context: Context = {
    terminal: {
      print: (text) => (stdout += `${text}\n`),
      note: (text) => (stderr += `${text}\n`),
      style: (_style, text) => text,
      confirm: async () => await Promise.resolve(null),
      progress: () => ({ at: () => {}, end: () => {} }),
    },
    env,
    cwd,
    now: Date.now,
  };
  await program(context).parseAsync(["node", "causeway", ...args]);
  const code = Number(process.exitCode ?? 0);
  process.exitCode = undefined;
  return { code, stdout, stderr };
}

/** The same with `--json`: what it printed, parsed. */
export async function causewayJsonHere<T>(
  args: string[],
  around: Omit<Surroundings, "input"> = {},
): Promise<{ code: number | null; json: T }> {
  const { code, stdout } = await causewayHere([...args, "--json"], around);
  return { code, json: JSON.parse(stdout) as T };
}
