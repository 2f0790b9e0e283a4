import { Option, type Command } from "commander";
import { configurationDir } from "../configuration/configuration-dir.ts";
import { noteOthers } from "../configuration/note-others.ts";
import type { Context } from "../context.ts";
import { codeQuality } from "../linting/code-quality.ts";
import { findingsAsText, type LintResult } from "../linting/findings-as-text.ts";
import { githubCommands } from "../linting/github-commands.ts";
import { lintFolder } from "../linting/lint-folder.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { asJson } from "../terminal/as-json.ts";
import { EXIT } from "../terminal/refusal.ts";
import { answers, verb } from "../verb.ts";

const FORMATS = ["text", "github", "gitlab", "json"] as const;

type Options = {
  format: (typeof FORMATS)[number];
  alertsTo: string[] | null;
  quiet?: boolean;
  strict?: boolean;
};

/** `causeway lint [dir]`: everything that can be known to be wrong with a configuration folder by itself. */
export function lint(context: Context): Command {
  const command = verb(
    "lint",
    "find mistakes in a configuration folder",
    "Finds everything in a configuration folder that can be known to be wrong without asking the Worker, Slack or GitLab.\n\ndocs/linting.md says what each finding means, and what to do.",
  )
    .argument("[dir]", "the configuration folder (default: this one)")
    .addOption(
      new Option("--format <format>", "how findings are written").choices(FORMATS).default("text"),
    )
    .addOption(
      new Option(
        "--alerts-to <names>",
        "the destinations that ALERTS_TO names, so that rules need not",
      )
        .argParser((given) => given.split(/[\s,]+/).filter((name) => name !== ""))
        .default(null, 'those with "alert" in their names'),
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
    const linted = lintFolder(configurationDir(context, given), cwd, options.alertsTo);
    noteOthers(terminal, linted.others);
    const of = (wanted: string): number =>
      linted.findings.filter(({ severity }) => severity === wanted).length;
    const [errors, warnings] = [of("error"), of("warning")];
    const failed = errors > 0 || (options.strict === true && warnings > 0);
    const findings = linted.findings.filter(
      ({ severity }) => severity === "error" || options.quiet !== true,
    );
    const result = { documents: linted.documents, errors, warnings, findings };
    return {
      json: result,
      text: textOf(options.format, result, terminal),
      exit: failed ? EXIT.found : EXIT.done,
    };
  });
}

function textOf(format: Options["format"], result: LintResult, terminal: Terminal): string {
  switch (format) {
    case "text":
      return findingsAsText(result, terminal);
    case "github":
      return githubCommands(result.findings);
    case "gitlab":
      return asJson(codeQuality(result.findings));
    case "json":
      return asJson(result);
  }
}
