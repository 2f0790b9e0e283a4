import { resolve } from "node:path";
import { Command } from "commander";
import { CHANNEL_ID } from "../../mappings/schema.ts";
import { configurationDir } from "../configuration/configuration-dir.ts";
import type { Context } from "../context.ts";
import { cleanPath } from "../gitlab/clean-path.ts";
import { configurationFiles } from "../import/configuration-files.ts";
import { newDraft, type Draft } from "../import/draft.ts";
import { importReport } from "../import/import-report.ts";
import { readSource } from "../import/read-source.ts";
import { convertWorkflow } from "../import/slackworkflow/convert-workflow.ts";
import { writeFiles } from "../import/write-files.ts";
import { convertZaps } from "../import/zapier/convert-zaps.ts";
import { repeated } from "../repeated.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import { answers, verb, type Report } from "../verb.ts";

type Options = { shadow?: true; dryRun?: true; skipExisting?: true };

/** `causeway import`: what another bridge had becomes a configuration. */
export function importing(context: Context): Command {
  return new Command("import")
    .summary("move in from Zapier or from Slack's old Workflow Builder")
    .description(
      "Turns exports of another bridge into YAML of a configuration folder. What has no equivalent becomes a comment at the spot, and a line of the report.",
    )
    .addCommand(zapier(context))
    .addCommand(slackworkflow(context));
}

function zapier(context: Context): Command {
  const command = common(
    verb(
      "zapier",
      "turn a Zap export into mappings and destinations",
      "Turns Zaps that go from GitLab to Slack into rules: triggers become on, filters and paths become when, and the steps that send become destinations.",
    )
      .argument("<export>", "the export (JSON) of your Zaps, or a folder of them")
      .argument("[dir]", "the configuration folder, which may be a new one (default: this one)"),
  )
    .option(
      "--project <path>",
      "say the GitLab project of Zaps that do not; <zap id or title>=<path> for one of them (may be repeated)",
      repeated,
    )
    .addHelpText(
      "after",
      `
Where to get the export: the file Zapfile.json of Zapier's account data export, or the
JSON that a Zap's own "Export" gives.
Addresses of Slack workflows stay in the export: no file and no message has them.

Examples:
  causeway import zapier zaps.json config --dry-run
  causeway import zapier zaps.json config --shadow --project my-group/my-project
  causeway import zapier zaps.json config --project "New requests=my-group/requests"`,
    );
  return answers<Options & { project?: string[] }>(command, context, async (options, ...given) => {
    const [file = "", dir] = given;
    const projectOf = projectsOf(options.project ?? []);
    const draft = newDraft();
    for (const { json } of readSource(context, file, ".json")) {
      convertZaps(draft, json, { shadow: options.shadow === true, projectOf });
    }
    return await Promise.resolve(moveIn(context, draft, dir, options));
  });
}

function slackworkflow(context: Context): Command {
  const command = common(
    verb(
      "slackworkflow",
      "turn exports of Slack's old Workflow Builder into mappings",
      "Turns .slackworkflow files into rules: emoji reactions and welcomes become rules of their channel, and a workflow that a webhook starts becomes a destination.",
    )
      .argument("<file>", "a .slackworkflow file, or a folder of them")
      .argument("[dir]", "the configuration folder, which may be a new one (default: this one)"),
  )
    .option("--channel <id>", "say the Slack channel of workflows that do not")
    .addHelpText(
      "after",
      `
Name the folder that holds them all: workflows of one channel become one file.

Examples:
  causeway import slackworkflow slack-workflows config --dry-run
  causeway import slackworkflow welcome.slackworkflow config --channel C0123456789`,
    );
  return answers<Options & { channel?: string }>(command, context, async (options, ...given) => {
    const [file = "", dir] = given;
    const { channel } = options;
    if (channel !== undefined && !CHANNEL_ID.test(channel)) {
      throw new Refusal(
        "bad_channel",
        `"${channel}" is no channel id. It looks like C0123456789 (in Slack: channel details, at the bottom).`,
        EXIT.usage,
      );
    }
    const draft = newDraft();
    for (const { file: name, json } of readSource(context, file, ".slackworkflow")) {
      const { shadow } = options;
      convertWorkflow(draft, json, name, { shadow: shadow === true, channel: channel ?? null });
    }
    return await Promise.resolve(moveIn(context, draft, dir, options));
  });
}

function common(command: Command): Command {
  return command
    .option("--shadow", "write rules with mode: shadow, which record and send nothing")
    .option("--dry-run", "print the files instead of writing them")
    .option("--skip-existing", "leave files that are there as they are, and write the others")
    .addHelpText(
      "after",
      "\nEnds with 0; with 1 when something has no equivalent or was left alone; with 4 when files that say\nsomething else are there already, and nothing was written.",
    );
}

function moveIn(
  context: Context,
  draft: Draft,
  given: string | undefined,
  { dryRun, skipExisting }: Options,
): Report {
  const isDryRun = dryRun === true;
  // A folder that is named may be a new one, and printing needs none.
  const dir =
    isDryRun || given !== undefined
      ? resolve(context.cwd, given ?? ".")
      : configurationDir(context, given);
  const { files, notes } = configurationFiles(draft);
  const results = writeFiles(dir, files, { isDryRun, skipsExisting: skipExisting === true });
  return importReport(context, { files: results, notes, where: given ?? ".", isDryRun });
}

/** Reads `--project`: a path for all, or `<zap>=<path>` for one. */
function projectsOf(given: string[]): (zap: { id: string; title: string }) => string | null {
  const byZap = new Map<string, string>();
  let forAll: string | null = null;
  for (const each of given) {
    const at = each.lastIndexOf("=");
    const path = cleanPath(each.slice(at + 1));
    if (path === null) {
      throw new Refusal(
        "bad_project",
        `--project ${each}: "${each.slice(at + 1)}" is not the path of a project, such as my-group/my-project.`,
        EXIT.usage,
      );
    }
    if (at < 0) forAll = path;
    else byZap.set(each.slice(0, at).trim().toLowerCase(), path);
  }
  return ({ id, title }) => byZap.get(id) ?? byZap.get(title.toLowerCase()) ?? forAll;
}
