import type { Command } from "commander";
import { configurationDir } from "../configuration/configuration-dir.ts";
import type { Context } from "../context.ts";
import { knownPeople } from "../people/known-people.ts";
import { table } from "../terminal/table.ts";
import { answers, verb } from "../verb.ts";

/** `causeway people list`: the people of a folder. */
export function peopleList(context: Context): Command {
  const command = verb(
    "list",
    "list the people of a folder",
    "Lists the people of a folder: who in GitLab is which member of Slack.",
  )
    .argument("[dir]", "the configuration folder (default: this one)")
    .addHelpText("after", "\nExample:\n  causeway people list config");
  return answers(command, context, async (_options, given) => {
    const people = knownPeople(configurationDir(context, given));
    return {
      json: { items: people },
      text:
        people.length === 0
          ? 'There is nobody yet: "causeway people import" takes people over from a list.'
          : table(people.map(({ username, slack }) => [username, slack ?? "(cannot be read)"])),
    };
  });
}
