import type { Gitlab, GitlabAnswer, GitlabRefused } from "./gitlab.ts";
import type { Hook } from "./hook.ts";
import type { Place } from "./place.ts";

/** A hook, and whose it is. */
export type PlacedHook = { place: Place; hook: Hook };

/** The hooks of a project or group, all pages of them. */
export async function hooksAt(
  gitlab: Gitlab,
  place: Place,
): Promise<{ ok: true; hooks: PlacedHook[] } | GitlabRefused> {
  const hooks: PlacedHook[] = [];
  for (let page: string | null = "1"; page !== null;) {
    const answer: GitlabAnswer<Hook[]> = await gitlab.ask(
      `${place.hooks}?per_page=100&page=${page}`,
    );
    if (!answer.ok) return answer;
    hooks.push(...answer.value.map((hook) => ({ place, hook })));
    page = answer.nextPage;
  }
  return { ok: true, hooks };
}
