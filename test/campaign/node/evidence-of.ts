import type { Arrived, Evidence, Sent } from "../check/evidence.ts";

/** One webhook, sent and acknowledged at its number's second, wanted at `channel`. */
export function taken(number: number, more: Partial<Sent> = {}): Sent {
  return {
    number,
    wants: "message",
    subject: "tidewater/mill#1",
    destinations: ["channel"],
    sentAt: number * 1_000,
    answeredAt: number * 1_000 + 10,
    status: 202,
    said: "accepted",
    ...more,
  };
}

/** Its message at Slack. */
export function message(number: number | null, destination = "channel"): Arrived {
  return { number, destination, at: (number ?? 0) * 1_000 + 50 };
}

/** The evidence of a run in which everything that was acknowledged is stored as it should be. */
export function evidenceOf(sent: Sent[], arrived: Arrived[]): Evidence {
  const states = { message: "delivered", nothing: "filtered", unreadable: "unreadable" } as const;
  const there = new Map(
    sent.filter(({ status }) => status === 202).map((each) => [each.number, each]),
  );
  const stored = [...there.values()].map(({ number, wants }) => ({
    number,
    id: `relay.${number}`,
    state: states[wants],
    reason: null,
  }));
  const count = (state: string): number => stored.filter((each) => each.state === state).length;
  const duplicate = sent.filter(({ said }) => said === "duplicate").length;
  return {
    sent,
    arrived,
    stored,
    ledger: {
      received: stored.length + duplicate,
      delivered: count("delivered"),
      filtered: count("filtered"),
      unreadable: count("unreadable"),
      duplicate,
      pending: 0,
      failed: 0,
      deliveries: { delivered: 0, filtered: 0, pending: 0, failed: 0, inDoubt: 0 },
    },
    inDoubt: new Map(),
    problems: [],
  };
}
