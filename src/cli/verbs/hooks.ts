import { Command } from "commander";
import type { Context } from "../context.ts";
import { create } from "../hooks/create.ts";
import { doctor } from "../hooks/doctor.ts";
import { enable } from "../hooks/enable.ts";
import { list } from "../hooks/list.ts";
import { resend } from "../hooks/resend.ts";
import { rotate } from "../hooks/rotate.ts";

/** `causeway hooks …`: the webhooks in GitLab, which send to this Worker. */
export function hooks(context: Context): Command {
  const command = new Command("hooks")
    .summary("make webhooks in GitLab, change their tokens, and find what is wrong with them")
    .description(
      "Looks after the webhooks in GitLab that send to this Worker. Needs GITLAB_TOKEN, an access token with the scope api (and GITLAB_URL for another GitLab than gitlab.com).",
    )
    .showHelpAfterError("(--help shows what there is)");
  for (const make of [list, create, doctor, resend, enable, rotate]) {
    command.addCommand(make(context));
  }
  return command;
}
