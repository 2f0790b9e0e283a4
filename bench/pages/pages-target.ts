import type { Bundle } from "../build/bundle-worker.ts";
import type { Target } from "../build/workerd-config.ts";

import { causewayTarget } from "../causeway/target.ts";

export const MAPPINGS = 200;
export const RULES = 10;
const DESTINATIONS = 50;
const CHANNELS = 20;
const PEOPLE = 100;

/** A project that has a mapping. */
export function projectPath(index: number): string {
  return `gitlab-com/team-${index % 20}/project-${index}`;
}

/** What an issue must have on it for a rule to want it. */
export function labelOf(rule: number): string {
  return `Queue::${rule}`;
}

/** Causeway as a large support organisation would have it: 200 mappings, 2,000 rules. */
export function pagesTarget(bundle: Bundle, kv: Bundle, sinkPort: number): Target {
  const slack = `http://127.0.0.1:${sinkPort}`;
  return causewayTarget(bundle, kv, sinkPort, {
    documents: {
      ...byKey(MAPPINGS, (index) => [`mapping/gitlab/${projectPath(index)}`, mapping(index)]),
      ...byKey(DESTINATIONS, (index) => [
        `destination/${destinationName(index)}`,
        { type: "webhook", url: `${slack}/services/T0/B0/X${index}`, limit: "none" },
      ]),
      ...byKey(CHANNELS, (index) => [`mapping/slack/C01000000${10 + index}`, reactions()]),
      ...byKey(PEOPLE, (index) => [
        `person/agent-${index}`,
        { slack: `U010000${String(index).padStart(4, "0")}` },
      ]),
    },
  });
}

function mapping(index: number) {
  return {
    rules: Array.from({ length: RULES }, (_, rule) => ({
      name: `Queue ${rule} of project ${index}`,
      on: ["issue.open", "issue.labeled"],
      when: { labels: { any: [labelOf(rule)], none: ["Duplicate"] }, actor: { not: ["*bot*"] } },
      to: destinationName(index + rule),
      message: "*{{ event.actor.name }}* asks: {{ event.title }} {{ event.url }}",
    })),
  };
}

function reactions() {
  const names = ["eyes", "escalate", "ticket", "tada", "lock", "bug", "memo", "mega"];
  return {
    rules: names.map((name) => ({
      name: `What :${name}: means`,
      on: `reaction.${name}`,
      to: "thread",
      message: `Please follow the procedure for *${name}*.`,
    })),
  };
}

function destinationName(index: number): string {
  return `queue-${index % DESTINATIONS}`;
}

function byKey(count: number, of: (index: number) => [string, unknown]): Record<string, unknown> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => of(index)));
}
