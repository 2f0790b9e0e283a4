import type { Released } from "./resume-destination.ts";

/** What resuming a destination did, in all namespaces. */
export function resumedInWords(
  name: string,
  wasPaused: boolean,
  results: Released["result"][],
): string {
  if (results.includes("tried") && !results.includes("resumed")) {
    return `No person paused ${name}: it stopped because messages did not get through. One is tried now, and the rest follows if that works.`;
  }
  return wasPaused
    ? `${name} goes on: what waited is sent, in order and at its pace.`
    : `${name} was not paused.`;
}
