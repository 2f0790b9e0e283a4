import type { CompiledMapping, CompiledRule } from "../../src/mappings/compile-mapping.ts";
import type { Destination } from "../../src/mappings/schema.ts";
import type { Occasion, Rendered } from "../../src/messages/render-delivery.ts";
import type { Step } from "./work.ts";

import { parseEvent } from "../../src/gitlab/parse-event.ts";
import { readPayload } from "../../src/gitlab/read-payload.ts";
import { redactVariables } from "../../src/gitlab/redact-variables.ts";
import { matchRules } from "../../src/mappings/match-rules.ts";
import { renderDelivery } from "../../src/messages/render-delivery.ts";
import { compileRules, ruleDocuments, wordings } from "./rules.ts";

/** What a step is given: a body as it came, and the event that it is. */
export type Given = Occasion & { body: Uint8Array };

const CHANNEL: Destination = { type: "channel", channel: "C0123456789" };
const DEFAULTS = ["summary", "title", "url", "project", "actor", "assignees", "labels"];
const WORKFLOW: Destination = {
  type: "workflow",
  url: "https://hooks.slack.com/triggers/T0/0/X0",
  variables: [...DEFAULTS, "details", "opened", "severity"],
};

/** All steps of an event's own work, as the Relay does them one after the other. */
export function stepsOf(thousand: CompiledMapping[]): Record<Step, (given: Given) => unknown> {
  const one = compileRules(ruleDocuments(1));
  const hundred = compileRules(ruleDocuments(100));
  const { card, compact, template, workflow } = wordings();
  return {
    parse: ({ body }) => readBody(body),
    "match 1 rule": ({ event, payload }) => matchRules(event, payload, one),
    "match 100 rules": ({ event, payload }) => matchRules(event, payload, hundred),
    "match 1,000 rules": ({ event, payload }) => matchRules(event, payload, thousand),
    card: (given) => render(given, card, CHANNEL),
    compact: (given) => render(given, compact, CHANNEL),
    template: (given) => render(given, template, CHANNEL),
    workflow: (given) => render(given, workflow, WORKFLOW),
    "all, with 1,000 rules": ({ body }) => {
      const occasion = readBody(body);
      matchRules(occasion.event, occasion.payload, thousand);
      return render(occasion, card, CHANNEL);
    },
  };
}

/** A body as the Relay reads it when it routes. */
export function readBody(body: Uint8Array): Occasion {
  const read = readPayload(body);
  if (read === null) throw new Error("The body of an event is not a JSON object.");
  const payload = redactVariables(read.payload);
  const circumstances = { id: "bench-1", hookName: null, hookPath: null, refChange: null };
  return { payload, event: parseEvent(payload, { ...circumstances, large: read.large }) };
}

/** How many rules an event matches, on average. */
export function meanMatches(bodies: Uint8Array[], mappings: CompiledMapping[]): number {
  const matches = bodies.flatMap((body) => {
    const { event, payload } = readBody(body);
    return matchRules(event, payload, mappings).filter(({ matched }) => matched);
  });
  return matches.length / bodies.length;
}

function render(occasion: Occasion, rule: CompiledRule, destination: Destination): Rendered {
  const rendered = renderDelivery(occasion, rule, destination);
  // What was made is the default message then, which would be timed in the place of the rule's own.
  if (rendered.problem !== null) throw new Error(`${occasion.event.type}: ${rendered.problem}`);
  return rendered;
}
