import { percentile } from "../../../bench/measure/statistics.ts";
import type { Scenario } from "../scenario.ts";
import type { Arrived, Evidence } from "./evidence.ts";
import { deliveryName } from "./evidence.ts";
import { ledgerFindings } from "./ledger.ts";
import { acknowledged, disordered, doubled, expected, invented, lost } from "./messages.ts";

/** What a scenario came to. Times in ms. */
export type Figures = {
  /** Requests, those that were sent again included. */
  sent: number;
  acknowledged: number;
  /** Requests that got no answer, or another one than 2xx. */
  refused: number;
  lost: number;
  duplicated: number;
  /** Of the duplicated: those of which Causeway knows that an answer of Slack's was lost. */
  inDoubt: number;
  outOfOrder: number;
  /** From the acknowledgement to the message at Slack. */
  p50: number;
  p99: number;
};

/** The figures, and one sentence for everything that must not be. */
export type Verdict = { figures: Figures; findings: string[] };

/** Judges a scenario by what was sent, what arrived, and what Causeway says of itself. */
export function verdictOn(
  evidence: Evidence,
  { mayDouble = false, mayAnswer = [] }: Pick<Scenario, "mayDouble" | "mayAnswer">,
): Verdict {
  const { sent, arrived, stored, ledger, inDoubt, problems } = evidence;
  const missing = lost(expected(sent, stored), arrived);
  const twice = doubled(arrived);
  const doubtful = twice.filter(
    ({ number, destination }) => number !== null && inDoubt.has(deliveryName(number, destination)),
  );
  const explained = mayDouble ? doubtful : doubtful.filter((each) => isSlowness(each, inDoubt));
  const unexplained = twice.filter((each) => !explained.includes(each));
  const wrongAnswers = sent.filter(
    ({ status }) => !mayAnswer.includes(status) && (status < 200 || status > 299),
  );
  const strays = invented(sent, arrived);
  const overtaken = disordered(sent, arrived);
  const answered = sent.filter(({ status }) => status >= 200 && status <= 299).length;
  const findings = [
    ...list(missing.length, "lost", missing.map(sayPlace)),
    ...list(
      unexplained.length,
      "at Slack once more without a lost answer to blame",
      unexplained.map(sayPlace),
    ),
    ...list(strays.length, "at Slack that should not be there", strays.map(sayPlace)),
    ...list(
      overtaken.length,
      "out of order",
      overtaken.map((each) => `${each.late} behind ${each.early} at ${each.destination}`),
    ),
    ...answerFindings(wrongAnswers),
    ...ledgerFindings(evidence),
    ...(ledger.pending > 0 ? [`${ledger.pending} events are still pending.`] : []),
    ...(ledger.deliveries.inDoubt < twice.length
      ? [`Causeway counts ${ledger.deliveries.inDoubt} sends in doubt; ${twice.length} came twice.`]
      : []),
    ...problems.map((problem) => `Causeway still reports: ${problem}`),
  ];
  const delays = delaysOf(evidence);
  return {
    figures: {
      sent: sent.length,
      acknowledged: answered,
      refused: sent.length - answered,
      lost: missing.length,
      duplicated: twice.length,
      inDoubt: doubtful.length,
      outOfOrder: overtaken.length,
      p50: percentile(delays, 0.5),
      p99: percentile(delays, 0.99),
    },
    findings,
  };
}

/**
 * Where Slack loses no answer, one can only come too late: on a machine that is overloaded, Causeway's
 * patience ends before the answer is read.
 */
function isSlowness(message: Arrived, inDoubt: Evidence["inDoubt"]): boolean {
  const said = inDoubt.get(deliveryName(message.number ?? Number.NaN, message.destination)) ?? [];
  return said.some((answer) => answer.includes("no answer within"));
}

/** From each acknowledgement to the first arrival; the answer may be slower than the message. */
function delaysOf({ sent, arrived }: Evidence): number[] {
  const facts = acknowledged(sent);
  const seen = new Set<string>();
  return arrived.flatMap(({ number, destination, at }) => {
    const fact = number === null ? undefined : facts.get(number);
    const name = deliveryName(number ?? Number.NaN, destination);
    if (fact === undefined || seen.has(name)) return [];
    seen.add(name);
    return [Math.max(0, at - fact.acknowledgedAt)];
  });
}

function answerFindings(wrong: Evidence["sent"]): string[] {
  const statuses = Map.groupBy(wrong, ({ status }) => status);
  return [...statuses].map(([status, requests]) => {
    const { length } = requests;
    if (status !== 0) return `${length} webhooks were answered ${status}.`;
    const waits = requests.map(({ sentAt, answeredAt }) => answeredAt - sentAt);
    const longest = (Math.max(...waits) / 1_000).toFixed(1);
    return `${length} webhooks got no answer (within ${longest} s), and Causeway was there all the time.`;
  });
}

function list(count: number, what: string, examples: string[]): string[] {
  if (count === 0) return [];
  const shown = examples.slice(0, 5).join("; ");
  return [`${count} ${count === 1 ? "message" : "messages"} ${what}: ${shown}.`];
}

function sayPlace({ number, destination }: Pick<Arrived, "number" | "destination">): string {
  return `${number ?? "no event"} at ${destination}`;
}
