import { afterPatience } from "../patience.ts";

/** Slack answers within a second or not at all; a send never holds its place longer than this. */
const SEND_TIMEOUT_MS = 5_000;

/**
 * Runs one exchange with Slack under a time limit. The timer ends with the exchange: one left behind
 * (`AbortSignal.timeout`) would keep a Durable Object from being evicted.
 */
export async function withTimeout<T>(exchange: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const answered = afterPatience(SEND_TIMEOUT_MS, () =>
    controller.abort(new Error(`no answer within ${SEND_TIMEOUT_MS / 1000} s`)),
  );
  try {
    return await exchange(controller.signal);
  } finally {
    answered();
  }
}
