import type { Command } from "commander";
import type { Check } from "../../checks/check.ts";
import { readFolder } from "../../folder/read-folder.ts";
import { configurationDir } from "../configuration-dir.ts";
import type { Context } from "../context.ts";
import { questions, type Document } from "../doctor/questions.ts";
import { showAnswers, tally, type Answered } from "../doctor/show-answers.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import { answers, verb } from "../verb.ts";
import { adminApi, asksWorker, type AdminApi, type WorkerOptions } from "../worker/admin-api.ts";
import { whenSlackLets } from "../worker/when-slack-lets.ts";

/** `causeway doctor`: looks at everything that a message passes on its way, but for GitLab's side. */
export function doctor(context: Context): Command {
  const command = asksWorker(
    verb(
      "doctor",
      "look at the Worker, Slack and KV, and say what is wrong",
      "Looks at the Worker's settings, KV, deliveries, the Slack app, each destination and each channel with answers, and says what is wrong and what to do about it. Nothing is posted or changed.",
    ),
  )
    .option("--dir <folder>", "look at the destinations and channels of a folder, published or not")
    .addHelpText(
      "after",
      `
Exit code 1 when there is an error; warnings alone are 0.
GitLab's side has its own: causeway hooks doctor.

Examples:
  causeway doctor
  causeway doctor --dir config       before "causeway push config"
  causeway doctor --json | jq '.checks[] | select(.ok | not)'`,
    );
  return answers<WorkerOptions & { dir?: string }>(command, context, async (options) => {
    const { terminal, env } = context;
    const api = adminApi(context, options);
    const documents =
      options.dir === undefined
        ? await published(api)
        : drafts(configurationDir(context, options.dir));
    const found: Answered[] = [];
    const asked = questions(documents);
    const progress = terminal.progress("Looking", asked.length);
    for (const { group, path, request } of asked) {
      const check = await whenSlackLets(context, progress, () => api.ask<Check>(path, request));
      found.push({ group, ...check });
      progress.at(found.length);
    }
    progress.end();
    const ok = found.every((check) => check.ok);
    const next = [
      env["GITLAB_TOKEN"]
        ? "GitLab's side: causeway hooks doctor"
        : "GitLab's side: set GITLAB_TOKEN, then causeway hooks doctor",
    ];
    return {
      json: { url: api.url, ok, checks: found, next },
      text: [
        showAnswers(found, terminal),
        "",
        `${api.url}: ${tally(found) ?? "all is well"}.`,
        ...next.map((step) => terminal.style("dim", `${step}.`)),
      ].join("\n"),
      exit: ok ? EXIT.done : EXIT.found,
    };
  });
}

async function published(api: AdminApi): Promise<Document[]> {
  const documents: Document[] = [];
  for await (const { key } of api.all<{ key: string }>("/documents?limit=500")) {
    documents.push({ key, draft: null });
  }
  return documents;
}

function drafts(dir: string): Document[] {
  const { documents, problems } = readFolder(dir);
  const [problem] = problems;
  if (problem !== undefined) {
    const where = `${problem.file}:${problem.line}:${problem.column}`;
    const hint = '"causeway lint" lists all that is wrong.';
    throw new Refusal("unreadable", `${where}: ${problem.message} ${hint}`, EXIT.usage);
  }
  return documents.map(({ key, json }) => ({ key, draft: { json } }));
}
