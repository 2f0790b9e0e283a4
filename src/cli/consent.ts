import { Option, type Command } from "commander";
import type { Context } from "./context.ts";
import { EXIT, Refusal } from "./terminal/refusal.ts";

/** The option of every verb that asks before it acts. */
export type ConsentOptions = { yes?: boolean };

/** Gives a verb `--yes`, for scripts. */
export function asksConsent(command: Command): Command {
  return command.addOption(new Option("-y, --yes", "ask nobody, for scripts"));
}

/**
 * Asks before something is done that cannot be taken back, or is done to many. Without a yes it throws a
 * {@link Refusal}, and the caller has changed nothing: so it says.
 */
export async function consent(
  { terminal }: Context,
  question: string,
  yes: boolean | undefined,
): Promise<void> {
  if (yes === true) return;
  const answer = await terminal.confirm(question);
  if (answer === true) return;
  if (answer === false) throw new Refusal("not_confirmed", "Nothing was changed.", EXIT.usage);
  throw new Refusal(
    "not_confirmed",
    `${question} Nobody can be asked here, and nothing was changed. Add --yes to do it.`,
    EXIT.usage,
  );
}
