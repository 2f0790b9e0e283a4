import { causeOfFailure } from "../../relay/cause-of-failure.ts";
import type { ShownEvent, ShownDelivery } from "../../relay/show-event.ts";
import type { ProblemItem } from "../overview/problems.ts";
import { pauseOf } from "../destinations/pause-of.ts";
import { named } from "../../words/named.ts";
import { oneLine } from "../../words/one-line.ts";

/** The reason of an event about whose project there are no rules. */
export const NO_MAPPING = "no mapping for its path";

/**
 * Answers "why did this (not) post?" in sentences: where it went, where it did not and why, what it
 * waits for, and what to do about it.
 */
export function whyPosted(event: ShownEvent, problems: ProblemItem[]): string[] {
  const { deliveries, reason } = event;
  if (event.state === "unreadable") {
    return [
      "It was posted nowhere: its body is not a JSON object. Look at the hook's custom template in GitLab.",
    ];
  }
  const tests = deliveries.filter(({ role, state }) => role === "test" && state === "delivered");
  const tested = tests.length === 0 ? [] : [`A test of it was posted to ${namesOf(tests)}.`];
  if (deliveries.every(({ role }) => role === "test")) {
    return [withoutDeliveries(event, reason), ...replayedInVain(event), ...tested];
  }
  const failed = stillFailed(event);
  const about = deliveries.filter(
    (each) =>
      each.role !== "alert" &&
      each.role !== "test" &&
      (each.state !== "failed" || failed.includes(each)),
  );
  const delivered = about.filter(({ state }) => state === "delivered");
  const sentences = [
    ...(event.nowhere === null
      ? []
      : [`When it came it was posted nowhere: ${noneWanted(event, event.nowhere)}`]),
    ...posted(delivered),
    ...(delivered.length === 0 && event.state === "pending" ? ["Nothing was posted yet."] : []),
    ...about
      .filter(({ state }) => state !== "delivered")
      .map((delivery) => withoutPost(delivery, problems)),
    ...tested,
  ];
  // A replay may wait for the same.
  return [...new Set(sentences)];
}

/** The deliveries that failed and that no replay has put right since, or is about to. */
export function stillFailed({ deliveries }: ShownEvent): ShownDelivery[] {
  return deliveries.filter(
    (delivery, at) =>
      delivery.state === "failed" &&
      !deliveries
        .slice(at + 1)
        .some(
          (later) =>
            destinationName(later) === destinationName(delivery) &&
            later.role !== "test" &&
            (later.state === "delivered" || later.state === "pending"),
        ),
  );
}

/** A delivery's destination for people: `licensing`, `thread C0123456789`. */
export function destinationName({
  destination,
  address,
}: Pick<ShownDelivery, "destination" | "address">): string {
  return address === null ? destination : `${destination} ${address}`;
}

function withoutDeliveries(event: ShownEvent, reason: string | null): string {
  const { state, deliveries } = event;
  // A test that waits is none of the event's.
  if (state === "pending" && deliveries.length === 0) {
    return reason === null
      ? "It has just come and is about to be decided."
      : `It waits to be decided: ${endOfSentence(reason)}`;
  }
  if (state === "failed") {
    const { fix } = causeOfFailure(reason, "rule");
    return `It was posted nowhere: ${endOfSentence(reason ?? "nobody knows why")} ${fix}`;
  }
  return `It was posted nowhere: ${noneWanted(event, reason)}`;
}

function noneWanted({ project, rules }: ShownEvent, reason: string | null): string {
  if (reason === NO_MAPPING) {
    return project === null
      ? "it names no project or group, and there are no rules for everything. They would stand in mapping/gitlab/*."
      : `no mapping is about ${project}. Its rules would stand in mapping/gitlab/${project}, or in that of a group above it.`;
  }
  if (reason === "no rule matched") {
    const count = rules.length === 1 ? "the one rule" : `none of the ${rules.length} rules`;
    const did = rules.length === 1 ? "did not match" : "matched";
    return `${count} that ${rules.length === 1 ? "was" : "were"} asked ${did}. Below is what was false in each.`;
  }
  return endOfSentence(reason ?? "no rule wanted it");
}

/** Replays by other rules, which did not want it either. */
function replayedInVain({ replays }: ShownEvent): string[] {
  return replays.map(({ at, by }) => `A replay${byWhom(by)} at ${utc(at)} came to nothing either.`);
}

/** What was posted when the event came, and what each replay posted; what reads the same is counted. */
function posted(delivered: ShownDelivery[]): string[] {
  const each = Map.groupBy(delivered, ({ role, at, askedBy }) =>
    role === "replay" ? JSON.stringify([at, askedBy]) : "",
  );
  const said = [...each.values()].flatMap((all) => {
    const [first] = all;
    if (first === undefined) return [];
    return first.role === "replay"
      ? `It was posted to ${namesOf(all)} by a replay${byWhom(first.askedBy)} at ${utc(first.at)}`
      : `It was posted to ${namesOf(all)}`;
  });
  return [...Map.groupBy(said, (words) => words)].map(([words, { length }]) => {
    if (length === 1) return `${words}.`;
    return `${words}, ${length === 2 ? "twice" : `${length} times`}.`;
  });
}

/** Who asked for a replay, where that is known, to go on with after "a replay". */
export function byWhom(by: string | null): string {
  return by === null ? "" : ` of ${oneLine(by, 60)}`;
}

/** A time as sentences have it that may be read on any day: 2026-11-23 11:14 UTC. */
function utc(at: string): string {
  return `${at.slice(0, 16).replace("T", " ")} UTC`;
}

function withoutPost(delivery: ShownDelivery, problems: ProblemItem[]): string {
  const name = destinationName(delivery);
  switch (delivery.state) {
    case "delivered":
      return `It was posted to ${name}.`;
    case "pending":
      return `It waits for ${name}${whyWaits(delivery, problems)}`;
    case "failed": {
      const { fix } = causeOfFailure(delivery.reason, delivery.role);
      return `It was not posted to ${name}: ${endOfSentence(delivery.reason ?? "nobody knows why")} ${fix}`;
    }
    case "shadow":
      return `It was not posted to ${name}: the rule "${delivery.rule ?? ""}" is in shadow mode, which records what it would send and sends nothing.`;
    case "filtered":
      return delivery.reason === "confidential"
        ? `It was not posted to ${name}: it is confidential, and only destinations with "confidential: true" are told.`
        : `It was not posted to ${name}: ${endOfSentence(delivery.reason ?? "it was filtered")}`;
    case "unreadable":
      return `It was not posted to ${name}: its body is not a JSON object.`;
  }
}

function whyWaits(delivery: ShownDelivery, problems: ProblemItem[]): string {
  const pause = pauseOf(delivery, problems);
  if (pause !== undefined) return `, which is paused (${oneLine(pause.said, 200)}). ${pause.fix}`;
  const last = delivery.attempts.at(-1);
  return last === undefined
    ? ": it is not its turn yet."
    : `: it is tried again, for the last answer was "${oneLine(last.answer, 200)}".`;
}

/** What the other side or a document said, as the end of a sentence. */
function endOfSentence(said: string): string {
  return `${oneLine(said, 300).replace(/\.$/, "")}.`;
}

function namesOf(deliveries: ShownDelivery[]): string {
  return named([...new Set(deliveries.map(destinationName))]);
}
