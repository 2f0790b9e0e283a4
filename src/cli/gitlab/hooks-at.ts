import { ancestors } from "../../gitlab/event-path.ts";
import { hooksAt as at, type PlacedHook } from "../../gitlab/hooks-api/hooks-at.ts";
import type { Place } from "../../gitlab/hooks-api/place.ts";
import { Refusal } from "../terminal/refusal.ts";
import { findPlace } from "./find-place.ts";
import type { GitlabApi } from "./gitlab-api.ts";
import { orRefuse } from "./or-refuse.ts";

/** The hooks of a project or group. */
export async function hooksAt({ gitlab }: GitlabApi, place: Place): Promise<PlacedHook[]> {
  return orRefuse(await at(gitlab, place)).hooks;
}

/**
 * The hooks of the groups above a path, which send its events too. `hidden` are the groups whose
 * hooks may not be looked at: that takes an Owner.
 */
export async function hooksAbove(
  api: GitlabApi,
  path: string,
): Promise<{ found: PlacedHook[]; hidden: string[] }> {
  const found: PlacedHook[] = [];
  const hidden: string[] = [];
  for (const group of ancestors(path).slice(1)) {
    try {
      const place = await findPlace(api, group, "group");
      if (place !== null) found.push(...(await hooksAt(api, place)));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.code === "gitlab_forbidden") hidden.push(group);
      // Without a licence for hooks of groups there are none.
      else if (error.code !== "gitlab_not_found") throw error;
    }
  }
  return { found, hidden };
}
