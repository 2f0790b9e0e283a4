import { spawnSync } from "node:child_process";
import { Option, type Command } from "commander";
import type { Context } from "./context.ts";
import { EXIT, Refusal } from "./terminal/refusal.ts";

/** The option of every verb that is remembered with a name. */
export type AuthorOptions = { by?: string };

/** Gives a verb `--by`. */
export function hasAuthor(command: Command): Command {
  return command.addOption(
    new Option(
      "--by <name>",
      "who does it (default: CAUSEWAY_BY, else Git's user.email, else USER)",
    ),
  );
}

/**
 * Who does something: who `--by` says, else CAUSEWAY_BY, else the e-mail address that Git knows in the
 * folder, else the name of the account. It is a signature, not a proof.
 */
export function author({ env, cwd }: Context, given: string | undefined, dir = cwd): string {
  const by = [given, env["CAUSEWAY_BY"], gitEmail(env, dir), env["USER"]]
    .map((each) => each?.trim() ?? "")
    .find((each) => each !== "");
  if (by !== undefined) return by;
  throw new Refusal(
    "no_author",
    "Who does this? Say it with --by, or set CAUSEWAY_BY.",
    EXIT.usage,
  );
}

function gitEmail(env: Context["env"], dir: string): string | undefined {
  const asked = spawnSync("git", ["config", "user.email"], { cwd: dir, env, encoding: "utf8" });
  return asked.status === 0 ? asked.stdout : undefined;
}
