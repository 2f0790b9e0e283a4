import type { Released } from "./resume-destination.ts";

/** What resuming a destination did, in all namespaces. */
export function resumedInWords(
  name: string,
  wasPaused: boolean,
  results: Released["result"][],
): string {
  if (results.includes("tried") && !results.includes("resumed")) {
    return `One message to ${name} is tried now; the others follow if it gets through.`;
  }
  return wasPaused
    ? `${name} goes on: what waited is sent, in order and at its pace.`
    : `${name} was not paused.`;
}
