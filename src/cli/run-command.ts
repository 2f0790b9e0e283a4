import { CommanderError } from "commander";
import { traceOf } from "../log.ts";
import { program } from "./program.ts";
import { asJson } from "./terminal/as-json.ts";
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
      // Help and mistakes of the command line have been printed already, for people.
      process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
      if (error.exitCode !== 0 && wantsJson(argv)) {
        terminal.print(asJson({ error: { code: "usage", message: saidOf(error) } }, 0));
      }
      return;
    }
    terminal.note(`This is a mistake of Causeway's, please report it:\n${traceOf(error)}`);
    process.exitCode = EXIT.crashed;
  }
}

/** Which verb is meant may not be known: `--json` counts wherever it stands. */
function wantsJson(argv: string[]): boolean {
  const end = argv.indexOf("--");
  return argv.slice(0, end < 0 ? undefined : end).includes("--json");
}

function saidOf({ code, message }: CommanderError): string {
  // Every verb takes --json: there is none where that is a mistake.
  if (code.startsWith("commander.help") || message.includes("option '--json'")) {
    return "Say which verb: --help shows what there is.";
  }
  return message.replace(/^error: /, "").replace(/(?<!\s)\s*\n\s*/g, " ");
}
