import type { Arrived, Sent, Stored } from "./evidence.ts";
import { deliveryName } from "./evidence.ts";

/** A message that has to be at a destination once. */
export type Expected = { number: number; destination: string; subject: string };

/** A webhook that was answered with 2xx: when first, and when it was sent for the first time. */
type Acknowledged = { subject: string; sentAt: number; acknowledgedAt: number };

/** Webhooks that Causeway has acknowledged, by number. */
export function acknowledged(sent: Sent[]): Map<number, Acknowledged> {
  const all = new Map<number, Acknowledged>();
  for (const { number, subject, status, sentAt, answeredAt } of sent) {
    const known = all.get(number);
    const isGood = status >= 200 && status <= 299;
    all.set(number, {
      subject,
      sentAt: Math.min(sentAt, known?.sentAt ?? sentAt),
      acknowledgedAt: Math.min(
        isGood ? answeredAt : Number.POSITIVE_INFINITY,
        known?.acknowledgedAt ?? Number.POSITIVE_INFINITY,
      ),
    });
  }
  return new Map([...all].filter(([, { acknowledgedAt }]) => Number.isFinite(acknowledgedAt)));
}

/** Every message that Causeway owes Slack: of what it acknowledged, and of what it stored. */
export function expected(sent: Sent[], stored: Stored[]): Expected[] {
  const owed = new Set([...acknowledged(sent).keys(), ...stored.map(({ number }) => number)]);
  const once = new Map(sent.map((each) => [each.number, each]));
  return [...once.values()]
    .filter(({ number, wants }) => wants === "message" && owed.has(number))
    .flatMap(({ number, destinations, subject }) =>
      destinations.map((destination) => ({ number, destination, subject })),
    );
}

/** Messages that are owed and are not at Slack. */
export function lost(owed: Expected[], arrived: Arrived[]): Expected[] {
  const there = new Set(arrived.map(nameOf));
  return owed.filter((each) => !there.has(nameOf(each)));
}

/** Messages that are at Slack more than once: one entry for each time too many. */
export function doubled(arrived: Arrived[]): Arrived[] {
  const seen = new Set<string>();
  return arrived.filter((message) => {
    const name = nameOf(message);
    if (seen.has(name)) return true;
    seen.add(name);
    return false;
  });
}

/** Messages at Slack that nobody sent, or that were not meant for this destination. */
export function invented(sent: Sent[], arrived: Arrived[]): Arrived[] {
  const meant = new Set(
    sent.flatMap(({ number, wants, destinations }) =>
      wants === "message" ? destinations.map((name) => deliveryName(number, name)) : [],
    ),
  );
  return arrived.filter((message) => !meant.has(nameOf(message)));
}

/**
 * Messages of one subject at one destination that overtook each other: `late` was acknowledged before
 * `early` was even sent, and came to Slack behind it. Requests under way at the same time have no
 * order. What counts is when a message was there first.
 */
export function disordered(
  sent: Sent[],
  arrived: Arrived[],
): { destination: string; early: number; late: number }[] {
  const facts = acknowledged(sent);
  const found: { destination: string; early: number; late: number }[] = [];
  /** For each subject and destination, the message there that was sent last. */
  const latest = new Map<string, { number: number; sentAt: number }>();
  const seen = new Set<string>();
  for (const message of arrived) {
    const fact = message.number === null ? undefined : facts.get(message.number);
    if (fact === undefined || seen.has(nameOf(message))) continue;
    seen.add(nameOf(message));
    const { sentAt, subject } = fact;
    const number = message.number ?? Number.NaN;
    const line = `${subject} ${message.destination}`;
    const before = latest.get(line);
    if (before !== undefined && fact.acknowledgedAt < before.sentAt) {
      found.push({ destination: message.destination, early: before.number, late: number });
    }
    if (before === undefined || sentAt > before.sentAt) latest.set(line, { number, sentAt });
  }
  return found;
}

function nameOf({ number, destination }: Pick<Arrived, "number" | "destination">): string {
  return deliveryName(number ?? Number.NaN, destination);
}
