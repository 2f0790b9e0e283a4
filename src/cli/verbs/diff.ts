import type { Command } from "commander";
import { configurationDir } from "../configuration/configuration-dir.ts";
import type { Context } from "../context.ts";
import { compareFolder } from "../publishing/compare-folder.ts";
import { planOf, stepOf } from "../publishing/plan.ts";
import { changesAsJson, countedChanges, showPlan, strayedAsJson } from "../publishing/show-plan.ts";
import { asksTarget, withTarget, type TargetOptions } from "../targets/choose-target.ts";
import { EXIT } from "../terminal/refusal.ts";
import { answers, verb } from "../verb.ts";

type Options = TargetOptions & { full?: boolean; keep?: boolean; overwrite?: boolean };

/** `causeway diff`: what a push of the folder would change. */
export function diff(context: Context): Command {
  const command = asksTarget(
    verb(
      "diff",
      "show what differs between a folder and what is published",
      "Shows what differs between a configuration folder and what is published: what a push would add, change and remove, and what that changes in behaviour. Ends with 0 when nothing differs and with 1 when something does.",
    )
      .argument("[dir]", "the configuration folder (default: this one)")
      .option("--full", "show the lines that differ too, as YAML")
      .option("--keep", "as push --keep: what the folder lacks stays published")
      .option("--overwrite", "as push --overwrite: the folder is the truth"),
  ).addHelpText(
    "after",
    "\nExamples:\n  causeway diff\n  causeway diff configuration --full\n  causeway diff --target local",
  );
  return answers<Options>(command, context, (options, given) =>
    withTarget(context, options, async (target) => {
      const dir = configurationDir(context, given);
      const { differing } = await compareFolder(context, dir, target);
      const plan = planOf(differing, {
        keep: options.keep === true,
        overwrite: options.overwrite === true,
      });
      const { steps, meanwhile, conflicts, overwritten, kept } = plan;
      const full = options.full === true;
      const json = {
        target: target.name,
        changes: changesAsJson(steps, full),
        meanwhile: strayedAsJson(meanwhile),
        conflicts: strayedAsJson(conflicts).map((each, at) => ({
          ...each,
          ...changesAsJson(conflicts.slice(at, at + 1).map(stepOf), full)[0],
        })),
        overwritten: strayedAsJson(overwritten),
        kept: kept.map(({ key }) => key),
      };
      if (differing.length === 0) {
        return { json, text: `Nothing differs from ${target.name}.` };
      }
      const foot =
        conflicts.length > 0
          ? ["", "A push is refused while that is in the way: pull it, or push with --overwrite."]
          : steps.length === 0
            ? []
            : ["", `A push changes ${countedChanges(steps)}.`];
      const text = [showPlan(context.terminal, plan, full), ...foot].join("\n");
      return { json, text, exit: EXIT.found };
    }),
  );
}
