import { Command } from "commander";
import type { Context } from "../context.ts";
import { peopleCheck } from "./people-check.ts";
import { peopleImport } from "./people-import.ts";
import { peopleList } from "./people-list.ts";

/** `causeway people …`: who in GitLab is who in Slack, as `person/…` documents of a folder. */
export function people(context: Context): Command {
  return new Command("people")
    .summary("keep who in GitLab is who in Slack")
    .description(
      'Keeps person/<gitlab username>.yaml in a configuration folder: with it messages mention people. Nothing is published: that is "causeway push".',
    )
    .addCommand(peopleImport(context))
    .addCommand(peopleList(context))
    .addCommand(peopleCheck(context));
}
