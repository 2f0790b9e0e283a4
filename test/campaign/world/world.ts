import type { Bundle } from "../../../bench/build/bundle-worker.ts";
import type { Random } from "../random.ts";
import type { Scenario, Size } from "../scenario.ts";
import type { Builds } from "../build.ts";
import type { Evidence } from "../check/evidence.ts";
import type { FaultOrder } from "../../../src/sandbox/faults.ts";
import type { Kv } from "../kv/kv.ts";
import type { Configuration } from "./configuration.ts";
import type { Webhook } from "./webhook.ts";
import { seeded } from "../random.ts";
import { startKv } from "../kv/kv.ts";
import { startSlack } from "../slack/slack.ts";
import { CLOCK_PATH } from "../clock/clock-path.ts";
import { createAdmin, type Admin } from "./admin.ts";
import { createCauseway } from "./causeway.ts";
import { ALERTS, channelsOf, documentsOf } from "./configuration.ts";
import { gatherEvidence } from "./gather-evidence.ts";
import { createDriver } from "./driver.ts";
import { roomyDisk, smallDisk, type Disk } from "./small-disk.ts";
import { settled } from "./settled.ts";
import { targetOf } from "./target.ts";
import { webhookMaker } from "./webhook-maker.ts";

/** What a story has at hand. */
export type World = {
  random: Random;
  configuration: Configuration;
  /** Chooses by the size of the run. */
  sized: <T>(short: T, full: T) => T;
  wait: (ms: number) => Promise<void>;
  /** Waits until a count is what it has to be; notes a sentence where it never is. */
  becomes: (what: string, count: () => Promise<number>, wanted: number) => Promise<void>;
  /** New webhooks with the next numbers: projects, issues and kinds by chance. */
  webhooks: (count: number, alike?: Partial<Webhook>) => Webhook[];
  steadily: (webhooks: Webhook[], perSecond: number) => Promise<void>;
  atOnce: (webhooks: Webhook[], connections?: number) => Promise<void>;
  /** How many webhooks were answered with 2xx. */
  acknowledged: () => number;
  /** Waits until nothing is pending. */
  quiet: () => Promise<void>;
  /** Waits until so many more requests have been answered. */
  answers: (count: number) => Promise<void>;
  admin: Admin;
  slack: {
    fault: (order: FaultOrder) => Promise<void>;
    mend: () => Promise<void>;
    /** Archives a destination's channel, or restores it. */
    archive: (destination: string, archived: boolean) => Promise<void>;
    /** How many messages have arrived. */
    messages: () => Promise<number>;
    /** How often it was told that a destination is paused. */
    alerts: () => Promise<number>;
    /** Waits until Slack has a request that it has not answered. */
    holdsOne: () => Promise<void>;
  };
  kv: Kv;
  disk: Disk;
  causeway: {
    kill: () => Promise<void>;
    start: () => Promise<void>;
    /** A polite stop and the start of another build. */
    deploy: () => Promise<void>;
  };
  /** Lets the Worker's clock, and GitLab's, jump by so many ms. */
  jumpClock: (byMs: number) => Promise<void>;
};

/** A world that runs, and its end. */
type RunningWorld = {
  world: World;
  /** What the story required and was not so. */
  broken: string[];
  /** Waits until nothing is pending, then collects what the verdict needs. */
  evidence: (patienceSeconds: number) => Promise<Evidence>;
  peakMiB: () => number;
  /** The last lines of workerd's errors. */
  errors: () => string[];
  stop: () => Promise<void>;
};

const PATIENCE_MS = 20_000;
const LOOK_MS = 10;
const QUIET_PATIENCE_SECONDS = 60;
/** Causeway asks a KV that failed again after five seconds. */
const READ_AGAIN_MS = 6_000;
const LOOK_PER_SECOND = 50;

/** Starts Slack, KV and Causeway for one scenario; each has its own. */
export async function startWorld(
  scenario: Scenario,
  how: { size: Size; seed: number; builds: Builds; logs: boolean },
): Promise<RunningWorld> {
  const { size, builds } = how;
  const random = seeded(how.seed);
  const configuration = scenario.configuration(size);
  const channels = channelsOf(configuration);
  const slack = await startSlack(channels.size);
  const kv = await startKv(documentsOf(configuration, slack.origin));
  const disk = scenario.diskMiB === undefined ? roomyDisk() : smallDisk(scenario.diskMiB);
  const bundle: Bundle = builds[scenario.build ?? "current"];
  const target = targetOf(bundle, slack.origin, kv.address);
  const causeway = createCauseway(target, { name: scenario.name, logs: how.logs, ...disk.running });
  let aheadMs = 0;
  const webhooks = webhookMaker(random, configuration.projects);
  const broken: string[] = [];
  const driver = createDriver({ port: causeway.port, now: () => Date.now() + aheadMs });
  const admin = createAdmin(causeway.port);

  async function start(): Promise<void> {
    await causeway.start();
    disk.started(causeway.pid() ?? 0);
  }

  /** What is reported of a document, such as a read that was too slow, ends with its next use. */
  async function lookAgain(): Promise<void> {
    if ((await admin.problems()).length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, READ_AGAIN_MS));
    const all = configuration.projects.flatMap((project) =>
      webhooks(1, { project, wants: "message" }),
    );
    await driver.steadily(all, LOOK_PER_SECOND);
    await settled(slack, admin, QUIET_PATIENCE_SECONDS);
  }

  await start();
  const world: World = {
    random,
    configuration,
    sized: (short, full) => (size === "short" ? short : full),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    async becomes(what, count, wanted) {
      const until = Date.now() + PATIENCE_MS;
      let now = await count();
      while (now !== wanted && Date.now() < until) {
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
        now = await count();
      }
      if (now !== wanted) broken.push(`${now} ${what}; there should be ${wanted}.`);
    },
    webhooks,
    steadily: driver.steadily,
    atOnce: driver.atOnce,
    acknowledged: () => driver.sent.filter(({ status }) => status >= 200 && status <= 299).length,
    quiet: () => settled(slack, admin, QUIET_PATIENCE_SECONDS),
    async answers(count) {
      const until = driver.sent.length + count;
      while (driver.sent.length < until) await new Promise((resolve) => setImmediate(resolve));
    },
    admin,
    slack: {
      fault: slack.fault,
      mend: slack.mend,
      archive: (destination, archived) => slack.archive(channels.get(destination) ?? "", archived),
      messages: async () => (await slack.look()).messages,
      async alerts() {
        const there = await slack.messages();
        return there.filter(({ channel }) => channel === channels.get(ALERTS)).length;
      },
      async holdsOne() {
        const until = Date.now() + PATIENCE_MS;
        while ((await slack.look()).unanswered === 0) {
          if (Date.now() > until) throw new Error("Slack was not asked anything.");
          await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
        }
      },
    },
    kv,
    disk,
    causeway: { kill: causeway.kill, start, deploy: () => causeway.deploy(builds.next) },
    async jumpClock(byMs) {
      aheadMs += byMs;
      const url = `http://127.0.0.1:${causeway.port() ?? 0}${CLOCK_PATH}`;
      await fetch(url, { method: "POST", body: String(aheadMs) });
    },
  };
  return {
    world,
    broken,
    async evidence(patienceSeconds) {
      await settled(slack, admin, patienceSeconds);
      await lookAgain();
      return await gatherEvidence(driver.sent, slack, admin, channels);
    },
    peakMiB: causeway.peakMiB,
    errors: causeway.errors,
    async stop() {
      await causeway.stop();
      kv.stop();
      await slack.stop();
    },
  };
}
