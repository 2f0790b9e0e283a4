import { Command } from "commander";
import type { Context } from "./context.ts";
import { asJson } from "./terminal/as-json.ts";
import { EXIT, Refusal } from "./terminal/refusal.ts";

/**
 * What a verb did: for programs (`json`; undefined: it was printed as it came), for people (`text`), and
 * how the process ends.
 */
export type Report = { json: unknown; text: string; exit?: number };

/**
 * A verb of the command line with what all of them have: `--json`, help after a mistake. Its action is
 * set with {@link answers}.
 */
export function verb(name: string, summary: string, description: string): Command {
  return new Command(name)
    .summary(summary)
    .description(description)
    .option("--json", "print the result as one JSON document, for programs")
    .showHelpAfterError("(--help shows what there is)");
}

/**
 * Gives a verb its action: what it reports is printed as text or, with `--json`, as one JSON document.
 * A {@link Refusal} becomes a sentence on standard error, or `{"error":{"code","message","details"}}`;
 * on one line where the verb prints a document on each (`lines`).
 */
export function answers<Options extends object>(
  command: Command,
  context: Context,
  act: (options: Options, ...given: string[]) => Promise<Report>,
  { lines = false }: { lines?: boolean } = {},
): Command {
  return command.action(async (...given: unknown[]) => {
    const options = command.opts<Options & { json?: boolean }>();
    const words = given.slice(0, command.registeredArguments.length) as string[];
    try {
      const report = await act(options, ...words);
      if (options.json === true) {
        if (report.json !== undefined) context.terminal.print(asJson(report.json));
      } else if (report.text !== "") context.terminal.print(report.text);
      process.exitCode = report.exit ?? EXIT.done;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { code, message, exit, details } = error;
      if (options.json === true) {
        const said = { code, message, ...(details === null ? {} : { details }) };
        context.terminal.print(asJson({ error: said }, lines ? 0 : 2));
      } else {
        context.terminal.note(`${context.terminal.style("red", "error:")} ${message}`);
      }
      process.exitCode = exit;
    }
  });
}
