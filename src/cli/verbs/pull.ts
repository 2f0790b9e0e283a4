import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { counted } from "../../words/counted.ts";
import { configurationDir } from "../configuration/configuration-dir.ts";
import { makeFolder } from "../configuration/make-folder.ts";
import type { Context } from "../context.ts";
import { writeBase } from "../publishing/base-file.ts";
import { agreedAlready, compareFolder } from "../publishing/compare-folder.ts";
import { agreedOn } from "../publishing/plan.ts";
import { pullPlan, type PullPlan } from "../publishing/pull-plan.ts";
import { theirs } from "../publishing/show-plan.ts";
import { writeTaken } from "../publishing/write-taken.ts";
import { asksTarget, withTarget, type TargetOptions } from "../targets/choose-target.ts";
import { EXIT } from "../terminal/refusal.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { answers, verb, type Report } from "../verb.ts";

type Options = TargetOptions & { overwrite?: boolean };

/** `causeway pull`: writes what is published into a folder. */
export function pull(context: Context): Command {
  const command = asksTarget(
    verb(
      "pull",
      "write what is published into a folder, as YAML",
      "Writes what is published into a configuration folder, as YAML. Files that say the same already stay as they are; in others comments and order stay. What you changed and did not push is left alone.",
    )
      .argument("[dir]", "the configuration folder (default: this one)")
      .option("--overwrite", "overwrite what you changed and did not push"),
  ).addHelpText(
    "after",
    "\nExamples:\n  causeway pull\n  causeway pull configuration          a new or empty folder is filled",
  );
  return answers<Options>(command, context, (options, given) =>
    withTarget(context, options, async (target): Promise<Report> => {
      const dir = folderToFill(context, given);
      const comparison = await compareFolder(context, dir, target);
      const plan = pullPlan(comparison.differing, options.overwrite === true);
      writeTaken(dir, plan.taken);
      const texts = plan.taken.map(
        ({ key }) => [key, comparison.published.get(key)?.text ?? null] as const,
      );
      writeBase(context, dir, target, agreedOn(agreedAlready(comparison), texts));
      const { taken, unpublished, conflicts, unusable } = plan;
      const json = {
        target: target.name,
        written: taken.filter(({ removed }) => !removed).map(({ file }) => file),
        removed: taken.filter(({ removed }) => removed).map(({ file }) => file),
        unpublished: unpublished.map(({ key }) => key),
        conflicts: conflicts.map(({ key }) => key),
        unusable,
      };
      const exit =
        conflicts.length > 0 ? EXIT.conflict : unusable.length > 0 ? EXIT.found : EXIT.done;
      const text = inWords(context.terminal, plan, comparison.published.size, target.name);
      return { json, text, exit };
    }),
  );
}

/** The folder that is meant: a configuration folder, or a new or empty one that was named. */
function folderToFill(context: Context, given: string | undefined): string {
  if (given === undefined) return configurationDir(context, given);
  const dir = resolve(context.cwd, given);
  makeFolder(dir);
  return readdirSync(dir).length === 0 ? dir : configurationDir(context, given);
}

function inWords({ style }: Terminal, plan: PullPlan, count: number, target: string): string {
  const { taken, unpublished, conflicts, unusable } = plan;
  const parts = taken.map(({ file, removed }) =>
    removed ? style("red", `- ${file}`) : style("green", `~ ${file}`),
  );
  if (parts.length === 0) parts.push("No file had to be written.");
  const documents = counted(count, "document is", "documents are");
  parts.push(`${documents} published at ${target}.`);
  if (unpublished.length > 0) {
    parts.push(
      "",
      "Changed here and not published, so left as it is:",
      ...unpublished.map(({ key }) => `  ${key}`),
    );
  }
  if (conflicts.length > 0) {
    parts.push(
      "",
      "Not overwritten, because it differs here too (causeway diff --full shows how; --overwrite takes what is published):",
      ...conflicts.map((each) => `  ${each.key}: ${theirs(each)}`),
    );
  }
  if (unusable.length > 0) {
    parts.push(
      "",
      "Left out:",
      ...unusable.map(({ key, why }) => `  ${JSON.stringify(key)}: ${why}`),
    );
  }
  return parts.join("\n");
}
