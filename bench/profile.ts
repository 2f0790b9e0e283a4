import { writeFileSync } from "node:fs";

import type { Target } from "./build/workerd-config.ts";
import type { Time } from "./profile/times.ts";

import { bundleReadable, bundleReference } from "./build/bundle-worker.ts";
import { endWith, readCommandLine } from "./command-line.ts";
import { causewayTarget } from "./causeway/target.ts";
import { floorTarget } from "./floor/target.ts";
import { measureLatency } from "./measure/latency.ts";
import { startRig } from "./measure/rig.ts";
import { measureThroughput } from "./measure/throughput.ts";
import { startWorkerd } from "./processes/start-workerd.ts";
import { profileDuring } from "./profile/inspector.ts";
import { timesOf } from "./profile/times.ts";

const USAGE = `Usage: node bench/profile.ts [options]: where a Worker's time goes under load

  --target NAME   causeway (default) or floor
  --rate N        N events a second (default: as fast as it takes them)
  --signed        requests carry GitLab's signature (not with --rate)
  --seconds N     how long the load lasts (4)
  --top N         how many lines each list has (30)
  --save FILE     keeps the profile for DevTools or speedscope (.cpuprofile)`;

const { values, refuse } = readCommandLine(process.argv.slice(2), USAGE, {
  target: { type: "string", default: "causeway" },
  rate: { type: "string" },
  signed: { type: "boolean", default: false },
  seconds: { type: "string", default: "4" },
  top: { type: "string", default: "30" },
  save: { type: "string" },
  help: { type: "boolean", default: false },
});
if (values.help) endWith(USAGE);
if (!["causeway", "floor"].includes(values.target)) refuse("--target is causeway or floor.");

const rig = await startRig();
const target = values.target === "floor" ? await floor() : await causeway();
const server = await startWorkerd(values.target, target, { inspector: true });

await load(1.5);
let events = 0;
const profile = await profileDuring(server.inspectorPort ?? 0, async () => {
  events = (await load(Number(values.seconds))).events;
});
if (values.save) writeFileSync(values.save, JSON.stringify(profile));

const times = timesOf(profile, target.bundle);
console.log(`${events} events, accepted and delivered: ${perEvent(times.allMs)} µs each.
"(program)" is the runtime itself: HTTP, RPC, and what SQLite does outside of exec.`);
show("By file", times.files);
show("By function, itself", times.self);
show("By function, with all that it called", times.total);
process.exit(0);

async function floor(): Promise<Target> {
  return floorTarget(await bundleReference("floor", "bench/floor/worker.ts"), rig.sinkPort);
}

async function causeway(): Promise<Target> {
  const kv = await bundleReference("kv", "bench/kv/worker.ts");
  return causewayTarget(await bundleReadable("causeway"), kv, rig.sinkPort);
}

function load(seconds: number): Promise<{ events: number }> {
  if (values.rate) {
    return measureLatency(rig, server, { perSecond: Number(values.rate), seconds, delivers: true });
  }
  const auth = values.signed ? "signature" : "token";
  return measureThroughput(rig, server, { auth, seconds, delivers: true });
}

function show(title: string, list: Time[]): void {
  const lines = list
    .slice(0, Number(values.top))
    .map(({ what, ms }) => `${perEvent(ms).padStart(9)} µs  ${what}`);
  console.log(`\n${title}\n${lines.join("\n")}`);
}

function perEvent(ms: number): string {
  return ((ms / events) * 1_000).toFixed(1);
}
