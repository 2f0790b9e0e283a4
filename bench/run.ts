import type { Target } from "./build/workerd-config.ts";
import type { Contestant, ContestantName } from "./measure/contestant.ts";
import type { Rounds } from "./measure/rounds.ts";
import type { Report } from "./report/report.ts";

import { buildWorkers } from "./build/build-workers.ts";
import { causewayTarget, PROJECTS } from "./causeway/target.ts";
import { writeCosts } from "./costs/write-costs.ts";
import { floorTarget } from "./floor/target.ts";
import { measureGrowth } from "./growth/measure-growth.ts";
import { measureBurst } from "./measure/burst.ts";
import { measureColdStart } from "./measure/cold-start.ts";
import { startContestant } from "./measure/contestant.ts";
import { countTogether } from "./measure/counts.ts";
import { acceptedBy, figuresOf } from "./measure/figures.ts";
import { measureIsolate } from "./measure/isolate-memory.ts";
import { ledgerProblems, readLedger } from "./measure/ledger.ts";
import { roundProblems } from "./measure/problems.ts";
import { startRig } from "./measure/rig.ts";
import { measureRounds } from "./measure/rounds.ts";
import { readOptions } from "./options.ts";
import { measurePages } from "./pages/measure-pages.ts";
import { watchOthers } from "./processes/others.ts";
import { startWorkerd } from "./processes/start-workerd.ts";
import { aimsOf } from "./report/aims.ts";
import { describeMachine } from "./report/machine.ts";
import { saveReport } from "./report/save.ts";
import { pageLines, table } from "./report/table.ts";
import { measureWork } from "./work/work.ts";

const BURST = { events: 10_000, projects: PROJECTS };
const GROWTH = { events: 1_000_000, rounds: 6, seconds: 2 };
/** Seconds at 50/s for each kind of event whose costs are counted. */
const COUNTED_SECONDS = 4;

const options = readOptions(process.argv.slice(2));
const say = (progress: string) => console.error(`· ${progress}`);
if (options.costs) process.exit(await writeCosts(say));

say("building");
const workers = await buildWorkers();

if (options.pages) {
  const pages = await measurePages(workers, options.pageTimes);
  console.log(pageLines(pages).join("\n"));
  process.exit(0);
}

say("the work of one event");
const work = await measureWork({ rounds: options.rounds, seconds: options.workSeconds });

say("starting");
const rig = await startRig();
const causewayHere = causewayTarget(workers.causeway, workers.kv, rig.sinkPort);
const coldStart = await measureColdStart(causewayHere, workers.ceiling);
const start = (name: ContestantName, target: Target) => startContestant(name, target, options.logs);
const ceiling = await start("ceiling", { bundle: workers.ceiling, texts: {} });
const floor = await start("floor", floorTarget(workers.floor, rig.sinkPort));
const causeway = await start("causeway", causewayHere);
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
const expected = { delivered: acceptedBy(roundsOf(causeway)), filtered: 0, duplicate: 0 };
say("a burst for many destinations");
const burst = await measureBurst(rig, causeway.server, BURST);
if (burst.missing > 0) problems.push(`burst: ${burst.missing} events never reached Slack.`);
if (burst.accepted < burst.events) {
  problems.push(`burst: answered with ${JSON.stringify(burst.statuses)}.`);
}
expected.delivered += burst.accepted;
problems.push(...ledgerProblems(await readLedger(causeway.server), expected));
for (const { server } of contestants) await server.stop();

say("the pages of the console");
const pages = await measurePages(workers, options.pageTimes);
say("the memory of an isolate");
const isolateMiB = await measureIsolate(rig, causewayHere, BURST);
if (!options.short) say(`beside ${GROWTH.events} stored events`);
const growth = options.short ? null : await measureGrowth(rig, causewayHere, GROWTH);

say("counting");
const counted = await startWorkerd(
  "counted",
  causewayTarget(workers.counted, workers.kv, rig.sinkPort),
  { logs: options.logs },
);
const sent = { delivered: 0, filtered: 0, duplicate: 0, missing: 0 };
const counts = await countTogether(rig, counted, COUNTED_SECONDS, sent);
problems.push(...ledgerProblems(await readLedger(counted), sent));
if (sent.missing > 0) {
  problems.push(`counting build: ${sent.missing} accepted events never reached Slack.`);
}
problems.push(...(await rig.strayMessages()));

const report: Report = {
  date: new Date().toISOString(),
  machine: describeMachine(),
  othersShare,
  options,
  figures,
  coldStart,
  burst,
  isolateMiB,
  growth,
  counts,
  work,
  pages,
  aims: aimsOf({ figures, coldStart, burst, isolateMiB, growth, counts, work, pages }),
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
