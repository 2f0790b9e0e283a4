import type { LoadResult } from "./load.ts";

import { nowMicros } from "../processes/clock.ts";

/** Collects what happened to each request of one load. */
export type Recorder = {
  request: (index: number) => Uint8Array;
  /** A request goes out now that was due at `dueAt`. */
  sent: (index: number, dueAt: number) => void;
  answered: (index: number, status: number) => void;
  result: () => LoadResult;
};

/** A recorder for events from number `from` on. */
export function record(from: number, write: (number: number) => Uint8Array): Recorder {
  const dueAt: number[] = [];
  const sentAt: number[] = [];
  const answeredAt: number[] = [];
  const statuses: number[] = [];
  return {
    request: (index) => write(from + index),
    sent(index, due) {
      dueAt[index] = due;
      sentAt[index] = nowMicros();
    },
    answered(index, status) {
      answeredAt[index] = nowMicros();
      statuses[index] = status;
    },
    result: () => ({
      dueAt: Float64Array.from(dueAt),
      sentAt: Float64Array.from(sentAt),
      answeredAt: Float64Array.from(answeredAt),
      status: Uint16Array.from(statuses),
    }),
  };
}
