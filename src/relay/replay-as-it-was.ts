import { targetInWords } from "../mappings/address.ts";
import { isNews, keptMessage, type Kept } from "./kept-message.ts";
import type { Outcome } from "./outcomes.ts";
import { draft, type Draft } from "./route-event.ts";

/**
 * The messages of an event once more, word for word, each to its destination: the last that arrived
 * there, or where none did the last that failed or was given up. Where one of them still waits, it is not
 * sent twice.
 * `reason` says what is not sent again and why; null: all is. `only`: to these destinations alone; null:
 * to all.
 */
export function asItWas(
  outcomes: Outcome[],
  only: string[] | null,
): { drafts: Draft[]; reason: string | null } {
  const deliveries = outcomes.filter((outcome) => outcome.destination !== "" && isNews(outcome));
  const destinations = [...new Set(deliveries.map(({ destination }) => destination))];
  const unknown = (only ?? []).filter((name) => !destinations.includes(name));
  const drafts: Draft[] = [];
  const reasons = unknown.map((name) => `${targetInWords(name)} had no message of it`);
  for (const name of destinations) {
    if (only !== null && !only.includes(name)) continue;
    const there = deliveries.filter(({ destination }) => destination === name);
    const waits = there.some(({ state }) => state === "pending");
    const kept = waits ? null : keptMessage(there);
    if (kept === null) reasons.push(`${targetInWords(name)}: ${whyNot(there)}`);
    else drafts.push(onceMore(kept));
  }
  if (destinations.length === 0) reasons.push("there was no message of it");
  return { drafts, reason: reasons.length === 0 ? null : reasons.join("; ") };
}

function onceMore({ subject, destination, mapping, rule, ...outcome }: Kept<Outcome>): Draft {
  const { versions, confidential, content, state, reason } = outcome;
  const known = { destination, mapping, rule, versions, confidential, content };
  // Why it was not what its rule says is still true of it.
  return draft(subject, {
    ...known,
    state: "pending",
    reason: state === "delivered" ? reason : null,
  });
}

function whyNot(deliveries: Outcome[]): string {
  const last = deliveries.findLast(({ state }) => state === "pending") ?? deliveries.at(-1);
  switch (last?.content?.kind) {
    case "issue":
      return "an issue is not made twice";
    case "undo":
      return "what was taken back stays taken back";
    case "alert":
    case "message":
    case "workflow":
    case undefined:
      break;
  }
  switch (last?.state) {
    case "pending":
      return "its message still waits to be sent";
    case "shadow":
      return "its rule was in shadow mode, and sent nothing";
    case "filtered":
      return `nothing was sent there (${last.reason ?? "it was filtered"})`;
    case "delivered":
    case "failed":
    case "unreadable":
    case undefined:
      return "its message was not kept; replay it with today's rules";
  }
}
