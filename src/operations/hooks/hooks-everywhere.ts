import { GITLAB_MAPPINGS } from "../../mappings/mapping-keys.ts";
import type { Env } from "../../env.ts";
import { askGitlab, type GitlabAccess } from "../../gitlab/hooks-api/ask-gitlab.ts";
import type { Gitlab, GitlabAnswer, GitlabRequest } from "../../gitlab/hooks-api/gitlab.ts";
import { lookAtHooks, type HooksLook } from "../../gitlab/hooks-api/look-at-hooks.ts";
import { allRelays } from "../../relay/all-relays.ts";
import type { LatestOfHook } from "../../relay/latest-by-hook.ts";
import { PUBLISHER } from "../../relay/relay-name.ts";
import { keptForAWhile } from "../../kept-for-a-while.ts";
import { isStillAhead } from "../../still-ahead.ts";
import { gitlabHooksAccess } from "./gitlab-hooks-access.ts";

/** What is known of GitLab's webhooks that send here. */
export type HooksSeen = {
  /** When it was asked for, in milliseconds. */
  at: number;
  /** Which hooks the latest events came through, the latest first. */
  latest: LatestOfHook[];
  /** What GitLab says of its hooks; or a sentence why it was not asked. */
  look: ({ asked: true } & HooksLook) | { asked: false; why: string };
};

/** A Worker's invocation has fifty requests on the free plan; Relays are asked with some of them. */
const MOST_REQUESTS = 40;
const PATIENCE_MS = 5_000;
const MOST_MS = 10_000;
/** No request is begun that could not be answered in time. */
const LEAST_MS = 1_000;
const FRESH_MS = 5 * 60_000;
/** However often somebody asks anew. */
const APART_MS = 10_000;
const MAX_KEPT = 50;
const NO_TIME = {
  ok: false,
  code: "gitlab_busy",
  message:
    "There was no time for all pages of a list of webhooks: one project or group has hundreds of them, or GitLab is slow.",
} as const;

/** In this isolate, by what was asked for. */
const kept = keptForAWhile<HooksSeen>(FRESH_MS, MAX_KEPT);

/**
 * Asks GitLab about the hooks of all projects and groups that mappings name, and of those that the latest
 * events came through; a few of them at a time, from behind `after` (null: from the first) on. What was
 * asked for less than five minutes ago is not asked again, unless it is to be `anew`. `worker` is the
 * Worker's address, without a slash at its end.
 */
export async function hooksEverywhere(
  env: Env,
  worker: string,
  { after, anew, now }: { after: string | null; anew: boolean; now: () => number },
): Promise<HooksSeen> {
  const access = gitlabHooksAccess(env);
  const name = JSON.stringify([worker, access.ok ? access.access.url : null, after]);
  const known = kept.get(name, now())?.value;
  if (known !== undefined && (!anew || isStillAhead(known.at + APART_MS, now(), APART_MS))) {
    return known;
  }
  const latest = await latestEverywhere(env);
  const look: HooksSeen["look"] = access.ok
    ? await askAll(env, access.access, worker, latest, after, now)
    : { asked: false, why: access.message };
  const seen = { at: now(), latest, look };
  kept.keep(name, seen, seen.at);
  return seen;
}

/** Has everything asked anew, because something was changed in GitLab. */
export function forgetHooks(): void {
  kept.clear();
}

async function latestEverywhere(env: Env): Promise<LatestOfHook[]> {
  const relays = (await allRelays(env)).filter(({ name }) => name.startsWith("gitlab/"));
  const all = await Promise.all(relays.map(({ relay }) => relay.latestByHook()));
  const latest = new Map<string | null, LatestOfHook>();
  for (const each of all.flat().sort((one, other) => other.at - one.at)) {
    const name = each.hookPath?.toLowerCase() ?? null;
    if (!latest.has(name)) latest.set(name, each);
  }
  return [...latest.values()];
}

async function askAll(
  env: Env,
  access: GitlabAccess,
  worker: string,
  latest: LatestOfHook[],
  after: string | null,
  now: () => number,
): Promise<HooksSeen["look"]> {
  const { items } = await env.RELAY.getByName(PUBLISHER).documentHeads([GITLAB_MAPPINGS]);
  const mapped = items
    .map(({ key }) => key.slice(GITLAB_MAPPINGS.length))
    .filter((path) => path !== "*");
  const came = latest.flatMap(({ hookPath }) => hookPath?.toLowerCase() ?? []);
  const until = now() + MOST_MS;
  let requests = MOST_REQUESTS;
  const left = (): number => until - now();
  const gitlab: Gitlab = {
    url: access.url,
    async ask<T>(path: string, request: GitlabRequest = {}): Promise<GitlabAnswer<T>> {
      if (requests === 0 || left() < LEAST_MS) return NO_TIME;
      requests -= 1;
      return await askGitlab<T>(access, path, request, Math.min(PATIENCE_MS, left()));
    },
  };
  // Those under way may each have one more to ask.
  const mayAsk = (): boolean => requests > 10 && left() > 2 * LEAST_MS;
  return {
    asked: true,
    ...(await lookAtHooks(gitlab, [...mapped, ...came], worker, after, mayAsk)),
  };
}
