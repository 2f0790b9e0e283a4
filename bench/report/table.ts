import type { Figures, RateFigures } from "../measure/figures.ts";
import type { Spread } from "../measure/latency.ts";
import type { PerEvent } from "../measure/counts.ts";
import type { Growth } from "../growth/measure-growth.ts";
import type { Took, Work } from "../work/work.ts";
import type { PageTimes } from "../pages/measure-pages.ts";
import type { Report } from "./report.ts";

const LABEL_WIDTH = 44;
const COLUMN_WIDTH = 15;

/** The report for people. */
export function table(report: Report): string {
  const { machine, options, figures, coldStart, burst } = report;
  const { ceiling, floor, causeway } = figures;
  const all = [ceiling, floor, causeway];
  const signed = causeway.signed;
  return [
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.system}; ` +
      `Node ${machine.node}, ${machine.workerd}`,
    `a durable write of 4 KiB takes ${spread(machine.syncMs)} ms (p50 / p99); ` +
      `other programs used ${share(report.othersShare)} of the machine`,
    `${report.date}, medians of ${options.rounds} rounds`,
    "",
    line("", "ceiling", "durable floor", "Causeway", "signed"),
    line(
      "accepted, events/s",
      ...all.map((one) => count(one.acceptedPerSecond)),
      count(signed?.acceptedPerSecond),
    ),
    line("  of the floor", ...shares(figures, "acceptedPerSecond", floor)),
    line("  of the ceiling", ...shares(figures, "acceptedPerSecond", ceiling)),
    line(
      "delivered to Slack, events/s",
      ...all.map((one) => count(one.deliveredPerSecond)),
      count(signed?.deliveredPerSecond),
    ),
    line("  of the floor", ...shares(figures, "deliveredPerSecond", floor)),
    line(
      "CPU of workerd, ms/event, under that load",
      ...all.map((one) => ms(one.cpuMsPerEvent)),
      ms(signed?.cpuMsPerEvent),
    ),
    "",
    ...rateLines(
      "50/s",
      all.map((one) => one.at50),
    ),
    "",
    ...rateLines(
      "200/s",
      all.map((one) => one.at200),
    ),
    "",
    line("memory idle → loaded, MiB", ...all.map(memory)),
    line("bundle, KiB gzip", ...all.map((one) => one.gzipKiB.toFixed(1))),
    line("driver or sink at most, share of a core", ...all.map((one) => share(one.busiestHelper))),
    "",
    line("cold start to the first 202, ms", "empty Worker", "Causeway", "its own share"),
    line("", ...[coldStart.emptyMs, coldStart.causewayMs, coldStart.ownMs].map(count)),
    "",
    line(
      `burst of ${burst.events} for 100 destinations`,
      "accepted/s",
      "delivered/s",
      "CPU, ms/event",
    ),
    line(
      "",
      ...[burst.acceptedPerSecond, burst.deliveredPerSecond].map(count),
      ms(burst.cpuMsPerEvent),
    ),
    ...growthLines(report.growth),
    "",
    ...countLines({
      "delivered, 50/s": report.counts.delivered,
      "filtered, 50/s": report.counts.filtered,
      "burst of 1000": report.counts.burst,
      duplicate: report.counts.duplicate,
    }),
    "",
    ...workLines(report.work),
    "",
    ...pageLines(report.pages),
    "",
    ...report.aims.map(({ aim, got, met }) => `${met ? "met    " : "not met"}  ${aim}: ${got}`),
    ...report.problems.map((problem) => `BROKEN   ${problem}`),
  ].join("\n");
}

/** How long the pages of the console take, one a line. */
export function pageLines(pages: PageTimes[]): string[] {
  return [
    line("page of the console, ms", "first", "p50", "p99", "KiB"),
    ...pages.map(({ path, first, p50, p99, kib }) =>
      line(`  ${path.slice(0, 40)}`, ms(first), ms(p50), ms(p99), kib.toFixed(0)),
    ),
  ];
}

function growthLines(growth: Growth | null): string[] {
  if (growth === null) return [];
  const { events, young, grown } = growth;
  const all = [young, grown];
  return [
    "",
    line("stored events", "hardly any", events.toLocaleString("en-US")),
    line("  accepted, events/s", ...all.map((each) => count(each.acceptedPerSecond))),
    line("  delivered, events/s", ...all.map((each) => count(each.deliveredPerSecond))),
    line("  CPU of workerd, ms/event", ...all.map((each) => ms(each.cpuMsPerEvent))),
  ];
}

function rateLines(rate: string, all: RateFigures[]): string[] {
  return [
    line(`at ${rate}: acknowledged, p50 / p99 ms`, ...all.map((one) => spread(one.ack))),
    line("  202 to Slack", ...all.map((one) => spread(one.acceptToSlack))),
    line("  sent to Slack", ...all.map((one) => spread(one.dueToSlack))),
    line("  CPU of workerd, ms/event", ...all.map((one) => ms(one.cpuMsPerEvent))),
    line("  of this the driver's lateness", ...all.map((one) => spread(one.driverLate))),
  ];
}

function shares(
  figures: Report["figures"],
  key: "acceptedPerSecond" | "deliveredPerSecond",
  of: Figures,
): string[] {
  const { ceiling, floor, causeway } = figures;
  return [ceiling[key], floor[key], causeway[key], causeway.signed?.[key] ?? null].map((value) =>
    share(value === null ? null : value / (of[key] ?? NaN)),
  );
}

/** What events cost, one column for each kind of event; what none of them costs is left out. */
export function countLines(kinds: Record<string, PerEvent>): string[] {
  const all = Object.values(kinds);
  const counted = Object.keys(all[0] ?? {}) as (keyof PerEvent)[];
  return [
    line("one event costs (Causeway)", ...Object.keys(kinds)),
    ...counted
      .filter((what) => all.some((each) => each[what] !== 0))
      .map((what) => line(`  ${what}`, ...all.map((each) => each[what].toFixed(3)))),
  ];
}

function workLines({ took, matched, compileMs }: Work): string[] {
  return [
    line(
      "work of one event, p50 / p99 µs",
      "all fixtures",
      "mean CPU",
      "large issue",
      "large pipeline",
    ),
    ...Object.entries(took).map(([step, { fixtures, largeIssue, largePipeline }]) =>
      line(
        step,
        micros(fixtures),
        fixtures.cpu.toFixed(0),
        ...[largeIssue, largePipeline].map(micros),
      ),
    ),
    `of 1,000 rules an event matches ${matched.toFixed(1)} on average; ` +
      `compiling them takes ${ms(compileMs.first)} ms, ${ms(compileMs.later)} ms when warm`,
  ];
}

function micros({ p50, p99 }: Took): string {
  return `${p50.toFixed(0)} / ${p99.toFixed(0)}`;
}

function line(label: string, ...cells: string[]): string {
  const columns = cells.map((cell) => cell.padStart(COLUMN_WIDTH)).join("");
  return (label.padEnd(LABEL_WIDTH) + columns).trimEnd();
}

function count(value: number | null | undefined): string {
  return typeof value === "number" ? value.toFixed(0) : "–";
}

function ms(value: number | null | undefined): string {
  return typeof value === "number" ? value.toFixed(2) : "–";
}

function spread(value: Spread | null): string {
  return value === null ? "–" : `${ms(value.p50)} / ${ms(value.p99)}`;
}

function share(value: number | null): string {
  return value === null ? "–" : `${(value * 100).toFixed(0)} %`;
}

function memory({ idleMiB, loadedMiB }: Figures): string {
  return idleMiB === null ? "–" : `${count(idleMiB)} → ${count(loadedMiB)}`;
}
