import { isWithin } from "../gitlab/event-path.ts";
import { traceOf } from "../log.ts";
import type { ReadableConfiguration } from "./configuration.ts";
import type {
  Backtested,
  BacktestPage,
  BacktestRequest,
  DidSend,
  WouldSend,
} from "../simulation/backtest.ts";
import { draftConfiguration } from "../simulation/draft-configuration.ts";
import { simulateEvent, type SimulatedDelivery } from "../simulation/simulate-event.ts";
import { withoutSecrets } from "../simulation/without-secrets.ts";
import { isAnsweredBefore } from "./answering/answered-before.ts";
import { arrivedAt, findEvent, readEvent, seqAt, type EventRow } from "./events.ts";
import { eventId } from "./ids.ts";
import { outcomesOf, type Outcome } from "./outcomes.ts";

/** A Relay does one thing at a time: what comes in is let in after so many events. */
const AT_ONCE = 10;
/** So many are looked at for one answer, where most may be of other paths. */
const LOOKED_AT = 5_000;
/** So much is read for one answer, in bytes of the bodies as they came. */
const MAX_BYTES = 8 * 1024 * 1024;

/**
 * Runs a draft over stored events, oldest first: what it would send, beside what became of them.
 * Nothing is sent, stored or asked of anybody.
 */
export async function backtestEvents(
  sql: SqlStorage,
  relay: string,
  { documents, since, after, limit, paths, role }: BacktestRequest,
): Promise<BacktestPage> {
  const draft = draftConfiguration(documents);
  const from = Math.max(seqAt(since), (after ?? -1) + 1);
  const { seqs, next } = eventsFrom(sql, from, limit, paths);
  const items: Backtested[] = [];
  for (const [index, seq] of seqs.entries()) {
    if (index > 0 && index % AT_ONCE === 0) await new Promise((resolve) => setTimeout(resolve, 0));
    const row = findEvent(sql, seq);
    // It may have expired meanwhile.
    if (row !== null) items.push(backtest(sql, relay, draft, row, role));
  }
  return { items, next };
}

/**
 * The events of one answer, and behind which one the next begins. A row counts as read once the cursor
 * comes to it: it goes no further than it must.
 */
function eventsFrom(
  sql: SqlStorage,
  from: number,
  limit: number,
  paths: string[] | null,
): { seqs: number[]; next: number | null } {
  const seqs: number[] = [];
  let bytes = 0;
  let looked = 0;
  const rows = sql.exec<{ seq: number; size: number; path: string | null }>(
    "SELECT seq, iif(outline IS NULL, size, length(outline)) AS size, path FROM events WHERE seq >= ? ORDER BY seq",
    from,
  );
  for (const { seq, size, path } of rows) {
    if (looked === LOOKED_AT) return { seqs, next: seq - 1 };
    looked += 1;
    if (!isOf(path, paths)) continue;
    bytes += size;
    if (seqs.length === limit || (seqs.length > 0 && bytes > MAX_BYTES)) {
      return { seqs, next: seq - 1 };
    }
    seqs.push(seq);
  }
  return { seqs, next: null };
}

function isOf(path: string | null, paths: string[] | null): boolean {
  if (paths === null) return true;
  return path !== null && paths.some((each) => isWithin(path, each));
}

function backtest(
  sql: SqlStorage,
  relay: string,
  draft: ReadableConfiguration,
  row: EventRow,
  role: BacktestRequest["role"],
): Backtested {
  const outcomes = outcomesOf(sql, row.key);
  const common = {
    id: eventId(relay, row.key),
    at: new Date(arrivedAt(row.seq)).toISOString(),
    type: row.types.split(" ", 1)[0] ?? "unknown",
    title: row.title,
    project: row.path,
    did: outcomes.flatMap(didSend),
  };
  const nothing = { confidential: false, would: [], reason: null, problem: null };
  try {
    const read = readEvent(sql, relay, row);
    if (read === null) return { ...common, ...nothing, state: "unreadable" };
    const { event, payload } = role === "edit" ? read : withoutSecrets(read);
    const { waits, reason, deliveries } = simulateEvent(event, payload, draft);
    return {
      ...common,
      confidential: event.confidential,
      state: stateOf(outcomes),
      reason,
      problem: waits ? reason : null,
      would: deliveries.map((delivery) => wouldSend(delivery, outcomes)),
    };
  } catch (error) {
    const [first = ""] = traceOf(error).split("\n", 1);
    const problem = `Causeway could not run it: ${first}`;
    return { ...common, ...nothing, state: stateOf(outcomes), problem };
  }
}

function stateOf(outcomes: Outcome[]): Backtested["state"] {
  const placeless = outcomes.filter(({ destination }) => destination === "");
  if (outcomes.length === 0 || placeless.some(({ state }) => state === "pending")) {
    return "undecided";
  }
  return placeless.some(({ state }) => state === "failed") ? "failed" : "routed";
}

function didSend({ destination, mapping, rule, state, reason, role, content }: Outcome): DidSend[] {
  // What takes an answer back says nothing.
  if (destination === "" || content?.kind === "undo") return [];
  return [{ destination, mapping, rule, state, reason, role }];
}

function wouldSend(
  { destination, mapping, rule, outcome, problem }: SimulatedDelivery,
  outcomes: Outcome[],
): WouldSend {
  const made = { destination, mapping, rule, shadow: outcome === "shadow", faulty: false };
  switch (outcome) {
    case "confidential":
      return { ...made, state: "filtered", reason: "confidential" };
    case "nowhere":
      return { ...made, state: "filtered", reason: problem };
    case "shadow":
      return { ...made, state: "shadow", reason: problem, faulty: problem !== null };
    case "waits":
      return { ...made, state: "pending", reason: problem, faulty: true };
    case "sent": {
      const before = answeredBefore(destination, outcomes);
      if (before !== null) return { ...made, state: "filtered", reason: before };
      return { ...made, state: "pending", reason: problem, faulty: problem !== null };
    }
  }
}

/** Why it was not said there again; null: it was, or nobody had said it before. */
function answeredBefore(destination: string, outcomes: Outcome[]): string | null {
  return (
    outcomes.find(
      (outcome) =>
        (outcome.destination === "" || outcome.destination === destination) &&
        outcome.state === "filtered" &&
        isAnsweredBefore(outcome.reason),
    )?.reason ?? null
  );
}
