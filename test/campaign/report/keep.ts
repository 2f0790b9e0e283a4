import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Report } from "./report.ts";
import { SCENARIOS } from "../scenarios/all.ts";
import { reliabilityPage } from "./reliability-page.ts";

const PROJECT = join(import.meta.dirname, "../../..");
const RESULTS = join(PROJECT, "test/campaign/results.json");
const PAGE = join(PROJECT, "docs/reliability.md");

/** The last full campaign. */
export function lastReport(): Report {
  return JSON.parse(readFileSync(RESULTS, "utf8")) as Report;
}

/** Writes a full campaign down, and the page that is made of it. */
export function keep(report: Report): void {
  writeFileSync(RESULTS, JSON.stringify(report));
  writeFileSync(PAGE, reliabilityPage(report, SCENARIOS));
  execFileSync(join(PROJECT, "node_modules/.bin/oxfmt"), [RESULTS, PAGE]);
}
