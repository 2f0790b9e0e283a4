import type { ContestantName } from "../measure/contestant.ts";
import type { Figures } from "../measure/figures.ts";
import type { Rounds } from "../measure/rounds.ts";
import type { Rows } from "../measure/rows.ts";
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
  rows: Rows;
  work: Work;
  aims: Aim[];
  /** What is broken, one sentence each. Empty in a good run. */
  problems: string[];
  rounds: Record<ContestantName, Rounds>;
};
