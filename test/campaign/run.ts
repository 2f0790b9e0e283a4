import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describeMachine } from "../../bench/report/machine.ts";
import { build } from "./build.ts";
import { readOptions } from "./options.ts";
import { commitOf } from "./report/commit.ts";
import { keep } from "./report/keep.ts";
import { line } from "./report/line.ts";
import { table } from "./report/table.ts";
import { runAll } from "./run-all.ts";
import { hasFailed } from "./result.ts";
import { SCENARIOS } from "./scenarios/all.ts";

const options = readOptions(process.argv.slice(2), SCENARIOS);
console.error("· building");
// Before the build: somebody may commit while it runs.
const commit = commitOf(import.meta.dirname);
const builds = await build();
const startedAt = Date.now();
const results = await runAll(options, builds, (result) => console.error(line(result)));
console.log(`\n${table(results)}`);
if (options.complete) {
  const date = new Date().toISOString();
  const seconds = (Date.now() - startedAt) / 1_000;
  keep({ date, version: version(), commit, seconds, machine: describeMachine(), results });
}
const bad = results.filter(hasFailed);
console.log(
  bad.length === 0
    ? "\nNothing lost, nothing doubled without a lost answer, nothing out of order."
    : `\nFailed: ${bad.map(({ name }) => name).join(", ")}.`,
);
// The helpers keep the process alive.
process.exit(bad.length === 0 ? 0 : 1);

function version(): string {
  const file = join(import.meta.dirname, "../../package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
