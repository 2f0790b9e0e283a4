import tab from "@bomb.sh/tab/commander";
import { Command } from "commander";
import type { Context } from "./context.ts";

/** The verbs, in the order in which help lists them, under the headings that it has. */
const VERBS: Record<string, ((context: Context) => Command)[]> = {
  "Configuration as code:": [],
  "Try it first:": [],
  "What happens, and what to do about it:": [],
  "GitLab and Slack:": [],
  "Moving in:": [],
};

/** The whole command line. Mistakes are thrown as `CommanderError` once they are printed. */
export function program(context: Context): Command {
  const causeway = new Command("causeway")
    .description("Looks after Causeway: its configuration, what it received, and what it sent.")
    .version("0.1.0")
    .showHelpAfterError("(--help shows what there is)")
    .exitOverride();
  for (const [heading, verbs] of Object.entries(VERBS)) {
    for (const make of verbs) {
      causeway.addCommand(inheriting(causeway, make(context)).helpGroup(heading));
    }
  }
  tab(causeway);
  return causeway;
}

/** Verbs, and the verbs within them, treat mistakes as the whole does. */
function inheriting(parent: Command, command: Command): Command {
  command.copyInheritedSettings(parent);
  for (const inner of command.commands) inheriting(command, inner);
  return command;
}
