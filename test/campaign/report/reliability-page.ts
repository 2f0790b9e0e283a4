import type { Result } from "../result.ts";
import type { Scenario } from "../scenario.ts";
import type { Report } from "./report.ts";
import { hasFailed } from "../result.ts";
import { COLUMNS, row } from "./row.ts";

const GROUPS: Record<Scenario["group"], string> = {
  load: "Much at once",
  slack: "Slack fails",
  kv: "Workers KV fails",
  process: "Causeway is stopped",
  requests: "Odd requests",
};

/** `docs/reliability.md`: what is promised, how that is tested, and what the last full run came to. */
export function reliabilityPage(report: Report, scenarios: Scenario[]): string {
  const { results } = report;
  const shown = scenarios.filter(({ name }) => results.some((each) => each.name === name));
  return `# Reliability

This page is made by \`npm run campaign\` from its last full run, and by \`npm run docs\` from what that run left. Do not edit it.

## What is promised

- **A 2xx means it is on disk.** What could not be stored is answered with 503, or not at all.
- **Nothing accepted is lost**, whatever fails afterwards.
- **Once at Slack.** A message can come twice only when Slack's answer to the first was lost; Causeway counts those.
- **In order** for each issue, merge request or other subject, at each destination.
- **The sums add up**: received = delivered + filtered + duplicate + pending + failed + unreadable.

## How it is tested

The built Worker runs on workerd over a real disk, beside a stand-in for Slack, a stand-in for Workers KV and a driver that
plays GitLab, each of which the scenario spoils. The driver gives every webhook a number and notes what it was answered; afterwards
the messages at Slack are counted by these numbers, and Causeway's ledger and list of events are compared with the driver's.
A scenario fails when a message is missing, comes twice without a lost answer to blame, overtakes another of its subject or was
never sent, when a webhook is refused for no good reason, when anything is pending at the end, or when the sums differ.

## The last full run

${verdict(report)}

${markdownTable(results)}

- **sent**: webhooks that the driver sent, those sent again included. **acknowledged**: answered with 2xx. **refused**: all others, most of them while Causeway was down.
- **lost**: messages that were owed and never came to Slack. Owed is every message of a webhook that was acknowledged, or refused and stored all the same.
- **duplicated**: messages that came once more. **in doubt**: how many of those Causeway itself counts as perhaps sent before, because Slack's answer was lost.
- **out of order**: messages that overtook one of the same subject which was acknowledged before they were sent.
- **p50, p99**: from the acknowledgement to the message at Slack. It includes the pace of the destination and the length of the fault. In \`steady\` and \`burst\` the
  destinations have no pace and nothing fails: the time is what one send at a time to each of three destinations takes, on ${report.machine.cores} cores that everything shares.
- **MiB**: the most memory that workerd held, as a process with all that is in it. It cannot be compared with the 128 MB that Cloudflare gives an isolate: [bench/README.md](../bench/README.md#how-to-read-it).
- **took**: the scenario, from its start on an empty disk to its verdict.

## The scenarios

${Object.entries(GROUPS)
  .map(([group, title]) => `### ${title}\n\n${list(shown.filter((each) => each.group === group))}`)
  .join("\n\n")}

Webhooks are issues of four projects: one each for an incoming webhook, a channel and a workflow, and one that goes to all three.
One in ten is of no interest to any rule, one in fifty is not JSON.

## Where it ran

${machine(report)}

Other programs were at work on the same machine, which shows in the times and not in the counts.

## Run it yourself

\`\`\`sh
npm run campaign              # everything, about half an hour; rewrites this page
npm run campaign -- --short   # every kind of fault once, under five minutes; CI runs it
npm run campaign -- --only kill,slack-down --seed 7
\`\`\`

A seed decides what is sent, in which order, which faults come and when a process is killed. The same seed gives the same plan; what
the operating system makes of it differs from run to run. Linux is needed to read memory, and to mount the small disk that fills up.

## What is not tested

- Slack and GitLab themselves: both are played by stand-ins that follow their documentation.
- Cloudflare's platform: its Durable Objects keep several copies of the disk, move between machines and have limits that workerd on one machine does not have.
- A power cut: SIGKILL ends the process, and what it has handed to the operating system survives.
- A clock that jumps under the operating system: the scenario shifts the clock that the Worker reads, and GitLab's with it. Alarms go by the machine's clock.
- A disk that fills up outside workerd, under the operating system or its log.
`;
}

function verdict({ results, seconds }: Report): string {
  const ran = results.flatMap((result) => (result.outcome === "ran" ? [result] : []));
  const sum = (of: (figures: (typeof ran)[number]["figures"]) => number): string =>
    ran.reduce((total, { figures }) => total + of(figures), 0).toLocaleString("en");
  const failed = results.filter(hasFailed).map(({ name }) => name);
  const skipped = results.flatMap((result) =>
    result.outcome === "skipped" ? [`Skipped: ${result.name}, because ${result.why}.`] : [],
  );
  return [
    `${ran.length} scenarios, ${sum(({ sent }) => sent)} webhooks, ${sum(({ acknowledged }) => acknowledged)} acknowledged:`,
    `${sum(({ lost }) => lost)} messages lost, ${sum(({ outOfOrder }) => outOfOrder)} out of order,`,
    `${sum(({ duplicated }) => duplicated)} duplicated, of which ${sum(({ inDoubt }) => inDoubt)} after a lost answer.`,
    failed.length === 0 ? "No scenario failed." : `Failed: ${failed.join(", ")}.`,
    ...skipped,
    `Seed ${[...new Set(results.map(({ seed }) => seed))].join(", ")}.`,
    ...(seconds === undefined ? [] : [`It took ${Math.round(seconds / 60)} minutes in all:`]),
    `${seconds === undefined ? "Scenarios" : "scenarios"} that mostly wait run side by side, the others alone.`,
  ].join(" ");
}

function markdownTable(results: Result[]): string {
  const line = (cells: string[]): string => `| ${cells.join(" | ")} |`;
  const rule = COLUMNS.map((_, column) => (column === 0 ? "---" : "---:"));
  return [COLUMNS, rule, ...results.map(row)].map(line).join("\n");
}

function list(scenarios: Scenario[]): string {
  return scenarios.map(({ name, says }) => `- **${name}**: ${says}`).join("\n");
}

function machine({ date, version, commit, machine: known }: Report): string {
  const { cpu, cores, memoryGiB, ...rest } = known;
  const at = typeof commit === "string" ? ` at ${commit}` : "";
  return [
    `- ${date.slice(0, 10)}, Causeway ${version}${at}, ${rest.workerd}, Node ${rest.node}`,
    `- ${cores} cores (${cpu}), ${memoryGiB} GiB, ${rest.system}`,
    `- The disk makes 4 KiB durable in ${rest.syncMs.p50.toFixed(1)} ms (p50), ${rest.syncMs.p99.toFixed(1)} ms (p99)`,
  ].join("\n");
}
