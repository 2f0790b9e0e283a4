import type { Machine } from "../../../bench/report/machine.ts";
import type { Result } from "../result.ts";

/** A full campaign: what `results.json` keeps and docs/reliability.md shows. */
export type Report = { date: string; version: string; machine: Machine; results: Result[] };
