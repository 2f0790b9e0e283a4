import { ancestors } from "../../gitlab/event-path.ts";
import type { Context } from "../context.ts";
import type { PlacedHook } from "../../gitlab/hooks-api/hooks-at.ts";
import type { Place } from "../../gitlab/hooks-api/place.ts";
import { findPlace, placeAt } from "../gitlab/find-place.ts";
import type { GitlabApi } from "../gitlab/gitlab-api.ts";
import { hooksAt } from "../gitlab/hooks-at.ts";
import { placesBelow } from "../gitlab/places-below.ts";
import { firstFew } from "../../words/first-few.ts";
import { Refusal } from "../terminal/refusal.ts";
import { withProgress } from "../terminal/with-progress.ts";

const MOST_SHOWN = 10;

/** A project or group whose hooks were not looked at, and why. */
export type NotSeen = {
  path: string;
  /** Whether there may be hooks all the same. */
  hidden: boolean;
  why: string;
};

/** Finds the projects and groups of these paths. */
export async function placesAt(
  api: GitlabApi,
  paths: string[],
): Promise<{ places: Place[]; notSeen: NotSeen[] }> {
  const places: Place[] = [];
  const notSeen: NotSeen[] = [];
  for (const path of paths) {
    try {
      places.push(await placeAt(api, path));
    } catch (error) {
      notSeen.push(closed(path, error));
    }
  }
  return { places, notSeen };
}

/** These places, the groups above them, and all that is below them: each once. */
export async function placesAround(
  api: GitlabApi,
  places: Place[],
): Promise<{ places: Place[]; notSeen: NotSeen[] }> {
  const around = new Map(places.map((place) => [place.path.toLowerCase(), place]));
  const notSeen: NotSeen[] = [];
  const asked = new Set<string>();
  for (const place of places) {
    for (const path of ancestors(place.path).slice(1)) {
      if (around.has(path) || asked.has(path)) continue;
      asked.add(path);
      const group = await findPlace(api, path, "group");
      if (group !== null) around.set(path, group);
      else notSeen.push({ path, hidden: true, why: "GitLab does not show this group" });
    }
    if (place.owner === "project") continue;
    for (const below of await placesBelow(api, place)) around.set(below.path.toLowerCase(), below);
  }
  return { places: [...around.values()], notSeen };
}

/** All hooks of these places. */
export async function hooksOf(
  { terminal }: Context,
  api: GitlabApi,
  places: Place[],
): Promise<{ hooks: PlacedHook[]; notSeen: NotSeen[] }> {
  const hooks: PlacedHook[] = [];
  const notSeen: NotSeen[] = [];
  await withProgress(terminal, "Looking at webhooks", places.length, async (at) => {
    for (const [index, place] of places.entries()) {
      at(index);
      try {
        hooks.push(...(await hooksAt(api, place)));
      } catch (error) {
        notSeen.push(closed(place.path, error));
      }
    }
  });
  return { hooks, notSeen };
}

/** What was not looked at, a line each; there may be a project for each that a company has. */
export function notSeenInWords(notSeen: NotSeen[]): string[] {
  const lines = notSeen.map(({ path, why }) => `  ${path}: ${why}`);
  return firstFew(lines, MOST_SHOWN, (more) => `  and ${more} more (--json shows all)`);
}

/** Throws again what is wrong with more than this place. */
function closed(path: string, error: unknown): NotSeen {
  if (!(error instanceof Refusal)) throw error;
  switch (error.code) {
    case "no_such_place":
    case "gitlab_forbidden":
      return { path, hidden: true, why: error.message };
    case "gitlab_not_found":
      return {
        path,
        hidden: false,
        why: "GitLab has no webhooks of this group: that takes Premium or Ultimate",
      };
    default:
      throw error;
  }
}
