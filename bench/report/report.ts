import type { Growth } from "../growth/measure-growth.ts";
import type { Burst } from "../measure/burst.ts";
import type { ColdStart } from "../measure/cold-start.ts";
import type { ContestantName } from "../measure/contestant.ts";
import type { Figures } from "../measure/figures.ts";
import type { Rounds } from "../measure/rounds.ts";
import type { TogetherCounts } from "../measure/counts.ts";
import type { PageTimes } from "../pages/measure-pages.ts";
import type { Options } from "../options.ts";
import type { Work } from "../work/work.ts";
import type { Aim } from "./aims.ts";
import type { Machine } from "./machine.ts";

/** All that a run found out: what the table shows, and the JSON file keeps. */
export type Report = {
  date: string;
  machine: Machine;
  /** How much of all cores other programs used meanwhile. */
  othersShare: number | null;
  options: Options;
  figures: Record<ContestantName, Figures>;
  coldStart: ColdStart;
  burst: Burst;
  /** The most that the isolate held during such a burst. */
  isolateMiB: number;
  /** What a long past costs; null in a short run. */
  growth: Growth | null;
  /** What one event costs in everything that Cloudflare bills. */
  counts: TogetherCounts;
  work: Work;
  /** The console with 200 mappings, 2,000 rules and 100,000 stored events. */
  pages: PageTimes[];
  aims: Aim[];
  /** What is broken, one sentence each. Empty in a good run. */
  problems: string[];
  rounds: Record<ContestantName, Rounds>;
};
