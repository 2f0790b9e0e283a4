import { Option, type Command } from "commander";
import { configurationDir } from "../configuration-dir.ts";
import type { Context } from "../context.ts";
import { codeQuality } from "../linting/code-quality.ts";
import { findingsAsText } from "../linting/findings-as-text.ts";
import { githubCommands } from "../linting/github-commands.ts";
import { lintFolder, type LintedFolder } from "../linting/lint-folder.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { EXIT } from "../terminal/refusal.ts";
import { answers, verb } from "../verb.ts";

const FORMATS = ["text", "github", "gitlab", "json"] as const;

type Options = { format: (typeof FORMATS)[number]; quiet?: boolean; strict?: boolean };

/** `causeway lint [dir]`: everything that can be known to be wrong with a configuration folder by itself. */
export function lint(context: Context): Command {
  const command = verb(
    "lint",
    "find mistakes in a configuration folder",
    "Finds everything in a configuration folder that can be known to be wrong without asking the Worker, Slack or GitLab.\n\nWhat each finding means, and what to do: docs/linting.md",
  )
    .argument("[dir]", "the configuration folder (default: this one)")
    .addOption(
      new Option("--format <format>", "how findings are written").choices(FORMATS).default("text"),
    )
    .option("--quiet", "leave warnings out")
    .option("--strict", "warnings count as errors for the exit code")
    .addHelpText(
      "after",
      `
Exit code 1 when there is an error (with --strict also a warning).

Examples:
  causeway lint config
  causeway lint config --strict --format github    in GitHub Actions
  causeway lint config --format gitlab > codequality.json    in GitLab CI`,
    );
  return answers<Options>(command, context, async (options, given) => {
    const { terminal, cwd } = context;
    const linted = lintFolder(configurationDir(context, given), cwd);
    const of = (wanted: string): number =>
      linted.findings.filter(({ severity }) => severity === wanted).length;
    const [errors, warnings] = [of("error"), of("warning")];
    const failed = errors > 0 || (options.strict === true && warnings > 0);
    const findings =
      options.quiet === true
        ? linted.findings.filter(({ severity }) => severity === "error")
        : linted.findings;
    const json = { documents: linted.documents, errors, warnings, findings };
    return {
      json,
      text: textOf(options.format, json, { ...linted, quiet: options.quiet === true }, terminal),
      exit: failed ? EXIT.found : EXIT.done,
    };
  });
}

function textOf(
  format: Options["format"],
  json: LintedFolder,
  { quiet, ...linted }: LintedFolder & { quiet: boolean },
  terminal: Terminal,
): string {
  switch (format) {
    case "text":
      return findingsAsText(linted, quiet, terminal);
    case "github":
      return githubCommands(json.findings);
    case "gitlab":
      return JSON.stringify(codeQuality(json.findings), null, 2);
    case "json":
      return JSON.stringify(json, null, 2);
  }
}
