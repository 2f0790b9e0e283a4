import { placeOf, type Place } from "../../gitlab/hooks-api/place.ts";
import type { GitlabApi } from "./gitlab-api.ts";

/**
 * The groups and projects below a group, however deep, that GitLab shows to the token's owner. What is
 * only shared with the group is not below it.
 *
 * @see https://docs.gitlab.com/api/groups/#list-all-projects-in-a-group
 * @see https://docs.gitlab.com/api/groups/#list-descendant-groups
 */
export async function placesBelow(api: GitlabApi, { path }: Place): Promise<Place[]> {
  const group = `/groups/${encodeURIComponent(path)}`;
  const places: Place[] = [];
  const groups = api.all<{ full_path: string }>(`${group}/descendant_groups`);
  for await (const { full_path: below } of groups) places.push(placeOf(api, "group", below));
  const projects = api.all<{ path_with_namespace: string }>(
    `${group}/projects?include_subgroups=true&with_shared=false&simple=true&order_by=id`,
  );
  for await (const { path_with_namespace: below } of projects) {
    places.push(placeOf(api, "project", below));
  }
  return places;
}
