import type { Command } from "commander";
import type { HookFlag } from "../../gitlab/hook-events.ts";
import type { Context } from "../context.ts";
import { gitlabApi, type GitlabApi } from "../gitlab/gitlab-api.ts";
import type { Hook } from "../gitlab/hook.ts";
import type { PlacedHook } from "../gitlab/hooks-at.ts";
import { Refusal } from "../terminal/refusal.ts";
import { answers, verb } from "../verb.ts";
import { adminApi, asksWorker, type WorkerOptions } from "../worker/admin-api.ts";
import { findHook } from "./find-hook.ts";
import { hookState } from "./hook-state.ts";

/** What GitLab can make a test of almost anywhere, the least telling first. Five a minute are allowed. */
const TESTS: HookFlag[] = [
  "push_events",
  "tag_push_events",
  "wiki_page_events",
  "releases_events",
  "issues_events",
];

const HELP = `
GitLab enables a webhook again when a test of it succeeds. The test is an event that looks real; one is
chosen that the webhook does not send otherwise, so that no rule should be on it.

Example:
  causeway hooks enable my-group/my-project 12`;

/** `causeway hooks enable`: has GitLab test a webhook that it disabled, which enables it again. */
export function enable(context: Context): Command {
  const command = verb(
    "enable",
    "have GitLab send to a webhook again that it disabled",
    "Has GitLab send again to a webhook that it disabled because it failed too often.",
  )
    .argument("<path>", "the project or group whose webhook it is")
    .argument("[hook]", "the webhook's number, where several send here")
    .addHelpText("after", HELP);
  asksWorker(command);
  return answers<WorkerOptions>(command, context, async (options, path = "", id) => {
    const api = gitlabApi(context, options);
    const found = await findHook(api, adminApi(context, options).url, path, id);
    const trigger = await test(api, found);
    const hook = await api.ask<Hook>(`${found.place.hooks}/${found.hook.id}`);
    const before = hookState(found.hook);
    return {
      json: { id: hook.id, path: found.place.path, before, now: hookState(hook), trigger },
      text: `The test of webhook ${hook.id} of ${found.place.path} arrived (${trigger}). It was: ${before}. It is: ${hookState(hook)}.`,
    };
  });
}

/** Tries one event after the other until GitLab has something to send; returns which one arrived. */
async function test(api: GitlabApi, { place, hook }: PlacedHook): Promise<HookFlag> {
  const order = TESTS.toSorted((a, b) => Number(hook[a] === true) - Number(hook[b] === true));
  let last: Refusal | null = null;
  for (const trigger of order) {
    try {
      await api.ask(`${place.hooks}/${hook.id}/test/${trigger}`, { method: "POST" });
      return trigger;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      last = error;
      // "Ensure the project has …": there is nothing of this kind to send.
      if (!/Ensure/.test(error.message)) break;
    }
  }
  throw new Refusal(
    "test_failed",
    `GitLab's test of webhook ${hook.id} of ${place.path} failed, so it stays as it is. ${last?.message ?? ""} Try the Test button, which shows more: ${place.page}/${hook.id}/edit`,
  );
}
