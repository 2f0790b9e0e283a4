#!/usr/bin/env node
import { CommanderError } from "commander";
import { program } from "./program.ts";
import { EXIT } from "./terminal/refusal.ts";
import { processTerminal } from "./terminal/terminal.ts";

/** `npx causeway …`: TypeScript, run by Node as it is. */
const context = {
  terminal: processTerminal(),
  env: process.env,
  cwd: process.cwd(),
  now: Date.now,
};

// Whoever reads only the beginning (`| head`) is done; that is no mistake.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(EXIT.done);
  throw error;
});

try {
  await program(context).parseAsync(process.argv);
} catch (error) {
  // Help and mistakes of the command line have been printed already.
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
}
