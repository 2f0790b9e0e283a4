import type { HookFlag } from "../hook-events.ts";
import type { Gitlab } from "./gitlab.ts";
import type { PlacedHook } from "./hooks-at.ts";

/** What GitLab can make a test of almost anywhere, the least telling first. Five a minute are allowed. */
const TESTS: HookFlag[] = [
  "push_events",
  "tag_push_events",
  "wiki_page_events",
  "releases_events",
  "issues_events",
];

/**
 * Has GitLab send a test to a hook, which enables it again when it arrives; `trigger` says of what. It
 * tries one event after the other until GitLab has something to send.
 *
 * @see https://docs.gitlab.com/user/project/integrations/webhooks/#re-enable-disabled-webhooks
 */
export async function testHook(
  gitlab: Gitlab,
  { place, hook }: PlacedHook,
): Promise<{ ok: true; trigger: HookFlag } | { ok: false; message: string }> {
  const order = TESTS.toSorted((a, b) => Number(hook[a] === true) - Number(hook[b] === true));
  let last = "";
  for (const trigger of order) {
    const path = `${place.hooks}/${hook.id}/test/${trigger}`;
    const answer = await gitlab.ask(path, { method: "POST" });
    if (answer.ok) return { ok: true, trigger };
    last = answer.message;
    // "Ensure the project has …": there is nothing of this kind to send.
    if (!/Ensure/.test(last)) break;
  }
  if (isRefusedHere(last)) {
    return {
      ok: false,
      message: `The test of webhook ${hook.id} of ${place.path} came here and was refused: the webhook's token is not the one that Causeway knows. Set it anew with: npx causeway hooks create ${place.path} --renew-token. Then try again; after each test that fails GitLab waits longer before it sends anything.`,
    };
  }
  return {
    ok: false,
    message: `GitLab's test of webhook ${hook.id} of ${place.path} failed, so it stays as it is. ${last} Try the Test button, which shows more: ${place.page}/${hook.id}/edit`,
  };
}

/** Whether it was Causeway that did not take the test: GitLab passes its answer on. */
function isRefusedHere(said: string): boolean {
  return said.includes('{"error":{"code":"unauthenticated"');
}
