import { setTimeout as sleep } from "node:timers/promises";
import type { Command } from "commander";
import type { Context } from "../context.ts";
import { gitlabApi, type GitlabApi } from "../gitlab/gitlab-api.ts";
import type { PlacedHook } from "../gitlab/hooks-at.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import { answers, verb, type Report } from "../verb.ts";
import { adminApi, asksWorker, type WorkerOptions } from "../worker/admin-api.ts";
import { lostDeliveries, type Lost, type LostDeliveries } from "./delivery-log.ts";
import { causeInWords } from "./examine-deliveries.ts";
import { findHook } from "./find-hook.ts";
import { hookState, isEnabled } from "./hook-state.ts";
import { waitFor } from "./pace.ts";
import { since as momentOf } from "../since.ts";

type Options = WorkerOptions & { since?: string; dryRun?: boolean };
type Outcome = { id: number; status: string };

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
  const command = verb("resend", "have GitLab send again what did not arrive")
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
    const api = gitlabApi(context);
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
    if (list.lost.length === 0 || options.dryRun === true) return planned(list);
    refuseDisabled(found);
    return sent(list, await resendAll(context, api, found, list.lost));
  });
}

function refuseDisabled({ place, hook }: PlacedHook): void {
  if (isEnabled(hook)) return;
  throw new Refusal(
    "hook_disabled",
    `Webhook ${hook.id} of ${place.path} is ${hookState(hook)}, and GitLab sends nothing to it. First: causeway hooks enable ${place.path} ${hook.id}`,
  );
}

async function resendAll(
  { terminal, now }: Context,
  api: GitlabApi,
  { place, hook }: PlacedHook,
  lost: Lost[],
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const starts: number[] = [];
  const bar = terminal.progress("Sending again", lost.length);
  let failed = 0;
  for (const { id } of lost) {
    bar.at(outcomes.length);
    await sleep(waitFor(starts, now()));
    starts.push(now());
    const status = await resendOne(api, `${place.hooks}/${hook.id}/events/${id}/resend`);
    outcomes.push({ id, status });
    failed = isDelivered(status) ? 0 : failed + 1;
    if (failed === FAILURES_TO_STOP_AT) break;
  }
  bar.end();
  return outcomes;
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

function isDelivered(status: string): boolean {
  return /^[23]\d\d$/.test(status);
}

function planned(list: LostDeliveries): Report {
  const count = list.lost.length;
  const lines = list.lost.map(
    ({ id, trigger, at, status }) =>
      `  ${id}  ${at === null ? "" : `${new Date(at).toISOString()}  `}${trigger}  ${causeInWords(status)}`,
  );
  return {
    json: { lost: list.lost.map(dated), resent: [], ...sums(list) },
    text:
      count === 0
        ? `Nothing is missing: all that GitLab has on its list arrived.${remarks(list)}`
        : [
            `${count} to be sent again (nothing was, with --dry-run):${remarks(list)}`,
            ...lines,
          ].join("\n"),
  };
}

function sent(list: LostDeliveries, outcomes: Outcome[]): Report {
  const good = outcomes.filter(({ status }) => isDelivered(status));
  const bad = outcomes.filter(({ status }) => !isDelivered(status));
  const left = list.lost.length - outcomes.length;
  const last = bad.at(-1);
  return {
    json: { lost: list.lost.map(dated), resent: outcomes, left, ...sums(list) },
    text: [
      `${good.length} of ${list.lost.length} sent again.${remarks(list)}`,
      ...(last === undefined ? [] : [`${bad.length} failed again: ${causeInWords(last.status)}`]),
      ...(left > 0
        ? [
            `Stopped with ${left} left, for GitLab disables a webhook that goes on failing. Put the cause right, and run this again.`,
          ]
        : []),
    ].join("\n"),
    exit: left > 0 ? EXIT.partial : bad.length > 0 ? EXIT.found : EXIT.done,
  };
}

function sums({ arrived, unnumbered, cutOff }: LostDeliveries) {
  return { arrived, unnumbered, cutOff };
}

function dated(lost: Lost) {
  return { ...lost, at: lost.at === null ? null : new Date(lost.at).toISOString() };
}

function remarks({ arrived, unnumbered, cutOff }: LostDeliveries): string {
  return [
    arrived > 0 ? ` ${arrived} failed for GitLab and arrived all the same.` : "",
    unnumbered > 0
      ? ` ${unnumbered} are left out: this GitLab (before 17.4) does not number its deliveries.`
      : "",
    cutOff ? " There are more than a thousand: run it again afterwards." : "",
  ].join("");
}
