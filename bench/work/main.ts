import type { Sample, Step, Took, Work, WorkPlan } from "./work.ts";

import { median, percentile } from "../measure/statistics.ts";
import { answerQuestions } from "../processes/ask.ts";
import { samples } from "./events.ts";
import { compileRules, ruleDocuments } from "./rules.ts";
import { meanMatches, readBody, stepsOf, type Given } from "./steps.ts";

/** Few enough to be garbage soon, as in a Worker; enough to hide what reading the clock costs. */
const BATCH = 16;

answerQuestions<WorkPlan, Work>(({ rounds, seconds }) => {
  const documents = ruleDocuments(1_000);
  const first = timeCompiling(documents);
  const events = samples();
  const mappings = compileRules(documents);
  const steps = stepsOf(mappings);

  const later: number[] = [];
  const taken: Record<Step, Record<Sample, Took>>[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    later.push(timeCompiling(documents));
    taken.push(mapped(steps, (step) => mapped(events, (bodies) => time(step, bodies, seconds))));
  }
  // The just-in-time compiler is at work in the first round.
  const [, ...warm] = taken;
  return {
    took: mapped(steps, (_, step) =>
      mapped(events, (_bodies, sample) => middle(warm.map((round) => round[step][sample]))),
    ),
    matched: meanMatches(events.fixtures, mappings),
    compileMs: { first, later: median(later.slice(1)) },
  };
});

/** Runs a step again and again, each time with an event that nothing has been done with. */
function time(step: (given: Given) => unknown, bodies: Uint8Array[], seconds: number): Took {
  const times: number[] = [];
  let cpu = 0;
  const end = performance.now() + seconds * 1_000;
  do {
    for (let from = 0; from < bodies.length; from += BATCH) {
      const batch = bodies.slice(from, from + BATCH).map((body) => ({ body, ...readBody(body) }));
      const before = process.cpuUsage();
      for (const given of batch) {
        const start = performance.now();
        step(given);
        times.push((performance.now() - start) * 1_000);
      }
      const { user, system } = process.cpuUsage(before);
      cpu += user + system;
    }
  } while (performance.now() < end);
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99), cpu: cpu / times.length };
}

function timeCompiling(documents: Map<string, string>): number {
  const start = performance.now();
  compileRules(documents);
  return performance.now() - start;
}

function middle(rounds: Took[]): Took {
  return {
    p50: median(rounds.map(({ p50 }) => p50)),
    p99: median(rounds.map(({ p99 }) => p99)),
    cpu: median(rounds.map(({ cpu }) => cpu)),
  };
}

function mapped<Key extends string, From, To>(
  record: Record<Key, From>,
  of: (value: From, key: Key) => To,
): Record<Key, To> {
  const entries = Object.entries(record) as [Key, From][];
  return Object.fromEntries(entries.map(([key, value]) => [key, of(value, key)])) as Record<
    Key,
    To
  >;
}
