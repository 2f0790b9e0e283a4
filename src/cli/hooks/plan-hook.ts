import { flagsOf, type HookFlag, type HookNeeds } from "../../gitlab/hook-events.ts";
import { isWithin } from "../../gitlab/event-path.ts";
import type { Hook } from "../../gitlab/hooks-api/hook.ts";
import type { PlacedHook } from "../../gitlab/hooks-api/hooks-at.ts";
import type { Place } from "../../gitlab/hooks-api/place.ts";
import type { HookSettings } from "../gitlab/set-hook.ts";
import { hookTarget } from "../../gitlab/hooks-api/hook-target.ts";

/** What is to be done so that GitLab sends what the rules of a place need. */
export type HookPlan = {
  /** The hook that is changed; null: a new one. */
  existing: Hook | null;
  settings: HookSettings;
  /** The events that it will send, each with the rules that need them. */
  flags: { flag: HookFlag; rules: string[] }[];
  /** What is known to change about the existing one, in words; a token cannot be read, only missed. */
  changes: string[];
  /** Events that a hook of a group above sends already. */
  sentAbove: { flag: HookFlag; group: string; id: number }[];
  /** Events that this GitLab's hooks do not have. */
  unknown: HookFlag[];
};

/**
 * Plans the hook of a place: `hooks` are those of the place itself, `above` those of the groups above,
 * which send its events too. What is sent from above is left out, for it would be told twice.
 */
export function planHook(
  place: Place,
  needs: HookNeeds,
  hooks: PlacedHook[],
  above: PlacedHook[],
  worker: string,
  url: string,
): HookPlan {
  const existing = ours(place, hooks, worker);
  const sentAbove = [...needs.flags.keys()].flatMap((flag) => {
    const sender = above.find(({ hook }) => hook[flag] === true && isOurs(hook, worker));
    return sender === undefined ? [] : [{ flag, group: sender.place.path, id: sender.hook.id }];
  });
  const wanted = [...needs.flags].filter(([flag]) => !sentAbove.some((each) => each.flag === flag));
  const available = flagsOf(place.owner);
  const settings: HookSettings = {
    ...(existing === null ? { name: "Causeway" } : {}),
    url,
    enable_ssl_verification: true,
    ...Object.fromEntries(available.map((flag) => [flag, wanted.some(([each]) => each === flag)])),
  };
  return {
    existing,
    settings,
    flags: wanted.map(([flag, rules]) => ({ flag, rules })),
    changes: existing === null ? [] : changesTo(existing, settings, available),
    sentAbove,
    unknown: existing === null ? [] : unknownTo(existing, wanted),
  };
}

/** The needed flags that GitLab's answer does not have: its version or edition lacks them. */
export function unknownTo(hook: Hook, wanted: [HookFlag, string[]][]): HookFlag[] {
  return wanted.map(([flag]) => flag).filter((flag) => hook[flag] === undefined);
}

/** Our hook of this place; failing that, one of an old path, whose events are all refused now. */
function ours({ path }: Place, hooks: PlacedHook[], worker: string): Hook | null {
  const found = hooks.flatMap(({ hook }) => {
    const target = hookTarget(hook.url, worker);
    return target.to === "here" && target.path !== null ? [{ hook, path: target.path }] : [];
  });
  const same = found.find((each) => each.path.toLowerCase() === path.toLowerCase());
  return (same ?? found.find((each) => !isWithin(path, each.path)))?.hook ?? null;
}

function isOurs(hook: Hook, worker: string): boolean {
  return hookTarget(hook.url, worker).to === "here";
}

function changesTo(hook: Hook, settings: HookSettings, flags: HookFlag[]): string[] {
  const on = flags.filter((flag) => settings[flag] === true && hook[flag] === false);
  const off = flags.filter((flag) => settings[flag] === false && hook[flag] === true);
  return [
    ...(hook.url === settings.url ? [] : ["its URL"]),
    ...on.map((flag) => `+ ${flag}`),
    ...off.map((flag) => `- ${flag}`),
    ...(hook.enable_ssl_verification ? [] : ["+ SSL verification"]),
    ...(hook.signing_token_present === false ? ["its token"] : []),
  ];
}
