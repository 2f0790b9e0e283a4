import { ancestors, isWithin } from "./event-path.ts";
import { EVENT_CATALOGUE } from "./event-catalogue.ts";
import { glob } from "../mappings/glob.ts";
import type { Destination, Mapping, Rule } from "../mappings/schema.ts";

/**
 * What a hook can be told to send, in the words of GitLab's API. Hooks of projects lack the last three.
 *
 * @see https://docs.gitlab.com/api/project_webhooks/
 * @see https://docs.gitlab.com/api/group_webhooks/
 */
export const HOOK_FLAGS = [
  "push_events",
  "tag_push_events",
  "issues_events",
  "confidential_issues_events",
  "merge_requests_events",
  "note_events",
  "confidential_note_events",
  "job_events",
  "pipeline_events",
  "wiki_page_events",
  "deployment_events",
  "feature_flag_events",
  "releases_events",
  "milestone_events",
  "emoji_events",
  "resource_access_token_events",
  "resource_deploy_token_events",
  "vulnerability_events",
  "member_events",
  "subgroup_events",
  "project_events",
] as const;

export type HookFlag = (typeof HOOK_FLAGS)[number];

/** What a hook belongs to. */
export type HookOwner = "project" | "group";

/** What the rules need of the hook of one path. */
export type HookNeeds = {
  /** The flags, each with the names of the rules that need it. */
  flags: Map<HookFlag, string[]>;
  /** Rules on events that no hook of this owner sends, and what does. */
  unserved: { rule: string; on: string; needs: string }[];
  /** How many rules apply to the path or to something below it. */
  rules: number;
};

const OF_GROUPS: readonly HookFlag[] = ["member_events", "subgroup_events", "project_events"];

/** The flag that sends a kind; null: only system hooks do, which administrators set up. */
const FLAG_OF_KIND: Record<string, HookFlag | null> = {
  issue: "issues_events",
  work_item: "issues_events",
  incident: "issues_events",
  epic: "issues_events",
  merge_request: "merge_requests_events",
  note: "note_events",
  pipeline: "pipeline_events",
  job: "job_events",
  deployment: "deployment_events",
  push: "push_events",
  tag_push: "tag_push_events",
  release: "releases_events",
  milestone: "milestone_events",
  wiki_page: "wiki_page_events",
  feature_flag: "feature_flag_events",
  emoji: "emoji_events",
  vulnerability: "vulnerability_events",
  access_token: "resource_access_token_events",
  deploy_token: "resource_deploy_token_events",
  member: "member_events",
  subgroup: "subgroup_events",
  project: "project_events",
  group: null,
  user: null,
  key: null,
  repository: null,
};

const CONFIDENTIAL: Partial<Record<HookFlag, HookFlag>> = {
  issues_events: "confidential_issues_events",
  note_events: "confidential_note_events",
};

/** The flags that a hook of this owner can have. */
export function flagsOf(owner: HookOwner): HookFlag[] {
  return HOOK_FLAGS.filter((flag) => owner === "group" || !OF_GROUPS.includes(flag));
}

/**
 * The flags that a hook of `path` needs, so that every rule on events of the path, or of anything
 * below it, hears of them, and no other. Confidential ones only where a destination of the rule may
 * receive them. `mappings` and `destinations` are the documents of KV, by key and by name.
 */
export function hookNeeds(
  path: string,
  owner: HookOwner,
  mappings: ReadonlyMap<string, Mapping>,
  destinations: ReadonlyMap<string, Destination>,
): HookNeeds {
  const needs: HookNeeds = { flags: new Map(), unserved: [], rules: 0 };
  for (const rule of rulesFor(path, mappings)) {
    if (rule.enabled === false) continue;
    needs.rules += 1;
    const mayTell = [rule.to].flat().some((name) => destinations.get(name)?.confidential === true);
    for (const on of [rule.on].flat()) {
      const { flags, needed } = flagsFor(on, owner);
      if (flags.length === 0) needs.unserved.push({ rule: rule.name, on, needs: needed });
      for (const flag of flags.flatMap((each) => withConfidential(each, rule, mayTell))) {
        const names = needs.flags.get(flag) ?? [];
        needs.flags.set(flag, names.includes(rule.name) ? names : [...names, rule.name]);
      }
    }
  }
  return needs;
}

/** The rules that events of a path, or of something below it, are matched against. */
function rulesFor(path: string, mappings: ReadonlyMap<string, Mapping>): Rule[] {
  const found: Rule[] = [];
  for (const key of [...ancestors(path), "*"]) {
    const mapping = mappings.get(`mapping/gitlab/${key}`);
    found.push(...(mapping?.rules ?? []));
    if (mapping?.inherit === false) break;
  }
  for (const [key, mapping] of mappings) {
    const below = key.replace(/^mapping\/gitlab\//, "");
    const isBelow = below !== key && below !== path.toLowerCase() && isWithin(below, path);
    if (isBelow) found.push(...mapping.rules);
  }
  return found;
}

/** What one type or glob of a rule asks of a hook; a word that nobody knows may be anything. */
function flagsFor(on: string, owner: HookOwner): { flags: HookFlag[]; needed: string } {
  const wanted = kindsMatched(on);
  const known = wanted.length === 0 ? Object.keys(FLAG_OF_KIND) : wanted;
  const flags = known.flatMap((kind) => {
    if (kind === "epic" && owner === "project") return [];
    return FLAG_OF_KIND[kind] ?? [];
  });
  const available = flagsOf(owner);
  return {
    flags: available.filter((flag) => flags.includes(flag)),
    needed: known.some((kind) => FLAG_OF_KIND[kind] === null)
      ? "a system hook, which an administrator of GitLab sets up"
      : "a hook of a group",
  };
}

/** The kinds that a word of a rule can mean: by a type that is known, else by its first part. */
function kindsMatched(on: string): string[] {
  const matches = glob(on);
  const byType = EVENT_CATALOGUE.filter(({ kind, actions }) =>
    Object.keys(actions).some((action) => matches(`${kind}.${action}`)),
  );
  const matchesKind = glob(on.split(".", 1)[0] ?? on);
  const found =
    byType.length > 0 ? byType : EVENT_CATALOGUE.filter(({ kind }) => matchesKind(kind));
  return found.map(({ kind }) => kind);
}

function withConfidential(flag: HookFlag, rule: Rule, mayTell: boolean): HookFlag[] {
  const confidential = CONFIDENTIAL[flag];
  if (confidential === undefined) return [flag];
  const wanted = rule.when?.confidential;
  const open = wanted === true ? [] : [flag];
  return mayTell && wanted !== false ? [...open, confidential] : open;
}
