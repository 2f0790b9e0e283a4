import { join } from "node:path";

import { startHelper } from "../processes/ask.ts";

/** What is timed, in the order of the table. */
export type Step =
  | "parse"
  | "match 1 rule"
  | "match 100 rules"
  | "match 1,000 rules"
  | "card"
  | "compact"
  | "template"
  | "workflow"
  | "all, with 1,000 rules";

/** The events it is timed with: all of `test/fixtures/gitlab` in turn, or one large one. */
export type Sample = "fixtures" | "largeIssue" | "largePipeline";

/** How long one event takes in one step, in µs. */
export type Took = {
  p50: number;
  p99: number;
  /** Processor time on average, the engine's own threads included. */
  cpu: number;
};

/** What an event's own work costs: medians of the rounds. */
export type Work = {
  took: Record<Step, Record<Sample, Took>>;
  /** How many of 1,000 rules a fixture matches, on average. */
  matched: number;
  /** From the documents of 1,000 rules to rules that can be matched, in ms. */
  compileMs: { first: number; later: number };
};

export type WorkPlan = {
  rounds: number;
  /** How long each step runs in each round with each sample. */
  seconds: number;
};

/** Measures in a process of its own, with nothing else in it, which is gone afterwards. */
export async function measureWork(plan: WorkPlan): Promise<Work> {
  const file = join(import.meta.dirname, "main.ts");
  const helper = startHelper<WorkPlan, Work>(file, "the work of one event");
  const work = await helper.ask(plan);
  await helper.stop();
  return work;
}
