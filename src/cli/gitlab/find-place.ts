import type { HookOwner } from "../../gitlab/hook-events.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import type { GitlabApi } from "./gitlab-api.ts";

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

type Project = { path_with_namespace: string };
type Group = { full_path: string };

/** Finds out whether a path is a project or a group; null: GitLab shows neither. */
export async function findPlace(
  api: GitlabApi,
  path: string,
  owner: HookOwner | null = null,
): Promise<Place | null> {
  const id = encodeURIComponent(path);
  // A project has two parts at least.
  if (owner !== "group" && path.includes("/")) {
    const project = await api.find<Project>(`/projects/${id}`);
    if (project !== null) return placeOf(api, "project", project.path_with_namespace);
  }
  if (owner === "project") return null;
  const group = await api.find<Group>(`/groups/${id}?with_projects=false`);
  return group === null ? null : placeOf(api, "group", group.full_path);
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

/** What is known of a place by its path alone. */
export function placeOf(api: GitlabApi, owner: HookOwner, path: string): Place {
  const id = encodeURIComponent(path);
  const page = owner === "group" ? `groups/${path}` : path;
  return { owner, path, hooks: `/${owner}s/${id}/hooks`, page: `${api.url}/${page}/-/hooks` };
}
