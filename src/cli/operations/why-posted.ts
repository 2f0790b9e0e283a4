import { causeOfFailure } from "../../relay/cause-of-failure.ts";
import type { ShownEvent } from "../../relay/show-event.ts";
import type { ProblemItem } from "./api-answers.ts";
import { printable } from "./printable.ts";

type Delivery = ShownEvent["deliveries"][number];

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
  if (deliveries.length === 0) return [withoutDeliveries(event, reason)];
  const failed = stillFailed(event);
  const about = deliveries.filter(
    (each) => each.role !== "alert" && (each.state !== "failed" || failed.includes(each)),
  );
  const delivered = about.filter(({ state }) => state === "delivered");
  const sentences = [
    ...(delivered.length === 0 ? [] : [`It was posted to ${namesOf(delivered)}.`]),
    ...about
      .filter(({ state }) => state !== "delivered")
      .map((delivery) => withoutPost(delivery, problems)),
  ];
  // A replay may wait for the same.
  return [...new Set(sentences)];
}

/** The deliveries that failed and that no replay has put right since, or is about to. */
export function stillFailed({ deliveries }: ShownEvent): Delivery[] {
  return deliveries.filter(
    (delivery, at) =>
      delivery.state === "failed" &&
      !deliveries
        .slice(at + 1)
        .some(
          (later) =>
            destinationName(later) === destinationName(delivery) &&
            (later.state === "delivered" || later.state === "pending"),
        ),
  );
}

/** A delivery's destination for people: `licensing`, `thread C0123456789`. */
export function destinationName({
  destination,
  address,
}: Pick<Delivery, "destination" | "address">): string {
  return address === null ? destination : `${destination} ${address}`;
}

function withoutDeliveries({ state, project, rules }: ShownEvent, reason: string | null): string {
  if (state === "pending") {
    return reason === null
      ? "It has just come and is about to be decided."
      : `It waits to be decided: ${reason} "causeway problems" says more.`;
  }
  if (state === "failed") {
    const { fix } = causeOfFailure(reason);
    return `It was posted nowhere: ${reason ?? "nobody knows why"} ${fix}`;
  }
  if (reason === "no mapping for its path") {
    const where = project === null ? "it has no path" : `no mapping is about ${project}`;
    const key = project === null ? "mapping/gitlab/*" : `mapping/gitlab/${project}`;
    return `It was posted nowhere: ${where}. A document ${key}, or one of a group above it, would be asked.`;
  }
  if (reason === "no rule matched") {
    const count = rules.length === 1 ? "the one rule" : `none of the ${rules.length} rules`;
    const did = rules.length === 1 ? "did not match" : "matched";
    return `It was posted nowhere: ${count} that ${rules.length === 1 ? "was" : "were"} asked ${did}. Below is what was false in each.`;
  }
  return `It was posted nowhere: ${reason ?? "no rule wanted it"}.`;
}

function withoutPost(delivery: Delivery, problems: ProblemItem[]): string {
  const name = destinationName(delivery);
  switch (delivery.state) {
    case "delivered":
      return `It was posted to ${name}.`;
    case "pending":
      return `It waits for ${name}${whyWaits(delivery, problems)}`;
    case "failed": {
      const { fix } = causeOfFailure(delivery.reason);
      return `It was not posted to ${name}: ${printable(delivery.reason ?? "nobody knows why", 300).replace(/\.$/, "")}. ${fix}`;
    }
    case "shadow":
      return `It was not posted to ${name}: the rule "${delivery.rule ?? ""}" is in shadow mode, which records what it would send and sends nothing.`;
    case "filtered":
      return delivery.reason === "confidential"
        ? `It was not posted to ${name}: it is confidential, and only destinations with "confidential: true" are told.`
        : `It was not posted to ${name}: ${delivery.reason ?? "it was filtered"}.`;
    case "unreadable":
      return `It was not posted to ${name}: its body is not a JSON object.`;
  }
}

function whyWaits(delivery: Delivery, problems: ProblemItem[]): string {
  const lane = [delivery.destination, ...(delivery.address?.split(" ") ?? [])].join(":");
  const pause = problems
    .flatMap(({ pauses }) => pauses)
    .find(({ destination }) => destination === lane);
  if (pause !== undefined) return `, which is paused (${printable(pause.said, 200)}). ${pause.fix}`;
  const last = delivery.attempts.at(-1);
  return last === undefined
    ? ": it is not its turn yet."
    : `: it is tried again, for the last answer was "${printable(last.answer, 200)}".`;
}

function namesOf(deliveries: Delivery[]): string {
  const names = [...new Set(deliveries.map(destinationName))];
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
