import { placeAt } from "../gitlab/find-place.ts";
import type { GitlabApi } from "../gitlab/gitlab-api.ts";
import type { PlacedHook } from "../../gitlab/hooks-api/hooks-at.ts";
import { hooksAt } from "../gitlab/hooks-at.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import { hookTarget } from "../../gitlab/hooks-api/hook-target.ts";
import { pathNamed } from "./paths-asked.ts";

/** The hook of a project or group that sends here: by its number, or the only one there is. */
export async function findHook(
  api: GitlabApi,
  worker: string,
  path: string,
  id: string | undefined,
): Promise<PlacedHook & { hookPath: string | null }> {
  const place = await placeAt(api, pathNamed(api, path));
  const ours = (await hooksAt(api, place)).flatMap((each) => {
    const target = hookTarget(each.hook.url, worker);
    return target.to === "here" ? [{ ...each, hookPath: target.path }] : [];
  });
  const found = id === undefined ? ours : ours.filter(({ hook }) => String(hook.id) === id);
  const [first, ...more] = found;
  if (first !== undefined && more.length === 0) return first;
  const ids = ours.map(({ hook }) => hook.id).join(", ");
  throw new Refusal(
    first === undefined ? "no_such_hook" : "which_hook",
    first === undefined
      ? `${place.path} has no webhook ${id ?? ""}`.trimEnd() +
          ` that sends to ${worker}${ids === "" ? "" : `; there is ${ids}`}.`
      : `${place.path} has several webhooks that send here; say which: ${ids}.`,
    EXIT.usage,
  );
}
