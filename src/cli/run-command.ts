import { CommanderError } from "commander";
import { traceOf } from "../log.ts";
import { program } from "./program.ts";
import { EXIT } from "./terminal/refusal.ts";
import { processTerminal } from "./terminal/terminal.ts";

/** Runs the command line that this process was started with; the exit code says how it ended. */
export async function runCommand(argv: string[]): Promise<void> {
  // Whoever reads only the beginning (`| head`) is done; that is no mistake.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(EXIT.done);
    throw error;
  });
  const terminal = processTerminal();
  const context = { terminal, env: process.env, cwd: process.cwd(), now: Date.now };
  try {
    await program(context).parseAsync(argv);
  } catch (error) {
    if (error instanceof CommanderError) {
      // Help and mistakes of the command line have been printed already.
      process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
      return;
    }
    terminal.note(`This is a mistake of Causeway's, please report it:\n${traceOf(error)}`);
    process.exitCode = EXIT.crashed;
  }
}
