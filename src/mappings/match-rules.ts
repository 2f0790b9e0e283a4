import type { Event } from "../gitlab/event.ts";
import { ancestors } from "../gitlab/event-path.ts";
import type { JsonObject } from "../gitlab/json.ts";
import { boundedScope, type Scope } from "./cel.ts";
import type { CompiledMapping, CompiledRule } from "./compile-mapping.ts";
import type { Condition } from "./conditions.ts";

/** A rule that wants an event delivered to a destination. */
export type Match = {
  destination: string;
  mapping: CompiledMapping;
  rule: CompiledRule;
  /** Why a condition of the rule had no answer; null: all had one. */
  problem: string | null;
};

/** What became of one rule, for a person who asks why. */
export type RuleVerdict = { mapping: string; rule: string; matched: boolean; why: string };

/** The keys of the mappings that apply to a path, in the order in which they are read. */
export function mappingKeys(path: string | null): string[] {
  return [...ancestors(path), "*"].map((each) => `mapping/gitlab/${each}`);
}

/**
 * Matches an event against the mappings of its path, nearest first. The first match per destination
 * wins: one event reaches one destination once, also when several of its types match.
 */
export function matchRules(
  event: Event,
  payload: JsonObject,
  mappings: CompiledMapping[],
): Match[] {
  const scope = lazyScope(event, payload);
  const matches = new Map<string, Match>();
  for (const mapping of inherited(mappings)) {
    for (const rule of mapping.rules) {
      if (firstFalse(rule, event, scope) !== null) continue;
      const problem = problemOf(rule, event, scope);
      for (const destination of rule.to) {
        if (matches.has(destination)) continue;
        matches.set(destination, { destination, mapping, rule, problem });
      }
    }
  }
  return [...matches.values()];
}

/** What {@link matchRules} made of every rule, each with the first condition that was false. */
export function explainRules(
  event: Event,
  payload: JsonObject,
  mappings: CompiledMapping[],
): RuleVerdict[] {
  const scope = lazyScope(event, payload);
  const reached = new Map<string, string>();
  return inherited(mappings).flatMap((mapping) =>
    mapping.rules.map((rule) => {
      const failed = firstFalse(rule, event, scope);
      if (failed !== null) {
        return {
          mapping: mapping.key,
          rule: rule.name,
          matched: false,
          why: failed.why(event, scope),
        };
      }
      const said = rule.to.map((destination) => {
        const earlier = reached.get(destination);
        reached.set(destination, earlier ?? rule.name);
        return earlier === undefined
          ? `to ${destination}`
          : `not to ${destination}, which the rule "${earlier}" already reached`;
      });
      const problem = problemOf(rule, event, scope);
      const matched =
        problem === null ? "matched" : `matched, for \`if\` has no answer (${problem})`;
      return {
        mapping: mapping.key,
        rule: rule.name,
        matched: true,
        why: `${matched}: ${said.join("; ")}`,
      };
    }),
  );
}

const OFF: Condition = { holds: () => false, why: () => "switched off (enabled: false)" };
const OTHER_TYPE: Condition = {
  holds: () => false,
  why: (event) => `on: the event is ${event.types.join(", ")}`,
};

function firstFalse(rule: CompiledRule, event: Event, scope: () => Scope): Condition | null {
  if (!rule.on(event.types)) return OTHER_TYPE;
  if (!rule.enabled) return OFF;
  return rule.conditions.find((condition) => !condition.holds(event, scope)) ?? null;
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
