import type { Machine } from "../../../bench/report/machine.ts";
import type { Result } from "../result.ts";

/** A full campaign: what `results.json` keeps and docs/reliability.md shows. */
export type Report = {
  date: string;
  version: string;
  /** What was tried; null, or not there in older reports: it is not known. */
  commit?: string | null;
  /** From the first scenario's start to the last one's end: some run side by side. */
  seconds?: number;
  machine: Machine;
  results: Result[];
};
