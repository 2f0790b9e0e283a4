import { destinationKey } from "../mappings/destination-key.ts";
import type { Event } from "../event.ts";
import type { JsonObject } from "../json.ts";
import { mappingKeys } from "../mappings/mapping-keys.ts";
import { matchRules, type Verdict } from "../mappings/match-rules.ts";
import { answerTarget } from "../relay/answering/answer-target.ts";
import {
  applyingMappings,
  destinationProblem,
  peopleOfEvent,
  targetOf,
  type ReadableConfiguration,
} from "../relay/configuration.ts";
import { decideDelivery } from "../relay/decide-delivery.ts";
import type { Occasion } from "../messages/render-delivery.ts";
import type { OutgoingContent } from "../slack/answer.ts";
import { whyUnanswerable } from "../slack/why-unanswerable.ts";
import { placeOf, type Place } from "./place-of.ts";

/** What documents make of an event. Nothing is sent, stored or asked. */
export type Simulation = {
  /** Why the event would wait for a document; or why nothing comes of it. Null: something does. */
  reason: string | null;
  /** Whether it would wait: a mapping that applies to it cannot be used. */
  waits: boolean;
  /** Every rule that was looked at, in order; `why` is the first condition that was false. */
  rules: { mapping: string; rule: string; matched: boolean; why: string }[];
  deliveries: SimulatedDelivery[];
};

/** What one rule would send to one destination. */
export type SimulatedDelivery = {
  /** Its name, or what stands for the bot, such as `thread:C0123456789`. */
  destination: string;
  mapping: string;
  rule: string;
  /**
   * - `sent`: as `content` says.
   * - `shadow`: the rule is in shadow mode; `content` is what it would send if it were live.
   * - `confidential`: the event is, and the destination may not be told.
   * - `waits`: the destination's document is missing or cannot be used; it would wait for that.
   * - `nowhere`: there is no message or person that the answer could be for.
   */
  outcome: "sent" | "shadow" | "confidential" | "waits" | "nowhere";
  /** Where it goes; null: no usable document says so. */
  place: Place | null;
  content: OutgoingContent | null;
  /** What went wrong in making it, or why there is none; null: nothing. */
  problem: string | null;
};

/** Says what every rule makes of an event, and what each destination would get. */
export function simulateEvent(
  event: Event,
  payload: JsonObject,
  configuration: ReadableConfiguration,
): Simulation {
  const { details } = event;
  const source = details.of === "slack" ? "slack" : "gitlab";
  const applying = applyingMappings(configuration, mappingKeys(source, event.path));
  if (!applying.usable) {
    return { waits: true, reason: applying.reason, rules: [], deliveries: [] };
  }
  const mappings = applying.mappings.map(({ value }) => value);
  const verdicts = matchRules(event, payload, mappings);
  const rules = verdicts.map(({ mapping, rule, matched, why }) => ({
    mapping: mapping.key,
    rule: rule.name,
    matched,
    why: why(),
  }));
  const said = (reason: string | null, deliveries: SimulatedDelivery[] = []): Simulation => ({
    waits: false,
    reason,
    rules,
    deliveries,
  });
  const unanswerable = whyUnanswerable(event);
  if (unanswerable !== null) return said(unanswerable);
  const mentions = verdicts.some(({ matched, rule }) => matched && rule.mentions);
  const people = mentions ? peopleOfEvent(configuration, event) : new Map<string, string>();
  const occasion: Occasion = { event, payload, people };
  const deliveries = verdicts.flatMap((verdict) =>
    verdict.destinations.map((name) => delivery(name, verdict, occasion, configuration)),
  );
  if (deliveries.length > 0) return said(null, deliveries);
  const whose = source === "slack" ? "channel" : "path";
  return said(mappings.length === 0 ? `no mapping for its ${whose}` : "no rule matched");
}

function delivery(
  name: string,
  verdict: Verdict,
  occasion: Occasion,
  configuration: ReadableConfiguration,
): SimulatedDelivery {
  const { event } = occasion;
  const { rule, mapping } = verdict;
  const common = { mapping: mapping.key, rule: rule.name };
  const destination =
    event.details.of === "slack" ? answerTarget(name, rule, event, event.details) : name;
  if (destination === null) {
    const problem = "there is no message or person that it could be for";
    const nowhere = { outcome: "nowhere", place: null, content: null } as const;
    return { destination: name, ...common, ...nowhere, problem };
  }
  const copy = targetOf(configuration, destination);
  const { state, content, problem } = decideDelivery(occasion, verdict, copy);
  const made = { destination, ...common, content };
  const outcome = outcomeOf(state);
  if (copy.state !== "found") {
    const missing = `there is no document ${destinationKey(destination)}`;
    const said = copy.state === "absent" ? missing : destinationProblem(destination, copy).said;
    return { ...made, outcome: rule.shadow ? outcome : "waits", place: null, problem: said };
  }
  return { ...made, outcome, place: placeOf(copy.value), problem };
}

function outcomeOf(state: "pending" | "shadow" | "filtered"): SimulatedDelivery["outcome"] {
  switch (state) {
    case "pending":
      return "sent";
    case "shadow":
      return "shadow";
    case "filtered":
      return "confidential";
  }
}
