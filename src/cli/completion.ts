import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import tab from "@bomb.sh/tab/commander";
import type { Command } from "commander";
import { EVENT_CATALOGUE } from "../gitlab/event-catalogue.ts";
import { sampleNames } from "../sandbox/sample-named.ts";
import type { Context } from "./context.ts";

/** What may stand at a place, given what has been typed of it. */
type Candidates = (context: Context, typed: string) => string[];

/** By the name of an argument; one that is not here has nothing that could be known cheaply. */
const ARGUMENTS: Record<string, Candidates> = {
  dir: folders,
  file: files,
  export: files,
  event: (context, typed) => [...sampleNames(), ...files(context, typed)],
  payload: (context, typed) => [...sampleNames(), ...files(context, typed)],
  destination: destinations,
};

/** By the name of an option. */
const OPTIONS: Record<string, Candidates> = {
  dir: folders,
  destination: destinations,
  only: destinations,
  type: eventTypes,
  since: () => ["30m", "24h", "7d"],
};

const HOW_TO = `
First let the shell find causeway: run "npm link" in Causeway's checkout, once. Then switch completion
on for this shell, and for every shell by the same line in its start file:
  bash  source <(causeway complete bash)     needs the package bash-completion
  zsh   source <(causeway complete zsh)
  fish  causeway complete fish | source
`;

/**
 * Adds `causeway complete <shell>`, which prints a script that completes verbs, options and what they
 * take. The script asks `causeway complete -- <words>` at each tab.
 */
export function addCompletion(causeway: Command, context: Context): void {
  const completion = tab(causeway);
  causeway.commands
    .find((command) => command.name() === "complete")
    ?.summary("print the script that completes commands in your shell")
    .description("Prints the script with which your shell completes verbs, options and names.")
    .helpGroup("Your shell:")
    .addHelpText("after", HOW_TO);
  const typed = (): string => (process.argv.at(-1) ?? "").replace(/^--[\w-]+=/, "");
  for (const [path, command] of completion.commands) {
    // The protocol has a line for each candidate, so what stands behind it has to be one, too.
    command.description = summaryOf(causeway, path) ?? command.description;
    for (const argument of command.arguments.values()) {
      const candidates = ARGUMENTS[argument.name];
      if (candidates === undefined) continue;
      argument.handler = (offer) => {
        for (const each of candidates(context, typed())) offer(each, "");
      };
    }
    for (const option of command.options.values()) {
      option.description = oneLine(option.description);
      const candidates = OPTIONS[option.value];
      if (candidates === undefined || option.isBoolean === true) continue;
      option.handler = (offer) => {
        for (const each of candidates(context, typed())) offer(each, "");
      };
    }
  }
}

function summaryOf(causeway: Command, path: string): string | null {
  let command: Command | undefined = causeway;
  for (const name of path.split(" ")) {
    command = command?.commands.find((each) => each.name() === name);
  }
  const summary = command?.summary() ?? "";
  return summary === "" ? null : oneLine(summary);
}

function eventTypes(): string[] {
  return EVENT_CATALOGUE.flatMap(({ kind, actions }) => [
    `${kind}.*`,
    ...Object.keys(actions).map((action) => `${kind}.${action}`),
  ]);
}

/** The destinations of the folder that the person is in. */
function destinations({ cwd }: Context): string[] {
  return entriesOf(join(cwd, "destination")).flatMap(({ name }) =>
    name.endsWith(".yaml") ? [name.slice(0, -".yaml".length)] : [],
  );
}

function folders(context: Context, typed: string): string[] {
  return paths(context, typed, false);
}

function files(context: Context, typed: string): string[] {
  return paths(context, typed, true);
}

/** What is in the folder that has been typed so far. */
function paths({ cwd }: Context, typed: string, withFiles: boolean): string[] {
  const folder = typed.slice(0, typed.lastIndexOf("/") + 1);
  return entriesOf(resolve(cwd, folder === "" ? "." : folder)).flatMap((entry) =>
    entry.name.startsWith(".") || /\s/.test(entry.name) || !(withFiles || entry.isDirectory())
      ? []
      : [`${folder}${entry.name}${entry.isDirectory() ? "/" : ""}`],
  );
}

function entriesOf(folder: string): { name: string; isDirectory: () => boolean }[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}
