import type { Connection } from "./connection.ts";
import type { Recorder } from "./record.ts";

import { nowMicros } from "../processes/clock.ts";

/** Node's timers are exact to a millisecond or two: the rest of a wait goes by turns of the loop. */
const TIMER_SLACK_MICROS = 2_000;

/**
 * Sends at fixed times. A request counts from the time it was due, so that a server which stalls is
 * charged for all that waited, not only for the one that met the stall ("coordinated omission").
 */
export async function runOpenLoop(
  connections: Connection[],
  open: () => Promise<Connection>,
  recorder: Recorder,
  perSecond: number,
  seconds: number,
): Promise<void> {
  const idle = [...connections];
  const answers: Promise<void>[] = [];
  const start = nowMicros() + 10_000;
  for (let index = 0; index < perSecond * seconds; index += 1) {
    const due = start + (index * 1_000_000) / perSecond;
    const request = recorder.request(index);
    await until(due);
    recorder.sent(index, due);
    let connection = idle.pop();
    while (connection && !connection.isOpen()) connection = idle.pop();
    const carrier = connection ?? (await open());
    answers.push(
      new Promise((resolve) =>
        carrier.send(request, (status) => {
          recorder.answered(index, status);
          if (status !== 0) idle.push(carrier);
          resolve();
        }),
      ),
    );
  }
  await Promise.all(answers);
}

async function until(due: number): Promise<void> {
  for (;;) {
    const left = due - nowMicros();
    if (left <= 0) return;
    await new Promise<void>((resolve) => {
      if (left > TIMER_SLACK_MICROS) setTimeout(resolve, (left - TIMER_SLACK_MICROS) / 1_000);
      else setImmediate(resolve);
    });
  }
}
