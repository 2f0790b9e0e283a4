import type { Command } from "commander";
import { configurationDir } from "../configuration/configuration-dir.ts";
import { asksConsent, type ConsentOptions } from "../consent.ts";
import type { Context } from "../context.ts";
import { author, hasAuthor, type AuthorOptions } from "../author.ts";
import { writeBase } from "../publishing/base-file.ts";
import { agreedAlready, compareFolder } from "../publishing/compare-folder.ts";
import { agreedOn, planOf } from "../publishing/plan.ts";
import { published, publishSteps } from "../publishing/publish-steps.ts";
import { refusePlan } from "../publishing/refuse-plan.ts";
import { changesAsJson, countedChanges, showPlan, strayedAsJson } from "../publishing/show-plan.ts";
import { asksTarget, withTarget, type TargetOptions } from "../targets/choose-target.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import { answers, verb, type Report } from "../verb.ts";

type Options = TargetOptions &
  AuthorOptions &
  ConsentOptions & {
    message?: string;
    keep?: boolean;
    overwrite?: boolean;
    despiteMistakes?: boolean;
    removeMany?: boolean;
    dryRun?: boolean;
  };

/** `causeway push`: publishes a folder. */
export function push(context: Context): Command {
  const command = hasAuthor(
    asksConsent(
      asksTarget(
        verb(
          "push",
          "publish a folder, after showing what that changes",
          "Publishes a configuration folder: shows what changes first, asks, and publishes all of it or nothing. What somebody else changed since your last pull or push is never overwritten silently; where there was none, as in CI, that is whatever is published and not the same here.",
        )
          .argument("[dir]", "the configuration folder (default: this one)")
          .option("-m, --message <why>", "why, for whoever reads the history")
          .option("--keep", "leave published what the folder lacks")
          .option("--overwrite", "make it what the folder says, whatever others published")
          .option("--despite-mistakes", "publish in spite of errors that lint finds")
          .option("--remove-many", "remove more than half of what is published")
          .option("--dry-run", "only show what would change"),
      ),
    ),
  ).addHelpText(
    "after",
    '\nExamples:\n  causeway push -m "Licensing requests go to the new channel"\n  causeway push --dry-run\n  causeway push --yes --overwrite -m "$CI_COMMIT_TITLE" --by "$GITLAB_USER_EMAIL"     in CI, where Git is the truth',
  );
  return answers<Options>(command, context, (options, given) =>
    withTarget(context, options, async (target): Promise<Report> => {
      const dir = configurationDir(context, given);
      const [overwrite, keep] = [options.overwrite === true, options.keep === true];
      const isDry = options.dryRun === true;
      const [by, why] = isDry
        ? ["", ""]
        : [author(context, options.by, dir), reason(options.message)];
      const comparison = await compareFolder(context, dir, target);
      const plan = planOf(comparison.differing, { keep, overwrite });
      const { steps, meanwhile, conflicts, overwritten, kept } = plan;
      const json = {
        target: target.name,
        changes: changesAsJson(steps, false),
        meanwhile: strayedAsJson(meanwhile),
        conflicts: strayedAsJson(conflicts),
        overwritten: strayedAsJson(overwritten),
        kept: kept.map(({ key }) => key),
        published: null,
      };
      const shown = showPlan(context.terminal, plan, false);
      if (shown !== "" && !isDry) context.terminal.note(`${shown}\n`);
      refusePlan(context, plan, comparison, {
        despiteMistakes: options.despiteMistakes === true,
        removeMany: options.removeMany === true,
      });
      const agreed = agreedAlready(comparison);
      if (steps.length === 0) {
        if (!isDry) writeBase(context, dir, target, agreed);
        const nothing = `There is nothing to publish to ${target.name}.`;
        return { json, text: isDry ? joined(shown, nothing) : nothing };
      }
      if (isDry) {
        const text = joined(
          shown,
          `A push changes ${countedChanges(steps)}. Nothing was published.`,
        );
        return { json, text };
      }
      const made = await publishSteps(context, target, {
        steps,
        by,
        why,
        restores: null,
        yes: options.yes === true,
      });
      writeBase(
        context,
        dir,
        target,
        agreedOn(
          agreed,
          steps.map(({ key, after }) => [key, after]),
        ),
      );
      return { json: { ...json, published: made }, text: published(made, target) };
    }),
  );
}

function reason(message: string | undefined): string {
  const why = message?.trim() ?? "";
  if (why !== "") return why;
  throw new Refusal(
    "no_reason",
    'Say why with -m "…": it is what the history shows to whoever comes after you.',
    EXIT.usage,
  );
}

function joined(...parts: string[]): string {
  return parts.filter((part) => part !== "").join("\n\n");
}
