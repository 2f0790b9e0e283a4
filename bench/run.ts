import type { Target } from "./build/workerd-config.ts";
import type { Contestant, ContestantName } from "./measure/contestant.ts";
import type { Rounds } from "./measure/rounds.ts";
import type { Report } from "./report/report.ts";

import { buildWorkers } from "./build/build-workers.ts";
import { causewayTarget } from "./causeway/target.ts";
import { floorTarget } from "./floor/target.ts";
import { startContestant } from "./measure/contestant.ts";
import { acceptedBy, figuresOf } from "./measure/figures.ts";
import { ledgerProblems, readLedger } from "./measure/ledger.ts";
import { roundProblems } from "./measure/problems.ts";
import { startRig } from "./measure/rig.ts";
import { measureRounds } from "./measure/rounds.ts";
import { measureRows } from "./measure/rows.ts";
import { readOptions } from "./options.ts";
import { watchOthers } from "./processes/others.ts";
import { startWorkerd } from "./processes/start-workerd.ts";
import { aimsOf } from "./report/aims.ts";
import { describeMachine } from "./report/machine.ts";
import { saveReport } from "./report/save.ts";
import { table } from "./report/table.ts";
import { measureWork } from "./work/work.ts";

/** Seconds at 50/s for each kind of event whose rows are counted. */
const ROWS_SECONDS = 4;

const options = readOptions(process.argv.slice(2));
const say = (progress: string) => console.error(`· ${progress}`);

say("building");
const workers = await buildWorkers();

say("the work of one event");
const work = await measureWork({ rounds: options.rounds, seconds: options.workSeconds });

say("starting");
const rig = await startRig();
const start = (name: ContestantName, target: Target) => startContestant(name, target, options.logs);
const ceiling = await start("ceiling", { bundle: workers.ceiling, texts: {} });
const floor = await start("floor", floorTarget(workers.floor, rig.sinkPort));
const causeway = await start(
  "causeway",
  causewayTarget(workers.causeway, workers.kv, rig.sinkPort),
);
const contestants = [ceiling, floor, causeway];
const others = watchOthers([
  process.pid,
  rig.driverPid,
  rig.sink.pid,
  ...contestants.map(({ server }) => server.pid),
]);
const rounds = await measureRounds(rig, contestants, options, say);
const othersShare = others();
const problems = contestants.flatMap((one) => roundProblems(one.name, roundsOf(one)));
const figures = byName((one) => figuresOf(one, roundsOf(one)));
const expected = { delivered: acceptedBy(roundsOf(causeway)), filtered: 0 };
problems.push(...ledgerProblems(await readLedger(causeway.server), expected));
for (const { server } of contestants) await server.stop();

say("counting rows");
const counted = await startWorkerd(
  "counted",
  causewayTarget(workers.counted, workers.kv, rig.sinkPort),
  { logs: options.logs },
);
const { rows, sent, missing } = await measureRows(rig, counted, ROWS_SECONDS);
problems.push(...ledgerProblems(await readLedger(counted), sent));
if (missing > 0) problems.push(`counting build: ${missing} accepted events never reached Slack.`);
problems.push(...(await rig.strayMessages()));

const report: Report = {
  date: new Date().toISOString(),
  machine: describeMachine(),
  othersShare,
  options,
  figures,
  rows,
  work,
  aims: aimsOf(figures.causeway, figures.floor, rows, work),
  problems,
  rounds: byName(roundsOf),
};
console.log(`\n${table(report)}\n\nAll figures: ${saveReport(report)}`);
// The helpers keep the process alive; missing an aim is no failure, something broken is.
process.exit(problems.length > 0 ? 1 : 0);

function roundsOf(contestant: Contestant): Rounds {
  const found = rounds.get(contestant);
  if (!found) throw new Error(`${contestant.name} was not measured.`);
  return found;
}

function byName<T>(of: (contestant: Contestant) => T): Record<ContestantName, T> {
  return { ceiling: of(ceiling), floor: of(floor), causeway: of(causeway) };
}
