import type { PerEvent, Sent, TogetherCounts } from "../measure/counts.ts";
import type { Machine } from "../report/machine.ts";
import type { AloneCounts } from "./alone.ts";
import type { Backlog } from "./backlog.ts";
import type { ManyDestinations } from "./many-destinations.ts";

import { buildWorkers } from "../build/build-workers.ts";
import { causewayTarget } from "../causeway/target.ts";
import { order } from "../causeway/orders.ts";
import { countTogether } from "../measure/counts.ts";
import { measureLatency } from "../measure/latency.ts";
import { ledgerProblems, readLedger } from "../measure/ledger.ts";
import { startRig } from "../measure/rig.ts";
import { measureThroughput } from "../measure/throughput.ts";
import { startWorkerd } from "../processes/start-workerd.ts";
import { describeMachine } from "../report/machine.ts";
import { countAlone, countRest } from "./alone.ts";
import { measureBacklog } from "./backlog.ts";
import { measureManyDestinations } from "./many-destinations.ts";
import { REACTION_DOCUMENTS, startSlack } from "./reactions.ts";
import { countRetention } from "./retention.ts";

/** What docs/scaling.md is made of. */
export type Costs = {
  date: string;
  machine: Machine;
  /** What one event costs when many come together. */
  together: TogetherCounts & { reaction: PerEvent };
  /** The same when nothing else happened for a while: the object starts anew, its copies are old. */
  alone: AloneCounts;
  /** What a minute costs in which nothing happens, with a Relay for GitLab and one for Slack. */
  restMinute: PerEvent;
  /** What deleting it costs when its time is over. */
  retention: PerEvent;
  /** Bytes of the database for one event with a body of 7 KB. */
  storedBytes: number;
  /** Processor time of the whole process for one event (ms), and what it took a second. */
  cpuMs: { at50: number; busy: number };
  acceptedPerSecond: number;
  destinations: ManyDestinations;
  backlog: Backlog;
};

const RELAY = "gitlab/gitlab-com";
const SECONDS = 8;

/** Counts everything that costs, on the counting build, and the processor's time on the plain one. */
export async function measureCosts(
  say: (progress: string) => void,
): Promise<{ costs: Costs; problems: string[] }> {
  const problems: string[] = [];
  say("building");
  const workers = await buildWorkers();
  const rig = await startRig();

  say("events that come together");
  const slack = await startSlack();
  const counted = await startWorkerd(
    "counted",
    causewayTarget(workers.counted, workers.kv, rig.sinkPort, {
      slackApiUrl: `${slack.origin}/api/`,
      documents: REACTION_DOCUMENTS,
    }),
  );
  slack.speakTo(counted);
  const sent: Sent = { delivered: 0, filtered: 0, duplicate: 0, missing: 0 };
  const emptyBytes = await order<number>(counted, "bytes", RELAY);
  const together = await countTogether(rig, counted, SECONDS, sent);
  const storedBytes =
    ((await order<number>(counted, "bytes", RELAY)) - emptyBytes) /
    (sent.delivered + sent.filtered);
  const reaction = await slack.countTogether(sent);

  const alone = await countAlone(rig, counted, slack, sent, say);
  problems.push(...ledgerProblems(await readLedger(counted), sent), ...(await rig.strayMessages()));
  if (sent.missing > 0) problems.push(`${sent.missing} accepted events never reached Slack.`);

  say("a minute of rest");
  const restMinute = await countRest(counted);

  say("retention");
  const gitlabEvents = sent.delivered + sent.filtered - slack.reactions();
  const retention = await countRetention(counted, RELAY, gitlabEvents);
  await counted.stop();

  say("processor time");
  const plain = await startWorkerd(
    "causeway",
    causewayTarget(workers.causeway, workers.kv, rig.sinkPort),
  );
  const push = { auth: "token", seconds: SECONDS, delivers: true } as const;
  await measureThroughput(rig, plain, { ...push, seconds: 2 });
  const at50 = await measureLatency(rig, plain, {
    perSecond: 50,
    seconds: SECONDS,
    delivers: true,
  });
  const busy = await measureThroughput(rig, plain, push);
  await plain.stop();

  say("many destinations");
  const destinations = await measureManyDestinations(rig, workers);
  say("a long outage of Slack");
  const backlog = await measureBacklog(rig, workers, RELAY);

  const costs: Costs = {
    date: new Date().toISOString().slice(0, 10),
    machine: describeMachine(),
    together: { ...together, reaction },
    alone,
    restMinute,
    retention,
    storedBytes,
    cpuMs: { at50: at50.cpuMsPerEvent ?? Number.NaN, busy: busy.cpuMsPerEvent ?? Number.NaN },
    acceptedPerSecond: busy.acceptedPerSecond,
    destinations,
    backlog,
  };
  return { costs, problems };
}
