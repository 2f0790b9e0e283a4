import type { Command } from "commander";
import { othersOf, sharedInWords } from "../../checks/shared-member.ts";
import { MEMBER_ID } from "../../mappings/schema.ts";
import { configurationDir } from "../configuration/configuration-dir.ts";
import type { Context } from "../context.ts";
import { askMembers } from "../people/ask-members.ts";
import { knownPeople } from "../people/known-people.ts";
import { EXIT } from "../terminal/refusal.ts";
import { answers, verb } from "../verb.ts";
import { adminApi, asksWorker, type WorkerOptions } from "../worker/admin-api.ts";

/** `causeway people check`: whether the people of a folder are still in Slack. */
export function peopleCheck(context: Context): Command {
  const command = asksWorker(
    verb(
      "check",
      "ask Slack whether the people of a folder are still there",
      "Asks Slack, through the Worker, whether each person of a folder is still there and is a person.",
    ),
  )
    .argument("[dir]", "the configuration folder (default: this one)")
    .addHelpText(
      "after",
      "\nExit code 1 when somebody is not.\n\nExample:\n  causeway people check config",
    );
  return answers<WorkerOptions>(command, context, async (options, given) => {
    const people = knownPeople(configurationDir(context, given));
    if (people.length === 0) return { json: { items: [] }, text: "There is nobody to look for." };
    const ids = people.flatMap(({ slack }) =>
      slack !== null && MEMBER_ID.test(slack) ? slack : [],
    );
    const members = await askMembers(context, adminApi(context, options), { ids, emails: [] });
    const items = people.map(({ username, file, slack }) => {
      const member = members.get(slack ?? "");
      const others = othersOf({ username, slack }, people);
      const problems = [
        ...(member === undefined
          ? [`${file} names no Slack member id: "causeway lint" says what is wrong.`]
          : member.state === "active"
            ? []
            : [`${slack}: ${member.why ?? member.state}`]),
        ...(slack === null || others.length === 0 ? [] : [sharedInWords(slack, others)]),
      ];
      return {
        username,
        file,
        slack,
        name: member?.name ?? null,
        ok: problems.length === 0,
        problems,
      };
    });
    const wrong = items.filter(({ ok }) => !ok);
    const { style } = context.terminal;
    return {
      json: { items },
      text: [
        ...wrong.flatMap(({ username, problems }) => [
          `${style("red", "✗")} ${username}`,
          ...problems.map((problem) => `    ${problem}`),
        ]),
        ...(wrong.length === 0
          ? [`${style("green", "✓")} All ${items.length} people are there.`]
          : [
              "",
              `${wrong.length} of ${items.length} people need a look: delete the files of who has left.`,
            ]),
      ].join("\n"),
      exit: wrong.length === 0 ? EXIT.done : EXIT.found,
    };
  });
}
