import { hookPathOf, WEBHOOKS } from "../hook-path.ts";

/** Where a hook's URL leads. */
export type HookTarget =
  /** To this Worker. `path` is what its own token is derived from; null: the address that all share. */
  | { to: "here"; path: string | null; encrypted: boolean }
  /** To something that looks like Causeway somewhere else: an old address, or another's. */
  | { to: "elsewhere"; path: string | null; host: string }
  | { to: "others" };

/** `worker` is the Worker's address, without a slash at its end. */
export function hookTarget(url: string, worker: string): HookTarget {
  const [given, ours] = [URL.parse(url), new URL(worker)];
  if (given === null) return { to: "others" };
  const at = given.pathname.indexOf(WEBHOOKS);
  const rest = given.pathname.slice(at + WEBHOOKS.length);
  if (at < 0 || !/^(\/|$)/.test(rest)) return { to: "others" };
  const path = hookPathOf(rest);
  if (given.host !== ours.host) return { to: "elsewhere", path, host: given.host };
  return { to: "here", path, encrypted: given.protocol === "https:" };
}
