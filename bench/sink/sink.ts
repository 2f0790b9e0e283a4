import { join } from "node:path";

import type { Helper } from "../processes/ask.ts";

import { startHelper } from "../processes/ask.ts";

/** Which events the asker wants to hear about, and whether it wants each one's time. */
export type SinkQuestion = { from: number; count: number; times: boolean };
export type SinkAnswer = {
  port: number;
  /** How many of the events asked about have arrived. */
  arrived: number;
  /** For each of them, when its message arrived first (µs); 0 while it has not. */
  arrivedAt: Float64Array | null;
  /** Over the whole run: the events whose message came once more, as often as it did. */
  repeated: number[];
  /** Over the whole run: requests that belong to no event. */
  unreadable: number;
};
export type Sink = Helper<SinkQuestion, SinkAnswer>;

const POLL_MS = 50;

/** The Slack of the benchmark: a process of its own that says "ok" at once and notes the time. */
export function startSink(): Sink {
  return startHelper(join(import.meta.dirname, "main.ts"), "the Slack sink");
}

/**
 * When each event of `from … from+count` arrived, asked once all of them have, or once nothing
 * more has come for `patienceMs`.
 */
export async function drained(
  sink: Sink,
  from: number,
  count: number,
  patienceMs: number,
): Promise<Float64Array> {
  let arrived = 0;
  let lastProgress = performance.now();
  while (arrived < count && performance.now() - lastProgress < patienceMs) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    const answer = await sink.ask({ from, count, times: false });
    if (answer.arrived > arrived) lastProgress = performance.now();
    arrived = answer.arrived;
  }
  const { arrivedAt } = await sink.ask({ from, count, times: true });
  return arrivedAt ?? new Float64Array(count);
}
