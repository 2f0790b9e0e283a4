import { describe, expect, it, test } from "vitest";
import type { Evidence } from "../check/evidence.ts";
import { verdictOn } from "../check/verdict.ts";
import { evidenceOf, message, taken } from "./evidence-of.ts";

const GOOD = evidenceOf(
  [taken(1), taken(2), taken(3, { destinations: ["channel", "workflow"] })],
  [message(1), message(2), message(3), message(3, "workflow")],
);

/** The good run, spoiled. */
function spoiled(change: (evidence: Evidence) => void): Evidence {
  const evidence = structuredClone(GOOD);
  change(evidence);
  return evidence;
}

function findings(evidence: Evidence, allowed: Parameters<typeof verdictOn>[1] = {}): string[] {
  return verdictOn(evidence, allowed).findings;
}

describe("a verdict", () => {
  it("finds nothing where everything is as it should be", () => {
    expect(verdictOn(GOOD, {})).toEqual({
      figures: {
        sent: 3,
        acknowledged: 3,
        refused: 0,
        lost: 0,
        duplicated: 0,
        inDoubt: 0,
        outOfOrder: 0,
        p50: 40,
        p99: 40,
      },
      findings: [],
    });
  });

  test.for<{ what: string; change: (evidence: Evidence) => void; said: string }>([
    {
      what: "a lost message",
      change: ({ arrived }) => void arrived.splice(1, 1),
      said: "1 message lost: 2 at channel.",
    },
    {
      what: "a message that is missing at one of two destinations",
      change: ({ arrived }) => void arrived.pop(),
      said: "1 message lost: 3 at workflow.",
    },
    {
      what: "a doubled message",
      change: ({ arrived, ledger }) => {
        arrived.push(message(1));
        ledger.deliveries.inDoubt = 1;
      },
      said: "1 message at Slack once more without a lost answer to blame: 1 at channel.",
    },
    {
      what: "swapped messages",
      change: ({ arrived }) => void arrived.splice(0, 2, message(2), message(1)),
      said: "1 message out of order: 1 behind 2 at channel.",
    },
    {
      what: "a message of an event that was never sent",
      change: ({ arrived }) => void arrived.push(message(9)),
      said: "1 message at Slack that should not be there: 9 at channel.",
    },
    {
      what: "a message that says no number",
      change: ({ arrived }) => void arrived.push(message(null)),
      said: "1 message at Slack that should not be there: no event at channel.",
    },
    {
      what: "a message at the wrong destination",
      change: ({ arrived }) => void arrived.push(message(1, "workflow")),
      said: "1 message at Slack that should not be there: 1 at workflow.",
    },
    {
      what: "a webhook that was refused",
      change: ({ sent }) => void sent.push(taken(4, { status: 500, said: null })),
      said: "1 webhooks were answered 500.",
    },
    {
      what: "a webhook without an answer",
      change: ({ sent }) => void sent.push(taken(4, { status: 0, said: null, answeredAt: 14_000 })),
      said: "1 webhooks got no answer (within 10.0 s), and Causeway was there all the time.",
    },
    {
      what: "an event that is still pending",
      change: ({ ledger, stored }) => {
        Object.assign(ledger, { delivered: 2, pending: 1 });
        Object.assign(stored[0] ?? {}, { state: "pending" });
      },
      said: "1 events are still pending.",
    },
    {
      what: "a problem that is still reported",
      change: ({ problems }) => void problems.push("channel is paused: archived"),
      said: "Causeway still reports: channel is paused: archived",
    },
    {
      what: "sums that do not add up",
      change: ({ ledger }) => void (ledger.received += 1),
      said: "The ledger says received 4; its parts add up to 3.",
    },
    {
      what: "an acknowledged event that is not stored",
      change: ({ stored, ledger }) => {
        stored.shift();
        Object.assign(ledger, { received: 2, delivered: 2 });
      },
      said: "1 acknowledged events are not stored: 1.",
    },
    {
      what: "a stored event that nobody sent",
      change: ({ stored, ledger }) => {
        stored.push({ number: null, id: "relay.x", state: "delivered", reason: null });
        Object.assign(ledger, { received: 4, delivered: 4 });
      },
      said: "1 stored events were never sent.",
    },
    {
      what: "a sum that differs from the list of events",
      change: ({ ledger }) => void Object.assign(ledger, { delivered: 2, filtered: 1 }),
      said: "The ledger says filtered 1; the list of events has 0.",
    },
    {
      what: "a wanted event that was filtered",
      change: ({ ledger, stored }) => {
        Object.assign(ledger, { delivered: 2, filtered: 1 });
        Object.assign(stored[0] ?? {}, { state: "filtered" });
      },
      said: "Event 1 is filtered and should be delivered.",
    },
    {
      what: "a failure without a reason",
      change: ({ ledger, stored }) => {
        Object.assign(ledger, { delivered: 2, failed: 1 });
        Object.assign(stored[0] ?? {}, { state: "failed" });
      },
      said: "Event 1 failed and does not say why.",
    },
    {
      what: "duplicates that nobody sent",
      change: ({ ledger }) => void Object.assign(ledger, { received: 4, duplicate: 1 }),
      said: "The ledger says duplicate 1; 0 were answered so.",
    },
  ])("finds $what", ({ change, said }) => {
    expect(findings(spoiled(change))).toContain(said);
  });
});

describe("a double", () => {
  const doubled = spoiled(({ arrived, ledger }) => {
    arrived.push(message(1));
    ledger.deliveries.inDoubt = 1;
  });
  const explained = { ...doubled, inDoubt: new Map([["1 channel", ["Network connection lost."]]]) };

  it("is right where an answer of Slack's was lost, and counted", () => {
    expect(findings(explained, { mayDouble: true })).toEqual([]);
    expect(verdictOn(explained, { mayDouble: true }).figures).toMatchObject({
      duplicated: 1,
      inDoubt: 1,
    });
  });

  it("is wrong where no answer may be lost, or Causeway knows of none", () => {
    expect(findings(explained)).toHaveLength(1);
    expect(findings(doubled, { mayDouble: true })).toHaveLength(1);
  });

  it("is right anywhere where Causeway waited in vain for an answer", () => {
    const waited = new Map([["1 channel", ["no answer within 5 s"]]]);
    expect(findings({ ...doubled, inDoubt: waited })).toEqual([]);
  });

  it("is wrong where Causeway counts fewer sends in doubt", () => {
    const { ledger } = explained;
    const uncounted = { ...ledger, deliveries: { ...ledger.deliveries, inDoubt: 0 } };
    expect(findings({ ...explained, ledger: uncounted }, { mayDouble: true })).toEqual([
      "Causeway counts 0 sends in doubt; 1 came twice.",
    ]);
  });
});

describe("what was not acknowledged", () => {
  const unanswered = taken(4, { status: 0, said: null });

  it("may be there or not", () => {
    const sent = [taken(1), unanswered];
    expect(findings(evidenceOf(sent, [message(1)]), { mayAnswer: [0] })).toEqual([]);
  });

  it("is owed to Slack once it is stored", () => {
    const evidence = evidenceOf([taken(1), unanswered], [message(1)]);
    evidence.stored.push({ number: 4, id: "relay.4", state: "delivered", reason: null });
    Object.assign(evidence.ledger, { received: 2, delivered: 2 });
    expect(findings(evidence, { mayAnswer: [0] })).toEqual(["1 message lost: 4 at channel."]);
  });
});

describe("order", () => {
  it("is not asked of requests that were under way at the same time", () => {
    const sent = [taken(1, { answeredAt: 9_000 }), taken(2)];
    expect(findings(evidenceOf(sent, [message(2), message(1)]))).toEqual([]);
  });

  it("is not asked of different subjects", () => {
    const sent = [taken(1), taken(2, { subject: "tidewater/mill#2" })];
    expect(findings(evidenceOf(sent, [message(2), message(1)]))).toEqual([]);
  });

  it("goes by when a webhook was first sent, however often that was", () => {
    const again = taken(1, { sentAt: 8_000, answeredAt: 8_010, said: "duplicate" });
    const sent = [taken(1), taken(2), again];
    expect(findings(evidenceOf(sent, [message(1), message(2)]))).toEqual([]);
  });

  it("is seen across many messages in between", () => {
    const numbers = [2, 3, 4, 5, 6, 1];
    const sent = [1, 2, 3, 4, 5, 6].map((number) => taken(number));
    const said = findings(
      evidenceOf(
        sent,
        numbers.map((number) => message(number)),
      ),
    );
    expect(said).toEqual(["1 message out of order: 1 behind 6 at channel."]);
  });
});
