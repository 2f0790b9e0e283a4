import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import type { Report } from "./report.ts";

const RESULTS = join(import.meta.dirname, "../results");

/** Writes the report as JSON and says where it is. */
export function saveReport(report: Report): string {
  const file = report.options.json ?? join(RESULTS, `${report.date.replaceAll(":", "-")}.json`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
  return file;
}
