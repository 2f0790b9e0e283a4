import { Option, type Command } from "commander";
import { hookNeeds, type HookOwner } from "../../gitlab/hook-events.ts";
import { hookUrl } from "../../gitlab/hook-path.ts";
import { configurationDir } from "../configuration/configuration-dir.ts";
import { asksConsent, consent, type ConsentOptions } from "../consent.ts";
import type { Context } from "../context.ts";
import { placeAt } from "../gitlab/find-place.ts";
import { gitlabApi, type GitlabApi } from "../gitlab/gitlab-api.ts";
import { hooksAbove, hooksAt } from "../gitlab/hooks-at.ts";
import { setHook, signs } from "../gitlab/set-hook.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import { answers, verb } from "../verb.ts";
import { adminApi, asksWorker, type AdminApi, type WorkerOptions } from "../worker/admin-api.ts";
import { hookToken } from "./hook-token.ts";
import { hooksCommand } from "./hooks-command.ts";
import { pathNamed } from "./paths-asked.ts";
import { planHook, unknownTo } from "./plan-hook.ts";
import { nothingToChange, nothingToDo, planInWords, planReport } from "./plan-in-words.ts";
import { readRules } from "./read-rules.ts";

type Options = WorkerOptions &
  ConsentOptions & {
    group?: boolean;
    project?: boolean;
    dir?: string;
    dryRun?: boolean;
    renewToken?: boolean;
  };

const HELP = `
It sends exactly what the rules for the path, and for what is below it, need; when they change, run
it again. A webhook that sends here already is changed, never doubled; where nothing differs, nothing
is done. Its token is derived by the Worker and shown to nobody. Nobody can read which one GitLab has:
it is set whenever something else changes, and with --renew-token, which is for deliveries that are
refused (401).

GITLAB_TOKEN has to be an access token with the scope api, of a Maintainer of the project or an Owner
of the group (whose webhooks need Premium or Ultimate). GITLAB_URL is for another GitLab than gitlab.com.

Examples:
  causeway hooks create my-group/my-project --dir configuration --dry-run
  causeway hooks create my-group --yes`;

/** `causeway hooks create`: makes the webhook of a project or group, or puts it right. */
export function create(context: Context): Command {
  const command = verb(
    "create",
    "make the webhook that the rules need, or put it right",
    "Makes the webhook of a project or group in GitLab, or puts right the one that is there.",
  )
    .argument("<path>", "the project or group, such as my-group/my-project")
    .addOption(new Option("--project", "it is a project (else found out)").conflicts("group"))
    .option("--group", "it is a group (else found out)")
    .option("--dir <folder>", "the configuration folder (default: here)")
    .option("--dry-run", "only say what would be done")
    .option("--renew-token", "set the token again, even where nothing else differs")
    .addHelpText("after", HELP);
  asksConsent(asksWorker(command));
  return answers<Options>(command, context, async (options, given = "") => {
    const api = gitlabApi(context, options);
    const worker = adminApi(context, options);
    refuseUnreachable(api, worker);
    const rules = readRules(configurationDir(context, options.dir));
    const place = await placeAt(api, pathNamed(api, given), ownerIn(options));
    const needs = hookNeeds(place.path, place.owner, rules.mappings, rules.destinations);
    const { token } = await hookToken(worker, place.path);
    const hooks = await hooksAt(api, place);
    const above = await hooksAbove(api, place.path);
    const url = hookUrl(worker.url, place.path);
    const plan = planHook(place, needs, hooks, above.found, worker.url, url);
    if (plan.flags.length === 0) return nothingToDo(place, needs, plan);
    const toType = hooksCommand(options);
    const { existing, changes } = plan;
    if (existing !== null && changes.length === 0 && options.renewToken !== true) {
      return nothingToChange(place, needs, plan, existing, toType);
    }
    if (options.dryRun === true) return planReport(place, needs, plan, null, toType);
    if (options.yes !== true) context.terminal.note(planInWords(place, needs, plan, toType));
    await consent(context, "Do this?", options.yes);
    const canSign = await signs(api);
    const { hook, vouching } = await setHook(api, place, existing, plan.settings, token, canSign);
    const wanted = [...needs.flags].filter(([flag]) => plan.settings[flag] === true);
    const done = { id: hook.id, vouching, unknown: unknownTo(hook, wanted) };
    return planReport(place, needs, plan, done, toType);
  });
}

function ownerIn({ group, project }: Options): HookOwner | null {
  if (group === true) return "group";
  return project === true ? "project" : null;
}

/** A GitLab somewhere else cannot send to this machine. */
function refuseUnreachable(api: GitlabApi, worker: AdminApi): void {
  if (!worker.isLocal || api.isLocal) return;
  throw new Refusal(
    "worker_not_public",
    `${api.url} cannot send to ${worker.url}, which is this machine. Set CAUSEWAY_URL (or --url) to the deployed Worker.`,
    EXIT.usage,
  );
}
