import type { Arrived, Evidence, Sent } from "../check/evidence.ts";
import type { Slack } from "../slack/slack.ts";
import type { Admin } from "./admin.ts";
import { deliveryName } from "../check/evidence.ts";
import { doubled } from "../check/messages.ts";
import { ALERTS } from "./configuration.ts";
import { keyOf, numberIn } from "./webhook.ts";

/** Reads both sides once everything has settled: what Slack has, and what Causeway says. */
export async function gatherEvidence(
  sent: Sent[],
  slack: Slack,
  admin: Admin,
  channels: Map<string, string>,
): Promise<Evidence> {
  const destinations = new Map([...channels].map(([name, channel]) => [channel, name]));
  const arrived = (await slack.messages())
    .map(({ channel, text, at }) => ({
      number: numberIn(text),
      destination: destinations.get(channel) ?? channel,
      at,
    }))
    .filter(({ destination }) => destination !== ALERTS);
  const numbers = new Map(sent.map(({ number }) => [keyOf(number), number]));
  const stored = (await admin.events()).map(({ id, state, reason }) => ({
    number: numbers.get(id.split(".")[1] ?? "") ?? null,
    id,
    state,
    reason,
  }));
  const ids = new Map(stored.map(({ number, id }) => [number, id]));
  return {
    sent,
    arrived,
    stored,
    ledger: await admin.ledger(),
    inDoubt: await doubtsAbout(doubled(arrived), ids, admin),
    problems: await admin.problems(),
  };
}

/** Which of these messages have attempts, before the last, that Slack may have taken unnoticed. */
async function doubtsAbout(
  messages: Arrived[],
  ids: Map<number | null, string>,
  admin: Admin,
): Promise<Evidence["inDoubt"]> {
  const doubts: Evidence["inDoubt"] = new Map();
  for (const number of new Set(messages.map((message) => message.number))) {
    const id = ids.get(number);
    if (number === null || id === undefined) continue;
    for (const { destination, attempts } of (await admin.event(id)).deliveries) {
      const doubtful = attempts
        .slice(0, -1)
        .filter(
          ({ status, answer }) => status === null || status >= 500 || answer === "fatal_error",
        );
      if (doubtful.length === 0) continue;
      doubts.set(
        deliveryName(number, destination),
        doubtful.map(({ answer }) => answer),
      );
    }
  }
  return doubts;
}
