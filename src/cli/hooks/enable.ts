import type { Command } from "commander";
import { hookState } from "../../gitlab/hooks-api/hook-state.ts";
import type { Hook } from "../../gitlab/hooks-api/hook.ts";
import { testHook } from "../../gitlab/hooks-api/test-hook.ts";
import type { Context } from "../context.ts";
import { gitlabApi } from "../gitlab/gitlab-api.ts";
import { Refusal } from "../terminal/refusal.ts";
import { answers, verb } from "../verb.ts";
import { adminApi, asksWorker, type WorkerOptions } from "../worker/admin-api.ts";
import { findHook } from "./find-hook.ts";

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
    const tested = await testHook(api.gitlab, found);
    if (!tested.ok) throw new Refusal("test_failed", tested.message);
    const { trigger } = tested;
    const hook = await api.ask<Hook>(`${found.place.hooks}/${found.hook.id}`);
    const before = hookState(found.hook);
    return {
      json: { id: hook.id, path: found.place.path, before, now: hookState(hook), trigger },
      text: `The test of webhook ${hook.id} of ${found.place.path} arrived (${trigger}). It was: ${before}. It is: ${hookState(hook)}.`,
    };
  });
}
