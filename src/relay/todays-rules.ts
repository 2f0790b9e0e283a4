import type { Event } from "../event.ts";
import type { JsonObject } from "../json.ts";
import { mappingKeys } from "../mappings/mapping-keys.ts";
import { matchRules, type Verdict } from "../mappings/match-rules.ts";
import {
  applyingMappings,
  refreshPeople,
  refreshTargets,
  type Configuration,
} from "./configuration.ts";

/** What the rules of today make of an event; or why nobody can say. */
export type TodaysRules =
  | { usable: true; verdicts: Verdict[]; versions: number[] }
  | { usable: false; reason: string };

/**
 * Reads anew what an event's rules, their destinations and their people are, however short ago that was
 * done, and matches it. Nothing is stored or sent.
 */
export async function todaysRules(
  configuration: Configuration,
  { event, payload }: { event: Event; payload: JsonObject },
  now: number,
): Promise<TodaysRules> {
  const { mappings, destinations, people, peopleIndex } = configuration;
  for (const documents of [mappings, destinations, people, peopleIndex]) documents.expire();
  const keys = mappingKeys(event.details.of === "slack" ? "slack" : "gitlab", event.path);
  await mappings.refresh(keys, now);
  const applying = applyingMappings(configuration, keys);
  if (!applying.usable) return { usable: false, reason: applying.reason };
  const verdicts = matchRules(
    event,
    payload,
    applying.mappings.map(({ value }) => value),
  );
  await refreshTargets(
    configuration,
    verdicts.flatMap((verdict) => verdict.destinations),
    now,
  );
  if (verdicts.some(({ matched, rule }) => matched && rule.mentions)) {
    await refreshPeople(configuration, event, now);
  }
  return { usable: true, verdicts, versions: applying.mappings.map(({ version }) => version) };
}
