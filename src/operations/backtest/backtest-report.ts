import * as z from "zod/mini";
import type { HourlyPace } from "./backtest-pace.ts";
import type { Summary } from "./backtest-summary.ts";

/** What a back-test of one document has come to so far. Times are milliseconds or, as texts, ISO 8601. */
export type BacktestReport = {
  /** What tells the text that was tried from another. */
  print: string;
  since: number;
  /** Where to go on. */
  cursor: string | null;
  /** `stopped`: somebody had seen enough. */
  state: "running" | "done" | "stopped";
  /** From 0 to 1, as far as can be known without counting. */
  progress: number;
  /** Since when there can be anything; null: nobody has looked yet. */
  storedSince: string | null;
  /** When the latest event came that was looked at. */
  until: string | null;
  /** Sums of all, and the first few examples of each kind. */
  summary: Summary;
  /** How many confidential messages would be told where they are not told now. */
  leaks: number;
  paces: HourlyPace[];
  /** Destinations that the draft's rules name and nothing reached; empty until it is done. */
  dead: string[];
};

const Text = z.nullable(z.string());
const Count = z.number().check(z.minimum(0));

const EXAMPLE = {
  event: z.string(),
  at: z.iso.datetime(),
  type: z.string(),
  title: Text,
  project: Text,
  confidential: z.boolean(),
  destination: z.string(),
  mapping: Text,
  rule: Text,
};
const Example = z.object(EXAMPLE);

const Report = z.object({
  print: z.string(),
  since: z.number(),
  cursor: z.nullable(z.string().check(z.regex(/^[\w-]{1,400}\.\d{1,16}$/))),
  state: z.enum(["running", "done", "stopped"]),
  progress: z.number().check(z.minimum(0), z.maximum(1)),
  storedSince: z.nullable(z.iso.datetime()),
  until: z.nullable(z.iso.datetime()),
  summary: z.object({
    events: z.object({
      total: Count,
      routed: Count,
      undecided: Count,
      failed: Count,
      unreadable: Count,
    }),
    posts: z.object({ would: Count, did: Count, unsent: Count, added: Count, removed: Count }),
    apart: z.object({ wouldShadow: Count, didShadow: Count, replays: Count, alerts: Count }),
    tallies: z.array(
      z.object({
        destination: z.string(),
        day: z.string(),
        would: Count,
        did: Count,
        unsent: Count,
        added: Count,
        removed: Count,
      }),
    ),
    added: z.array(Example),
    removed: z.array(Example),
    leaks: z.array(z.object({ ...EXAMPLE, why: z.enum(["opened", "new", "moved"]) })),
    faults: z.array(
      z.object({ said: z.string(), where: z.string(), events: Count, example: z.string() }),
    ),
    moved: z.array(z.object({ destination: z.string(), messages: Count })),
    reached: z.array(z.string()),
  }),
  leaks: Count,
  paces: z.array(
    z.object({
      destination: z.string(),
      hour: z.string(),
      count: Count,
      most: Count,
      mostAt: z.iso.datetime(),
      allowed: Count,
      beyond: Count,
    }),
  ),
  dead: z.array(z.string()),
});

/**
 * A report as the page gave it back: it is kept nowhere else between two parts of a back-test. Null when it
 * is none. Nobody gains by a report that he forges for himself.
 */
export function readReport(json: string): BacktestReport | null {
  try {
    const read = Report.safeParse(JSON.parse(json));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
