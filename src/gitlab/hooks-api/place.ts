import type { HookOwner } from "../hook-events.ts";
import type { Gitlab } from "./gitlab.ts";

/** A project or group that hooks belong to. */
export type Place = {
  owner: HookOwner;
  /** Its path as GitLab writes it today, which may not be the one that was asked for. */
  path: string;
  /** Where its hooks are in the API. */
  hooks: string;
  /** The page where people see its hooks. */
  page: string;
};

/** What is known of a place by its path alone. */
export function placeOf({ url }: Pick<Gitlab, "url">, owner: HookOwner, path: string): Place {
  const id = encodeURIComponent(path);
  const page = owner === "group" ? `groups/${path}` : path;
  return { owner, path, hooks: `/${owner}s/${id}/hooks`, page: `${url}/${page}/-/hooks` };
}
