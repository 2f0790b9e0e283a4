import { setTimeout as pause } from "node:timers/promises";
import { EXIT, Refusal } from "../terminal/refusal.ts";

/** Waits, unless `stop` is aborted: then it is a {@link Refusal} at once. */
export async function pauseUnless(stop: AbortSignal | undefined, ms: number): Promise<void> {
  try {
    await pause(ms, undefined, stop === undefined ? {} : { signal: stop });
  } catch (error) {
    if (stop?.aborted !== true) throw error;
    throw stopped();
  }
}

/** What a person stopped before anything was written. */
export function stopped(): Refusal {
  return new Refusal("stopped", "You stopped it, and nothing was published.", EXIT.usage);
}
