import type { Command } from "commander";
import { configurationDir } from "../configuration-dir.ts";
import type { Context } from "../context.ts";
import { compareFolder } from "../publishing/compare-folder.ts";
import { planOf } from "../publishing/plan.ts";
import { changesAsJson, countedChanges, showPlan, strayedAsJson } from "../publishing/show-plan.ts";
import { asksTarget, withTarget, type TargetOptions } from "../targets/choose-target.ts";
import { EXIT } from "../terminal/refusal.ts";
import { answers, verb } from "../verb.ts";

type Options = TargetOptions & { full?: boolean };

/** `causeway diff`: what a push of the folder would change. */
export function diff(context: Context): Command {
  const command = asksTarget(
    verb(
      "diff",
      "show what differs between a folder and what is published",
      "Shows what differs between a configuration folder and what is published: what a push would add, change and remove, and what that changes in behaviour. Ends with 0 when nothing differs and with 1 when something does.",
    )
      .argument("[dir]", "the configuration folder (default: where you are)")
      .option("--full", "shows the lines that differ too, as YAML"),
  ).addHelpText(
    "after",
    "\nExamples:\n  causeway diff\n  causeway diff configuration --full\n  causeway diff --target local",
  );
  return answers<Options>(command, context, (options, given) =>
    withTarget(context, options, async (target) => {
      const dir = configurationDir(context, given);
      const { differing } = await compareFolder(context, dir, target);
      const plan = planOf(differing, { keep: false, force: false });
      const { steps, meanwhile, conflicts } = plan;
      const full = options.full === true;
      const json = {
        target: target.name,
        changes: changesAsJson(steps, full),
        meanwhile: strayedAsJson(meanwhile),
        conflicts: strayedAsJson(conflicts),
      };
      if (differing.length === 0) {
        return { json, text: `Nothing differs from ${target.name}.` };
      }
      const foot = steps.length === 0 ? [] : ["", `A push changes ${countedChanges(steps)}.`];
      const text = [showPlan(context.terminal, plan, full), ...foot].join("\n");
      return { json, text, exit: EXIT.found };
    }),
  );
}
