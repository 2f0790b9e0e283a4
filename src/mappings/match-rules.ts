import type { Event } from "../event.ts";
import type { JsonObject } from "../json.ts";
import type { CompiledMapping, CompiledRule } from "./compile-mapping.ts";
import type { Condition } from "./conditions.ts";
import { boundedScope, type Scope } from "./scope.ts";

/** What became of one rule. */
export type Verdict = {
  mapping: CompiledMapping;
  rule: CompiledRule;
  matched: boolean;
  /** The destinations that get the event by this rule: those that no earlier one reached. */
  destinations: string[];
  /** Why a condition of the rule had no answer; null: all had one. */
  problem: string | null;
  /** The first condition that was false, with the value that was seen; or where the event goes. */
  why: () => string;
};

/**
 * Matches an event against the mappings of its path, nearest first, and says of every rule what
 * became of it. The first match per destination wins: one event reaches one destination once, also
 * when several of its types match.
 */
export function matchRules(
  event: Event,
  payload: JsonObject,
  mappings: CompiledMapping[],
): Verdict[] {
  const scope = lazyScope(event, payload);
  const types = typesToMatch(event);
  const reachedBy = new Map<string, string>();
  return inherited(mappings).flatMap((mapping) =>
    mapping.rules.map((rule): Verdict => {
      const failed = firstFalse(rule, types, event, scope);
      if (failed !== null) {
        const why = () => whyNot(failed, rule, event, scope);
        return { mapping, rule, matched: false, destinations: [], problem: null, why };
      }
      const destinations = rule.to.filter((name) => !reachedBy.has(name));
      for (const name of destinations) reachedBy.set(name, rule.name);
      const problem = problemOf(rule, event, scope);
      const why = () => matchInWords(rule, destinations, reachedBy, problem);
      return { mapping, rule, matched: true, destinations, problem, why };
    }),
  );
}

function matchInWords(
  rule: CompiledRule,
  destinations: string[],
  reachedBy: Map<string, string>,
  problem: string | null,
): string {
  const matched = problem === null ? "matched" : `matched, for \`if\` has no answer (${problem})`;
  const said = rule.to.map((name) =>
    destinations.includes(name)
      ? `to ${name}`
      : `not to ${name}, which the rule "${reachedBy.get(name)}" already reached`,
  );
  return `${matched}: ${said.join("; ")}`;
}

const OFF: Condition = { holds: () => false, why: () => "switched off (enabled: false)" };
const OTHER_TYPE: Condition = {
  holds: () => false,
  why: (event) =>
    `on: the event is ${event.types.join(", ")}${event.echo ? "; this update came along with a close or reopen, which is an event of its own" : ""}`,
};

/** Why a rule did not match, in words. */
function whyNot(failed: Condition, rule: CompiledRule, event: Event, scope: () => Scope): string {
  const why = failed.why(event, scope);
  return failed === OTHER_TYPE ? `${why}; wanted ${rule.types.join(" or ")}` : why;
}

function firstFalse(
  rule: CompiledRule,
  types: string[],
  event: Event,
  scope: () => Scope,
): Condition | null {
  if (!rule.on(types)) return OTHER_TYPE;
  if (!rule.enabled) return OFF;
  return rule.conditions.find((condition) => !condition.holds(event, scope)) ?? null;
}

/** An echo counts only as what else it changed, or closing an issue would be said twice. */
function typesToMatch({ types, echo }: Event): string[] {
  return echo ? types.filter((type) => !type.endsWith(".update")) : types;
}

function problemOf(rule: CompiledRule, event: Event, scope: () => Scope): string | null {
  for (const { problem } of rule.conditions) {
    const said = problem?.(event, scope) ?? null;
    if (said !== null) return said;
  }
  return null;
}

function inherited(mappings: CompiledMapping[]): CompiledMapping[] {
  const last = mappings.findIndex((mapping) => !mapping.inherit);
  return last < 0 ? mappings : mappings.slice(0, last + 1);
}

function lazyScope(event: Event, payload: JsonObject): () => Scope {
  let scope: Scope | undefined;
  return () => (scope ??= boundedScope(event, payload));
}
