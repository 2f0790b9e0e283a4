import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { MEMBER_ID } from "../../mappings/schema.ts";
import { configurationDir } from "../configuration/configuration-dir.ts";
import type { Context } from "../context.ts";
import { askMembers } from "../people/ask-members.ts";
import { knownPeople } from "../people/known-people.ts";
import { planImport, type Planned } from "../people/plan-import.ts";
import { readPeople, type PersonEntry } from "../people/read-people.ts";
import { writePerson } from "../people/write-person.ts";
import { oneLine } from "../../words/one-line.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { answers, verb } from "../verb.ts";
import { adminApi, asksWorker, type WorkerOptions } from "../worker/admin-api.ts";

type Options = WorkerOptions & { byEmail?: boolean; dryRun?: boolean; force?: boolean };

const EMAIL = /^[^\s@]{1,200}@[^\s@]{1,200}$/;

/** `causeway people import`: takes people over from a list into a folder. */
export function peopleImport(context: Context): Command {
  const command = asksWorker(
    verb(
      "import",
      "take people over from a list",
      "Takes people over from a list into person/<gitlab username>.yaml files of a folder.",
    ),
  )
    .argument("<file>", "the list, as .csv or .yaml")
    .argument("[dir]", "the configuration folder, which may be a new one (default: this one)")
    .option(
      "--by-email",
      "ask Slack whose the e-mail addresses are, and whether the members are still there",
    )
    .option("--dry-run", "show what would be written, and write nothing")
    .option("--force", "write also what contradicts the folder, and who has left or is a bot")
    .addHelpText(
      "after",
      `
A list has, for each person, a GitLab username and a Slack member id or an e-mail address. Of a CSV file
the first line names the columns (gitlab, slack, email …); in YAML it is a list or a map of people, also
nested as gitlab: { username: … } and slack: { id: … }.

--by-email asks through the Worker, whose Slack app needs the scope users:read.email for it.
Ends with 1 when there are conflicts, or entries that do not say who is meant.

Examples:
  causeway people import team.csv --dry-run
  causeway people import team.yaml config --by-email`,
    );
  return answers<Options>(command, context, async (options, file = "", given) => {
    const dir = folderFor(context, given);
    const entries = readPeople(resolve(context.cwd, file));
    const members =
      options.byEmail === true
        ? await askMembers(context, adminApi(context, options), toAsk(entries))
        : new Map();
    const known = existsSync(dir) ? knownPeople(dir) : [];
    const planned = planImport(entries, known, members, options.force === true);
    const items = planned.map((person) => {
      const { username, slack, name, outcome } = person;
      if (slack === null || (outcome !== "added" && outcome !== "changed")) return person;
      const before = known.find((each) => each.username.toLowerCase() === username);
      const path = before?.file ?? `person/${username}.yaml`;
      if (options.dryRun !== true) write(dir, { username, slack, name }, path);
      return { ...person, file: path };
    });
    const isLeft = items.some(({ outcome }) => outcome === "conflict" || outcome === "unusable");
    return {
      json: { dryRun: options.dryRun === true, items },
      text: show(items, options.dryRun === true, context.terminal),
      exit: isLeft ? EXIT.found : EXIT.done,
    };
  });
}

/** A folder that is named may be a new or an empty one. */
function folderFor(context: Context, given: string | undefined): string {
  const dir = resolve(context.cwd, given ?? ".");
  const stats = given === undefined ? null : statSync(dir, { throwIfNoEntry: false });
  const isFree = stats === undefined || (stats?.isDirectory() && readdirSync(dir).length === 0);
  return isFree === true ? dir : configurationDir(context, given);
}

function write(dir: string, person: Parameters<typeof writePerson>[1], file: string): void {
  try {
    writePerson(dir, person, file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof Refusal || code === undefined) throw error;
    throw new Refusal("not_written", `${join(dir, file)} cannot be written (${code}).`);
  }
}

function toAsk(entries: PersonEntry[]): { ids: string[]; emails: string[] } {
  return {
    ids: entries.flatMap(({ slack }) => (slack !== null && MEMBER_ID.test(slack) ? [slack] : [])),
    emails: entries.flatMap(({ slack, email }) =>
      slack === null && email !== null && EMAIL.test(email) ? [email] : [],
    ),
  };
}

function show(items: Planned[], isDryRun: boolean, { style }: Terminal): string {
  const lines = items.flatMap(({ place, username, slack, name, outcome, conflicts }) => {
    const who = `${username || "(nobody)"}${slack === null ? "" : ` = ${slack}`}${name === null ? "" : ` (${oneLine(name)})`}`;
    const reasons = conflicts.map(({ message, canForce }) =>
      outcome === "conflict" && canForce ? `    ${message} (--force)` : `    ${message}`,
    );
    switch (outcome) {
      case "unchanged":
        return [];
      case "added":
        return [`${style("green", "+")} ${who}`, ...reasons];
      case "changed":
        return [`${style("yellow", "~")} ${who}`, ...reasons];
      case "conflict":
      case "unusable":
        return [`${style("red", "✗")} ${who}  ${style("dim", place)}`, ...reasons];
    }
  });
  const count = (outcome: Planned["outcome"]) =>
    items.filter((item) => item.outcome === outcome).length;
  const written = count("added") + count("changed");
  const sums = [
    `${count("added")} added`,
    ...(count("changed") > 0 ? [`${count("changed")} changed`] : []),
    `${count("unchanged")} unchanged`,
    `${count("conflict")} in conflict`,
    ...(count("unusable") > 0 ? [`${count("unusable")} without a person`] : []),
  ].join(", ");
  const next = isDryRun
    ? "Nothing was written (--dry-run)."
    : written > 0
      ? 'Look at the files, then publish them with "causeway push".'
      : "Nothing was written.";
  return [...lines, ...(lines.length > 0 ? [""] : []), `${sums}. ${next}`].join("\n");
}
