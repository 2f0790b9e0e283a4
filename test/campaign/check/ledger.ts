import type { Evidence, Sent, Stored } from "./evidence.ts";
import { acknowledged } from "./messages.ts";

const STATES = ["delivered", "filtered", "pending", "failed", "unreadable"] as const;

/**
 * One sentence for everything in which Causeway's own account differs from the driver's: received =
 * delivered + filtered + duplicate + pending + failed + unreadable, each sum is what its list of
 * events says, every acknowledged webhook is in it, and nothing that was never sent.
 */
export function ledgerFindings({ ledger, sent, stored }: Evidence): string[] {
  return [
    ...sumsDiffer(ledger, sent),
    ...STATES.filter((state) => ledger[state] !== count(stored, state)).map(
      (state) =>
        `The ledger says ${state} ${ledger[state]}; the list of events has ${count(stored, state)}.`,
    ),
    ...duplicatesDiffer(ledger.duplicate, sent),
    ...strangers(sent, stored),
    ...wrongStates(sent, stored),
  ];
}

/** What was answered with 2xx was received, and of what was not (but for refusals, 4xx) at most all. */
function sumsDiffer(ledger: Evidence["ledger"], sent: Sent[]): string[] {
  const { received } = ledger;
  const sum = STATES.reduce((total, state) => total + ledger[state], ledger.duplicate);
  const told = sent.filter(({ status }) => status >= 200 && status <= 299).length;
  const perhaps = sent.filter(({ status }) => status === 0 || status >= 500).length;
  return [
    ...(sum === received
      ? []
      : [`The ledger says received ${received}; its parts add up to ${sum}.`]),
    ...(received >= told && received <= told + perhaps
      ? []
      : [`The ledger says received ${received}; ${told} webhooks were acknowledged.`]),
  ];
}

/** A request without an answer may have been counted as a duplicate, or not. */
function duplicatesDiffer(duplicates: number, sent: Sent[]): string[] {
  const told = sent.filter(({ said }) => said === "duplicate").length;
  const perhaps = sent.filter(({ status }) => status === 0).length;
  return duplicates >= told && duplicates <= told + perhaps
    ? []
    : [`The ledger says duplicate ${duplicates}; ${told} were answered so.`];
}

function strangers(sent: Sent[], stored: Stored[]): string[] {
  const known = new Set(sent.map(({ number }) => number));
  const there = new Set(stored.map(({ number }) => number));
  const unknown = stored.filter(({ number }) => number === null || !known.has(number));
  const twice = stored.length - there.size;
  const gone = [...acknowledged(sent).keys()].filter((number) => !there.has(number));
  return [
    ...(unknown.length > 0 ? [`${unknown.length} stored events were never sent.`] : []),
    ...(twice > 0 ? [`${twice} events are stored twice.`] : []),
    ...(gone.length > 0
      ? [`${gone.length} acknowledged events are not stored: ${some(gone)}.`]
      : []),
  ];
}

/** What no rule wants is filtered, what is not JSON is unreadable, what ends otherwise says why. */
function wrongStates(sent: Sent[], stored: Stored[]): string[] {
  const wanted = new Map(sent.map(({ number, wants }) => [number, wants]));
  const expected = { message: ["delivered", "pending", "failed"], nothing: ["filtered"] };
  return stored.flatMap(({ number, state, reason }) => {
    const wants = wanted.get(number ?? Number.NaN);
    if (wants === undefined) return [];
    const right = wants === "unreadable" ? ["unreadable"] : expected[wants];
    if (!right.includes(state)) return [`Event ${number} is ${state} and should be ${right[0]}.`];
    return state === "failed" && !reason ? [`Event ${number} failed and does not say why.`] : [];
  });
}

function count(stored: Stored[], state: string): number {
  return stored.filter((event) => event.state === state).length;
}

function some(numbers: number[]): string {
  return numbers.length > 5 ? `${numbers.slice(0, 5).join(", ")}, …` : numbers.join(", ");
}
