import type { Command } from "commander";
import type { Check } from "../../checks/check.ts";
import { configurationDir } from "../configuration/configuration-dir.ts";
import { readableDocuments } from "../configuration/usable-documents.ts";
import type { Context } from "../context.ts";
import { eachOnce } from "../doctor/each-once.ts";
import { questions, type Document } from "../doctor/questions.ts";
import { showAnswers, tally, type Answered } from "../doctor/show-answers.ts";
import { hooksCommand } from "../hooks/hooks-command.ts";
import { EXIT } from "../terminal/refusal.ts";
import { withProgress } from "../terminal/with-progress.ts";
import { answers, verb } from "../verb.ts";
import { adminApi, asksWorker, type AdminApi, type WorkerOptions } from "../worker/admin-api.ts";
import { publishedDocuments } from "../worker/published-documents.ts";
import { whenSlackLets } from "../worker/when-slack-lets.ts";

type Options = WorkerOptions & { dir?: string; strict?: boolean };

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
    .option("--strict", "end with 1 for a warning too")
    .addHelpText(
      "after",
      `
Exit code 1 when there is an error; warnings alone are 0, unless with --strict.
GitLab's side has its own: causeway hooks doctor.

Examples:
  causeway doctor
  causeway doctor --dir config       before "causeway push config"
  causeway doctor --json | jq '.checks[] | select(.ok | not)'`,
    );
  return answers<Options>(command, context, async (options) => {
    const { terminal, env } = context;
    const api = adminApi(context, options);
    const documents =
      options.dir === undefined
        ? await published(api)
        : drafts(configurationDir(context, options.dir));
    const asked = questions(documents);
    const found: Answered[] = [];
    await withProgress(terminal, "Looking", asked.length, async (at) => {
      for (const { group, path, request } of asked) {
        const check = await whenSlackLets(context, () => api.ask<Check>(path, request));
        found.push({ group, ...check });
        at(found.length);
      }
    });
    const once = eachOnce(found);
    const ok = found.every((check) => check.ok);
    const isIll = options.strict === true ? tally(found) !== null : !ok;
    const hooksDoctor = hooksCommand(options)("doctor");
    const next = [
      env["GITLAB_TOKEN"]
        ? `GitLab's side: ${hooksDoctor}`
        : `GitLab's side: set GITLAB_TOKEN, then ${hooksDoctor}`,
    ];
    return {
      json: { url: api.url, ok, checks: found, next },
      text: [
        showAnswers(once, api.isLocal, terminal),
        "",
        `${api.url}: ${tally(once) ?? "all is well"}.`,
        ...next.map((step) => terminal.style("dim", `${step}.`)),
      ].join("\n"),
      exit: isIll ? EXIT.found : EXIT.done,
    };
  });
}

async function published(api: AdminApi): Promise<Document[]> {
  return (await publishedDocuments(api)).map(({ key }) => ({ key, draft: null }));
}

function drafts(dir: string): Document[] {
  return readableDocuments(dir).documents.map(({ key, json }) => ({ key, draft: { json } }));
}
