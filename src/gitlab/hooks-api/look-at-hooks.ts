import { ancestors } from "../event-path.ts";
import type { Gitlab, GitlabRefused } from "./gitlab.ts";
import { hookTarget, type HookTarget } from "./hook-target.ts";
import { hooksAt, type PlacedHook } from "./hooks-at.ts";
import { placeOf } from "./place.ts";

/** A hook that sends to this Worker, or to something else that looks like it. */
export type SeenHook = PlacedHook & { target: Exclude<HookTarget, { to: "others" }> };

/** What GitLab said of its hooks. */
export type HooksLook = {
  hooks: SeenHook[];
  /** How many projects and groups showed their hooks. */
  looked: number;
  /** Those that did not, and why. */
  notSeen: { path: string; why: string }[];
  /** Where to go on, and how many are left; null: all were looked at. */
  next: { after: string; left: number } | null;
  /** What is wrong with GitLab or the token altogether, so that no more was asked; null: nothing. */
  trouble: string | null;
};

/** Workers allows six connections at a time. */
const AT_A_TIME = 5;

const NONE =
  "GitLab shows the token's owner no project or group of this path; or it is a group without webhooks, which take Premium or Ultimate";

const MOVED =
  "GitLab sends this path elsewhere: it was renamed. Then rename its mapping, for no event finds it by the old path";

/** A path that is asked for, and whether it can only be a group's. */
type Asked = { path: string; isGroup: boolean };

/**
 * Looks at the hooks of these projects and groups, and of the groups above them, which send their events
 * too: the shortest paths first, from behind `after` (null: from the first) on. `mayAsk` says before each
 * whether there is time and allowance for one more; one takes up to two requests and more only where a
 * place has more than 100 hooks.
 */
export async function lookAtHooks(
  gitlab: Gitlab,
  paths: string[],
  worker: string,
  after: string | null,
  mayAsk: () => boolean,
): Promise<HooksLook> {
  const all = placesToAsk(paths);
  const from = after === null ? 0 : all.findIndex(({ path }) => path === after) + 1;
  const waiting = all.slice(from);
  const look: HooksLook = { hooks: [], looked: 0, notSeen: [], next: null, trouble: null };
  let last = after;
  async function work(): Promise<void> {
    while (look.trouble === null && waiting.length > 0 && mayAsk()) {
      const asked = waiting.shift();
      if (asked === undefined) return;
      last = asked.path;
      note(look, asked, await hooksOf(gitlab, asked), worker);
    }
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  if (waiting.length > 0 && last !== null) look.next = { after: last, left: waiting.length };
  look.hooks.sort((one, other) => one.place.path.localeCompare(other.place.path));
  return look;
}

function note(
  look: HooksLook,
  { path }: Asked,
  answer: Awaited<ReturnType<typeof hooksAt>>,
  worker: string,
): void {
  if (answer.ok) {
    look.looked += 1;
    for (const each of answer.hooks) {
      const target = hookTarget(each.hook.url, worker);
      if (target.to !== "others") look.hooks.push({ ...each, target });
    }
    return;
  }
  switch (answer.code) {
    case "gitlab_moved":
      look.notSeen.push({ path, why: MOVED });
      return;
    case "gitlab_forbidden":
    case "gitlab_refused":
      look.notSeen.push({ path, why: answer.message.replace(/\.$/, "") });
      return;
    case "gitlab_not_found":
      look.notSeen.push({ path, why: NONE });
      return;
    case "gitlab_unreachable":
    case "gitlab_unauthenticated":
    case "gitlab_busy":
    case "gitlab_failed":
    case "not_gitlab":
      look.trouble = answer.message;
  }
}

/** A path with two parts or more may be a project's or a group's. */
async function hooksOf(
  gitlab: Gitlab,
  { path, isGroup }: Asked,
): Promise<{ ok: true; hooks: PlacedHook[] } | GitlabRefused> {
  if (!isGroup) {
    const answer = await hooksAt(gitlab, placeOf(gitlab, "project", path));
    if (answer.ok || answer.code !== "gitlab_not_found") return answer;
  }
  return await hooksAt(gitlab, placeOf(gitlab, "group", path));
}

/** The paths and all groups above them, each once; what is above another is a group. */
function placesToAsk(paths: string[]): Asked[] {
  const groups = new Set(paths.flatMap((path) => ancestors(path).slice(1)));
  const all = new Set([...groups, ...paths.map((path) => path.toLowerCase())]);
  return [...all]
    .map((path) => ({ path, isGroup: groups.has(path) || !path.includes("/") }))
    .sort(
      (one, other) =>
        one.path.split("/").length - other.path.split("/").length ||
        (one.path < other.path ? -1 : 1),
    );
}
