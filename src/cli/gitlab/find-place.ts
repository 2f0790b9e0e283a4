import type { HookOwner } from "../../gitlab/hook-events.ts";
import { findPlace as find } from "../../gitlab/hooks-api/find-place.ts";
import type { Place } from "../../gitlab/hooks-api/place.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import type { GitlabApi } from "./gitlab-api.ts";
import { orRefuse } from "./or-refuse.ts";

/** Finds out whether a path is a project or a group; null: GitLab shows neither. */
export async function findPlace(
  { gitlab }: GitlabApi,
  path: string,
  owner: HookOwner | null = null,
): Promise<Place | null> {
  return orRefuse(await find(gitlab, path, owner)).place;
}

/** The same, where there has to be one. */
export async function placeAt(
  api: GitlabApi,
  path: string,
  owner: HookOwner | null = null,
): Promise<Place> {
  const place = await findPlace(api, path, owner);
  if (place !== null) return place;
  const what = owner ?? "project or group";
  throw new Refusal(
    "no_such_place",
    `GitLab at ${api.url} shows the owner of GITLAB_TOKEN no ${what} "${path}". Is the path right, and is the token's owner a member?`,
    EXIT.refused,
  );
}
