import { flagsOf, HOOK_FLAGS, type HookNeeds } from "../../gitlab/hook-events.ts";
import type { Place } from "../../gitlab/hooks-api/place.ts";
import type { PlacedHook } from "../../gitlab/hooks-api/hooks-at.ts";
import type { Finding } from "./finding.ts";
import { hookTarget } from "../../gitlab/hooks-api/hook-target.ts";
import type { HooksCommand } from "./hooks-command.ts";

/**
 * What can be said of all hooks together that send a place's events: its own, and those of the groups
 * above it. `hidden` are groups whose hooks cannot be seen; `needs` is null where the rules are not known.
 */
export function examinePlace(
  place: Place,
  own: PlacedHook[],
  above: PlacedHook[],
  hidden: string[],
  needs: HookNeeds | null,
  worker: string,
  command: HooksCommand,
): Finding[] {
  const ours = (hooks: PlacedHook[]) =>
    hooks.filter(({ hook }) => hookTarget(hook.url, worker).to === "here");
  const [here, over] = [ours(own), ours(above)];
  const all = [...here, ...over];
  const create = command("create", place.path);
  return [
    ...twice(place, here, over),
    ...(all.length === 0 ? [none(place, hidden, create)] : missing(place, all, needs, create)),
    ...unserved(place, needs),
  ];
}

/** Two hooks for the same events: the same message twice, for GitLab numbers them apart. */
function twice(place: Place, here: PlacedHook[], over: PlacedHook[]): Finding[] {
  return here.flatMap((one, index) =>
    [...here.slice(index + 1), ...over].flatMap((other) => {
      const both = HOOK_FLAGS.filter(
        (flag) => one.hook[flag] === true && other.hook[flag] === true,
      );
      if (both.length === 0) return [];
      const whose = other.place.path === place.path ? "" : ` of the group ${other.place.path}`;
      return {
        level: "error" as const,
        code: "sent_twice",
        path: place.path,
        hook: one.hook.id,
        message: `webhook ${other.hook.id}${whose} sends ${both.join(", ")} too, so everything of that is said twice`,
        fix: `Delete one of them, or switch the events off in one. In GitLab: ${place.page}/${one.hook.id}/edit`,
        command: null,
      };
    }),
  );
}

function none(place: Place, hidden: string[], create: string): Finding {
  const isSure = hidden.length === 0;
  return {
    level: isSure ? "error" : "warning",
    code: "no_hook",
    path: place.path,
    hook: null,
    message: isSure
      ? "no webhook sends its events here"
      : `it has no webhook of its own that sends here, and those of ${hidden.join(", ")} are shown to Owners only`,
    fix: isSure ? "Make one." : "Make one, unless a group's webhook sends them: ask an Owner.",
    command: create,
  };
}

function missing(
  place: Place,
  all: PlacedHook[],
  needs: HookNeeds | null,
  create: string,
): Finding[] {
  if (needs === null) return [];
  const lacking = [...needs.flags].filter(([flag]) => !all.some(({ hook }) => hook[flag] === true));
  const known = flagsOf(place.owner);
  return lacking
    .filter(([flag]) => known.includes(flag))
    .map(([flag, rules]) => {
      const [first] = all;
      const isKnown = all.some(({ hook }) => hook[flag] !== undefined);
      return {
        level: isKnown ? ("error" as const) : ("note" as const),
        code: isKnown ? "missing_event" : "unknown_event",
        path: place.path,
        hook: first?.place.path === place.path ? first.hook.id : null,
        message: isKnown
          ? `${flag} is off, and ${rules.map((rule) => `"${rule}"`).join(", ")} ${rules.length === 1 ? "hears" : "hear"} nothing`
          : `this GitLab does not have ${flag}, and ${rules.map((rule) => `"${rule}"`).join(", ")} hear nothing`,
        fix: isKnown ? "Switch it on." : "A newer GitLab, or another edition, has it.",
        command: isKnown ? create : null,
      };
    });
}

function unserved(place: Place, needs: HookNeeds | null): Finding[] {
  return (needs?.unserved ?? []).map(({ rule, on, needs: what }) => ({
    level: "note" as const,
    code: "unserved_rule",
    path: place.path,
    hook: null,
    message: `the rule "${rule}" on ${on} hears nothing of a ${place.owner}'s webhook`,
    fix: `It needs ${what}.`,
    command: null,
  }));
}
