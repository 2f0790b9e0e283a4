import type { Command } from "commander";
import { MAX_WHY } from "../../publishing/publish.ts";
import { asksConsent, type ConsentOptions } from "../consent.ts";
import type { Context } from "../context.ts";
import { author, hasAuthor, type AuthorOptions } from "../author.ts";
import { published, publishSteps } from "../publishing/publish-steps.ts";
import { changesAsJson, countedChanges, showChanges } from "../publishing/show-plan.ts";
import { changedSince, restoring, signed } from "../../publishing/restoring.ts";
import { asksTarget, withTarget, type TargetOptions } from "../targets/choose-target.ts";
import { moment } from "../terminal/moment.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import { answers, verb, type Report } from "../verb.ts";

type Options = TargetOptions &
  AuthorOptions &
  ConsentOptions & {
    message?: string;
    overwrite?: boolean;
    dryRun?: boolean;
  };

/** `causeway rollback`: puts back what was before a publish. */
export function rollback(context: Context): Command {
  const command = hasAuthor(
    asksConsent(
      asksTarget(
        verb(
          "rollback",
          "put back what the documents of a publish were before it",
          "Puts back what the documents of a publish were before it, as a publish of its own: shows what changes, asks, and can be rolled back itself. The files in your folder stay as they are: pull afterwards.",
        )
          .argument("<id>", "which, as causeway history shows it")
          .option("-m, --message <why>", "why (default: which one is rolled back)")
          .option("--overwrite", "put back also what was changed again since")
          .option("--dry-run", "only show what would change"),
      ),
    ),
  ).addHelpText(
    "after",
    '\nExample:\n  causeway rollback 20261123T065510Z-0k3f9x -m "It told the wrong channel"',
  );
  return answers<Options>(command, context, (options, id) =>
    withTarget(context, options, async (target): Promise<Report> => {
      const entry = await target.entry(id ?? "");
      const present = new Map((await target.read()).map((document) => [document.key, document]));
      const later = await signed(
        changedSince(entry, present),
        async (key) => (await target.history({ key, limit: 1 }))[0],
      );
      if (later.length > 0 && options.overwrite !== true) {
        const lines = later.map(({ key, by, at, publish }) => {
          const which = publish === null ? "" : ` (${publish})`;
          return `  ${key}: ${by ?? "somebody"}${at === null ? "" : `, ${moment(at)}`}${which}`;
        });
        throw new Refusal(
          "changed_since",
          `Nothing was put back: some of it was changed again since.\n${lines.join("\n")}\nRoll that back first, or add --overwrite to put back what was before ${entry.id} all the same.`,
          EXIT.conflict,
          { changed: later },
        );
      }
      const steps = restoring(entry, present);
      const json = { target: target.name, changes: changesAsJson(steps, false), published: null };
      if (steps.length === 0) {
        return { json, text: `Everything is as it was before ${entry.id} already.` };
      }
      const shown = showChanges(context.terminal, steps, false);
      if (options.dryRun === true) {
        const text = `${shown}\n\nA rollback changes ${countedChanges(steps)}. Nothing was published.`;
        return { json, text };
      }
      context.terminal.note(`${shown}\n`);
      const made = await publishSteps(context, target, {
        steps,
        by: author(context, options.by),
        why: options.message?.trim() || `Rolls back ${entry.id}: ${entry.why}`.slice(0, MAX_WHY),
        restores: entry.id,
        yes: options.yes === true,
      });
      return { json: { ...json, published: made }, text: published(made, target) };
    }),
  );
}
