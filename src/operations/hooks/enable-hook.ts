import type { Env } from "../../env.ts";
import { askGitlab } from "../../gitlab/hooks-api/ask-gitlab.ts";
import type { HookFlag, HookOwner } from "../../gitlab/hook-events.ts";
import type { Gitlab } from "../../gitlab/hooks-api/gitlab.ts";
import type { Hook } from "../../gitlab/hooks-api/hook.ts";
import { hookState } from "../../gitlab/hooks-api/hook-state.ts";
import { hookTarget } from "../../gitlab/hooks-api/hook-target.ts";
import { placeOf } from "../../gitlab/hooks-api/place.ts";
import { testHook } from "../../gitlab/hooks-api/test-hook.ts";
import { gitlabHooksAccess } from "./gitlab-hooks-access.ts";
import { forgetHooks } from "./hooks-everywhere.ts";

/** A hook by its number, and whose it is. */
export type HookNamed = { owner: HookOwner; path: string; id: number };

/** GitLab waits ten seconds for the answer to its test. */
const PATIENCE_MS = 15_000;

/**
 * Has GitLab test a hook that sends to this Worker, which enables it again; the states are words. The test
 * is an event that looks real.
 */
export async function enableHook(
  env: Env,
  worker: string,
  { owner, path, id }: HookNamed,
): Promise<
  | { ok: true; before: string; now: string; trigger: HookFlag; path: string }
  | { ok: false; message: string }
> {
  const settings = gitlabHooksAccess(env);
  if (!settings.ok) return settings;
  const { access } = settings;
  const gitlab: Gitlab = {
    url: access.url,
    ask: async (at, request = {}) => await askGitlab(access, at, request, PATIENCE_MS),
  };
  const place = placeOf(gitlab, owner, path);
  const found = await gitlab.ask<Hook>(`${place.hooks}/${id}`);
  if (!found.ok) return found;
  const hook = found.value;
  if (hookTarget(hook.url, worker).to === "others") {
    return { ok: false, message: `Webhook ${id} of ${path} does not send here.` };
  }
  const tested = await testHook(gitlab, { place, hook });
  forgetHooks();
  if (!tested.ok) return tested;
  const again = await gitlab.ask<Hook>(`${place.hooks}/${id}`);
  const now = again.ok ? hookState(again.value) : "not known";
  return { ok: true, before: hookState(hook), now, trigger: tested.trigger, path };
}
