import type { Command } from "commander";
import type { Context } from "../../src/cli/context.ts";
import { program } from "../../src/cli/program.ts";
import type { Terminal } from "../../src/cli/terminal/terminal.ts";

const INTRODUCTION = `# The command line

<!-- Made by \`npm run docs\` from the commands themselves (src/cli). -->

\`npx causeway …\` in a clone of this repository, after \`npm ci\`; or \`npm link\` there once, and then \`causeway …\` anywhere. (With any Node from 18 on: an older
one hands over to the Node that \`npm ci\` brought along.) How the verbs go together:
[from an empty folder to a published rule and back](operating.md#a-rule-from-an-empty-folder-and-back).

## Settings

Environment variables, or a file \`.env\` in Causeway's own checkout (not in the configuration folder, where whoever edits it would decide where tokens go); \`CAUSEWAY_ENV_FILE\` names another. Secrets are never options, for those stand in lists of processes.

| setting | what it is | needed by |
| --- | --- | --- |
| \`CAUSEWAY_URL\` | the Worker's address; \`--url\` says otherwise for one call. Without it: the local Worker, \`http://127.0.0.1:8787\` | whatever asks the Worker |
| \`CAUSEWAY_TOKEN\` | the Worker's \`ADMIN_TOKEN\`; for \`events\`, \`event\`, \`problems\` and \`ledger\` its \`VIEWER_TOKEN\` is enough. The local Worker's is found by itself | whatever asks the Worker |
| \`CAUSEWAY_BY\` | who you are, in \`history\`; else Git's \`user.email\`, else your user name | \`push\`, \`rollback\`, \`pause\` … |
| \`CAUSEWAY_SIGNING_TOKEN\` | one of the Worker's \`GITLAB_SIGNING_TOKENS\`. The local Worker's is found by itself | \`send\` |
| \`GITLAB_URL\`, \`GITLAB_TOKEN\` | GitLab's address (\`https://gitlab.com\`) and a token with the scope \`api\` of somebody who is Maintainer (Owner of groups). Beside the local Worker, with neither set: the stand-in of \`npm start\` | \`hooks\` |
| \`CLOUDFLARE_ACCOUNT_ID\`, \`CLOUDFLARE_API_TOKEN\`, \`CAUSEWAY_KV_NAMESPACE_ID\` | the account, a token that may edit Workers KV storage, and the namespace | \`--target cloudflare\` |
| \`NO_COLOR\` | no colours; there are none anyway where no person reads | |

## For scripts

\`--json\` makes any verb print one JSON document and nothing else on standard output (\`tail\`: one on each line). What is not a result
goes to standard error. Errors are \`{"error":{"code","message","details"}}\` then; \`details\` names what they are about, where that is known; the code \`usage\` is for a command line that cannot be read. How a command ends:

| exit code | means |
| --- | --- |
| 0 | done |
| 1 | it worked, and found something for a person: differences, failures, a leak; documents of yours that cannot be used as they are, whatever the verb |
| 2 | the command line, or a setting, cannot be used, or names what is not there; nobody said yes, or it needs an option that says you mean it. Nothing was changed |
| 3 | somebody else would not or could not: the Worker, GitLab, Cloudflare, the network, the disk |
| 4 | somebody else changed the same thing meanwhile; nothing was overwritten |
| 5 | broken off half way; what was done is said |
| 70 | a mistake of Causeway's: please report it |

Completion for bash, after \`npm link\`: \`source <(causeway complete bash)\`; there is \`zsh\`, \`fish\` and \`powershell\` too.
`;

/** docs/command-line.md: what the commands say of themselves. */
export function commandLinePage(): string {
  const verbs = program(SILENT).commands.filter((command) => command.name() !== "complete");
  return [INTRODUCTION, overview(verbs), ...verbs.map(section)].join("\n");
}

/** The verbs under the headings of the help, each with a link to what it says of itself. */
function overview(verbs: Command[]): string {
  const headings = [...new Set(verbs.map((command) => command.helpGroup()))];
  const tables = headings.map((heading) => {
    const rows = verbs
      .filter((command) => command.helpGroup() === heading)
      .map((command) => `| [\`${command.name()}\`](#${command.name()}) | ${command.summary()} |`);
    return `**${heading}**\n\n| verb | |\n| --- | --- |\n${rows.join("\n")}\n`;
  });
  return `## Verbs\n\n${tables.join("\n")}`;
}

function section(command: Command): string {
  const inner = command.commands.map(helpOf);
  return `## ${command.name()}\n\n${[helpOf(command), ...inner].map(block).join("\n")}`;
}

function helpOf(command: Command): string {
  let said = "";
  command.configureOutput({ writeOut: (text) => (said += text), getOutHelpWidth: () => 120 });
  command.outputHelp();
  return said.trimEnd();
}

function block(text: string): string {
  return `\`\`\`text\n${text}\n\`\`\`\n`;
}

const nobody: Terminal = {
  print: () => {},
  note: () => {},
  style: (_style, text) => text,
  confirm: () => Promise.resolve(null),
  progress: () => ({ at: () => {}, end: () => {} }),
};

/** A command line that is only looked at. */
const SILENT: Context = { terminal: nobody, env: {}, cwd: "/", now: () => 0 };
