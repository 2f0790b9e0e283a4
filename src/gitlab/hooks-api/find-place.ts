import type { HookOwner } from "../hook-events.ts";
import type { Gitlab, GitlabAnswer, GitlabRefused } from "./gitlab.ts";
import { placeOf, type Place } from "./place.ts";

type Project = { path_with_namespace: string };
type Group = { full_path: string };

/** Finds out whether a path is a project or a group; null: GitLab shows neither. */
export async function findPlace(
  gitlab: Gitlab,
  path: string,
  owner: HookOwner | null = null,
): Promise<{ ok: true; place: Place | null } | GitlabRefused> {
  const id = encodeURIComponent(path);
  // A project has two parts at least.
  if (owner !== "group" && path.includes("/")) {
    const project = orNone(await gitlab.ask<Project>(`/projects/${id}`));
    if (!project.ok) return project;
    const { found } = project;
    if (found !== null) {
      return { ok: true, place: placeOf(gitlab, "project", found.path_with_namespace) };
    }
  }
  if (owner === "project") return { ok: true, place: null };
  const group = orNone(await gitlab.ask<Group>(`/groups/${id}?with_projects=false`));
  if (!group.ok) return group;
  const { found } = group;
  return { ok: true, place: found === null ? null : placeOf(gitlab, "group", found.full_path) };
}

/** GitLab says "not found" also of what it does not show. */
function orNone<T>(answer: GitlabAnswer<T>): { ok: true; found: T | null } | GitlabRefused {
  if (answer.ok) return { ok: true, found: answer.value };
  return answer.code === "gitlab_not_found" ? { ok: true, found: null } : answer;
}
