import { setTimeout as sleep } from "node:timers/promises";
import type { Command } from "commander";
import type { Context } from "../context.ts";
import { gitlabApi, type GitlabApi } from "../gitlab/gitlab-api.ts";
import type { PlacedHook } from "../../gitlab/hooks-api/hooks-at.ts";
import { Refusal } from "../terminal/refusal.ts";
import { withProgress } from "../terminal/with-progress.ts";
import { answers, verb } from "../verb.ts";
import { adminApi, asksWorker, type WorkerOptions } from "../worker/admin-api.ts";
import { lostDeliveries, type Lost } from "./delivery-log.ts";
import { findHook } from "./find-hook.ts";
import { hookState, isEnabled } from "../../gitlab/hooks-api/hook-state.ts";
import { hooksCommand } from "./hooks-command.ts";
import { waitFor } from "./pace.ts";
import { isDelivered, planned, sent, type Outcome, type Resent } from "./resend-report.ts";
import { since as momentOf } from "../since.ts";

type Options = WorkerOptions & { since?: string; dryRun?: boolean };

/** GitLab disables a webhook at the fourth failure in a row. */
const FAILURES_TO_STOP_AT = 2;

const HELP = `
GitLab never sends again by itself what failed. What arrived meanwhile is left out. GitLab takes five
a minute, so many take a while; it may be broken off and run again at any time.

Examples:
  causeway hooks resend my-group/my-project
  causeway hooks resend my-group/my-project 12 --since 6h`;

/** `causeway hooks resend`: has GitLab send again what did not arrive. */
export function resend(context: Context): Command {
  const command = verb(
    "resend",
    "have GitLab send again what did not arrive",
    "Has GitLab send again the deliveries of a webhook that failed and did not arrive.",
  )
    .argument("<path>", "the project or group whose webhook it is")
    .argument("[hook]", "the webhook's number, where several send here")
    .option(
      "--since <time>",
      "only what failed since: 30m, 6h, 2d, or a date (default: the 7 days that GitLab keeps)",
    )
    .option("--dry-run", "only say what would be sent")
    .addHelpText("after", HELP);
  asksWorker(command);
  return answers<Options>(command, context, async (options, path = "", id) => {
    const api = gitlabApi(context, options);
    const worker = adminApi(context, options);
    const since = options.since === undefined ? null : momentOf(options.since, context.now());
    const found = await findHook(api, worker.url, path, id);
    const list = await lostDeliveries(api, worker, found, found.hookPath, since);
    if (list === null) {
      throw new Refusal(
        "no_list",
        `This GitLab shows its deliveries to people only (its API does from 17.3 on): ${found.place.page}/${found.hook.id}/edit`,
      );
    }
    const toType = hooksCommand(options);
    const { place, hook } = found;
    const renew = toType("create", place.path, "--renew-token");
    if (list.lost.length === 0 || options.dryRun === true) return planned(list, renew);
    refuseDisabled(found, toType("enable", place.path, hook.id));
    return sent(list, await resendAll(context, api, found, list.lost), renew);
  });
}

function refuseDisabled({ place, hook }: PlacedHook, enable: string): void {
  if (isEnabled(hook)) return;
  throw new Refusal(
    "hook_disabled",
    `Webhook ${hook.id} of ${place.path} is ${hookState(hook)}, and GitLab sends nothing to it. First: ${enable}`,
  );
}

async function resendAll(
  { terminal, now }: Context,
  api: GitlabApi,
  { place, hook }: PlacedHook,
  lost: Lost[],
): Promise<Resent> {
  const outcomes: Outcome[] = [];
  const starts: number[] = [];
  let failed = 0;
  try {
    await withProgress(terminal, "Sending again", lost.length, async (at) => {
      for (const { id } of lost) {
        at(outcomes.length);
        await sleep(waitFor(starts, now()));
        starts.push(now());
        const status = await resendOne(api, `${place.hooks}/${hook.id}/events/${id}/resend`);
        outcomes.push({ id, status });
        failed = isDelivered(status) ? 0 : failed + 1;
        if (failed === FAILURES_TO_STOP_AT) return;
      }
    });
  } catch (error) {
    if (!(error instanceof Refusal) || outcomes.length === 0) throw error;
    return { outcomes, brokenOff: error };
  }
  return { outcomes, brokenOff: null };
}

/** The status that GitLab got, or its words for none. */
async function resendOne(api: GitlabApi, path: string): Promise<string> {
  try {
    const { response_status: status } = await api.ask<{ response_status?: unknown }>(path, {
      method: "POST",
    });
    return String(status);
  } catch (error) {
    if (error instanceof Refusal && error.code === "gitlab_refused") return error.message;
    throw error;
  }
}
