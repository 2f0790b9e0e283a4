import type { Workers } from "../build/build-workers.ts";
import type { Server } from "../processes/start-workerd.ts";

import { ADMIN_TOKEN } from "../causeway/target.ts";
import { fillRelay } from "../growth/fill-relay.ts";
import { percentile } from "../measure/statistics.ts";
import { scratchFolder } from "../processes/scratch.ts";
import { startSink } from "../sink/sink.ts";
import { startWorkerd } from "../processes/start-workerd.ts";
import { askPage, pathsOf, signIn } from "./ask-page.ts";
import { pagesTarget } from "./pages-target.ts";
import { sendOneEach } from "./send-one-each.ts";

/** How long a page of the console took, in milliseconds. */
export type PageTimes = {
  path: string;
  /** Of a Worker that had just started. */
  first: number;
  p50: number;
  p99: number;
  /** What came, before compression. */
  kib: number;
};

const EVENTS = 100_000;

/** Asks for every page of a console that has much to show. */
export async function measurePages(
  { causeway, kv }: Pick<Workers, "causeway" | "kv">,
  times: number,
): Promise<PageTimes[]> {
  // Its messages carry no number: the run's own sink would miss it.
  const sink = startSink();
  const { port } = await sink.ask({ from: 0, count: 0, times: false });
  const target = pagesTarget(causeway, kv, port);
  const disk = scratchFolder("pages-disk");
  const young = await startWorkerd("pages", target, { disk });
  const sent = await sendOneEach(young);
  await young.stop();
  fillRelay(disk, EVENTS, sent);

  const server = await startWorkerd("pages", target, { disk });
  const measured: PageTimes[] = [];
  for (const path of await pathsOf(server, await signIn(server, ADMIN_TOKEN))) {
    measured.push(await timesOf(server, path, times));
  }
  await server.stop();
  await sink.stop();
  return measured;
}

async function timesOf(server: Server, path: string, times: number): Promise<PageTimes> {
  const cookie = await signIn(server, ADMIN_TOKEN);
  const first = await askPage(server, cookie, path);
  const all: number[] = [];
  for (let time = 0; time < times; time += 1) {
    all.push((await askPage(server, cookie, path)).ms);
  }
  return {
    path,
    first: first.ms,
    p50: percentile(all, 0.5),
    p99: percentile(all, 0.99),
    kib: first.bytes / 1024,
  };
}
