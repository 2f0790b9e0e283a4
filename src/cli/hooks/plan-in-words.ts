import { fewNamed } from "../../words/few-named.ts";
import type { HookNeeds } from "../../gitlab/hook-events.ts";
import type { Place } from "../../gitlab/hooks-api/place.ts";
import type { Hook } from "../../gitlab/hooks-api/hook.ts";
import type { Vouching } from "../gitlab/set-hook.ts";
import { Refusal } from "../terminal/refusal.ts";
import { table } from "../terminal/table.ts";
import type { Report } from "../verb.ts";
import { hookState, isEnabled } from "../../gitlab/hooks-api/hook-state.ts";
import type { HooksCommand } from "./hooks-command.ts";
import type { HookPlan } from "./plan-hook.ts";

/** There is nothing to be made: because all is there, or, as a {@link Refusal}, because nothing could be. */
export function nothingToDo(place: Place, needs: HookNeeds, plan: HookPlan): Report {
  if (needs.rules === 0) {
    throw new Refusal(
      "no_rules",
      `No rule applies to ${place.path}: there is no mapping/gitlab/${place.path.toLowerCase()}, nor one of a group above, nor one below. Write it first.`,
    );
  }
  if (plan.sentAbove.length === 0) {
    throw new Refusal(
      "nothing_to_send",
      [
        `No webhook of a ${place.owner} sends what the rules for ${place.path} are on.`,
        ...unservedInWords(needs),
      ].join("\n"),
    );
  }
  const lines = plan.sentAbove.map(
    ({ flag, group, id }) => `${flag} comes from the group ${group} (webhook ${id})`,
  );
  if (plan.existing !== null) {
    lines.push(
      `Its own webhook ${plan.existing.id} is not needed: delete it. ${place.page}/${plan.existing.id}/edit`,
    );
  }
  return {
    json: {
      action: "none",
      [place.owner]: place.path,
      sentAbove: plan.sentAbove,
      needless: plan.existing?.id ?? null,
    },
    text: [
      `Nothing to do for ${place.owner} ${place.path}:`,
      ...lines.map((line) => `  ${line}`),
    ].join("\n"),
  };
}

/** What came of a plan. */
export type Done = { id: number; vouching: Vouching; unknown: string[] };

/** The webhook that is there already sends what the rules need. */
export function nothingToChange(
  place: Place,
  needs: HookNeeds,
  plan: HookPlan,
  existing: Hook,
  command: HooksCommand,
): Report {
  return {
    json: planAsJson("none", place, needs, plan, null),
    text: [
      `Nothing to change about webhook ${existing.id} of the ${place.owner} ${place.path}: ${flagsIn(plan)}`,
      `Whether its token is right cannot be read. If GitLab's deliveries are refused (401): ${command("create", place.path, "--renew-token")}`,
      ...remarks(place, needs, plan, plan.unknown, command),
      `See it: ${place.page}/${existing.id}/edit`,
    ].join("\n"),
  };
}

/** What is planned (`done` is null), or was done. */
export function planReport(
  place: Place,
  needs: HookNeeds,
  plan: HookPlan,
  done: Done | null,
  command: HooksCommand,
): Report {
  const action = plan.existing === null ? "create" : "update";
  return {
    json: planAsJson(action, place, needs, plan, done),
    text:
      done === null
        ? `${planInWords(place, needs, plan, command)}\nNothing was changed (--dry-run).`
        : doneInWords(place, needs, plan, done, command),
  };
}

function planAsJson(
  action: "create" | "update" | "none",
  place: Place,
  needs: HookNeeds,
  plan: HookPlan,
  done: Done | null,
) {
  const id = done?.id ?? plan.existing?.id ?? null;
  return {
    action,
    done: done !== null,
    id,
    [place.owner]: place.path,
    url: plan.settings.url,
    events: plan.flags,
    changes: plan.changes,
    sentAbove: plan.sentAbove,
    unserved: needs.unserved,
    unknown: done?.unknown ?? plan.unknown,
    token: done?.vouching ?? null,
    page: id === null ? place.page : `${place.page}/${id}/edit`,
  };
}

/** A plan, for a person who is asked whether to do it. */
export function planInWords(
  place: Place,
  needs: HookNeeds,
  plan: HookPlan,
  command: HooksCommand,
): string {
  const { existing, changes } = plan;
  return [
    existing === null
      ? `A new webhook for the ${place.owner} ${place.path}:`
      : `A change to webhook ${existing.id} of the ${place.owner} ${place.path}:`,
    `  URL     ${plan.settings.url}`,
    ...(existing === null
      ? []
      : [`  changes ${[...new Set([...changes, "its token"])].join(", ")}`]),
    "  events",
    indent(table(plan.flags.map(({ flag, rules }) => [flag, `for ${fewNamed(rules, 3)}`])), "    "),
    ...remarks(place, needs, plan, plan.unknown, command).map((line) => `  ${line}`),
  ].join("\n");
}

function doneInWords(
  place: Place,
  needs: HookNeeds,
  plan: HookPlan,
  { id, vouching, unknown }: Done,
  command: HooksCommand,
): string {
  return [
    `${whatWasDone(plan)} webhook ${id} of the ${place.owner} ${place.path}: ${flagsIn(plan)}`,
    vouching === "signing_token"
      ? "It signs with a token of its own."
      : "This GitLab does not sign webhooks (that takes version 19): it shows a plain token of its own.",
    ...remarks(place, needs, plan, unknown, command),
    `See it: ${place.page}/${id}/edit`,
  ].join("\n");
}

function whatWasDone({ existing, changes }: HookPlan): string {
  if (existing === null) return "Made";
  return changes.length === 0 ? "Set the token again of" : "Changed";
}

function flagsIn({ flags }: HookPlan): string {
  return flags.map(({ flag }) => flag).join(", ");
}

function remarks(
  place: Place,
  needs: HookNeeds,
  plan: HookPlan,
  unknown: string[],
  command: HooksCommand,
): string[] {
  return [
    ...(plan.existing === null || isEnabled(plan.existing)
      ? []
      : [
          `It is ${hookState(plan.existing)}, which this does not change: ${command("enable", place.path, plan.existing.id)}`,
        ]),
    ...plan.sentAbove.map(
      ({ flag, group, id }) => `${flag} is left out: the group ${group} sends it (webhook ${id}).`,
    ),
    ...unknown.map((flag) => `This GitLab does not have ${flag}: the rules on it hear nothing.`),
    ...unservedInWords(needs),
  ];
}

function unservedInWords({ unserved }: HookNeeds): string[] {
  return unserved.map(
    ({ rule, on, needs }) =>
      `The rule "${rule}" on ${on} hears nothing of this: it needs ${needs}.`,
  );
}

function indent(text: string, by: string): string {
  return text.replaceAll(/^/gm, by);
}
