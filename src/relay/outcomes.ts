import type { OutgoingContent, Posted } from "../slack/answer.ts";
import type { OutcomeState } from "./outcome-state.ts";
import type { Role } from "./role.ts";
import { packContent, unpackContent } from "./stored-content.ts";

/**
 * One attempt to send: when, the HTTP status (null: no answer), and what Slack said, or we where it was
 * not even `sent`, for something is missing that sending needs.
 */
export type Attempt = { at: number; status: number | null; answer: string; sent?: false };

/**
 * What is to be sent. An alert becomes a message or variables when its destination is known, and what
 * is to be taken back is found when its turn comes.
 */
export type Content =
  | OutgoingContent
  | { kind: "alert"; text: string }
  | { kind: "undo"; of: { key: string; n: number } };

/**
 * What became of an event: a delivery to one destination, or — with the destination "" — the
 * reason why there is none. Every routed event has at least one.
 */
export type Outcome = {
  key: string;
  n: number;
  seq: number;
  role: Role;
  state: OutcomeState;
  reason: string | null;
  destination: string;
  subject: string;
  mapping: string | null;
  rule: string | null;
  /** Versions of the mappings that the event was matched against. */
  versions: number[];
  /** Whether the event is confidential: only some destinations may be told. */
  confidential: boolean;
  /** Null until the destination is known. */
  content: Content | null;
  attempts: Attempt[];
  /** Waits between attempts, added up. */
  waitedMs: number;
  createdAt: number;
  /** When pace alone would have let it start. */
  expectedAt: number;
  /** Not before this time; 0: at once. */
  dueAt: number;
  finishedAt: number | null;
  /** Where the message stands, when it can be found again. */
  posted: Posted | null;
  /** Who asked for it, of a replay or a test; null: nobody did, or it is not known. */
  askedBy: string | null;
};

/** What a delivery starts with that nobody has tried to send. */
export function untried(): Pick<
  Outcome,
  "attempts" | "waitedMs" | "dueAt" | "finishedAt" | "posted" | "askedBy"
> {
  return { attempts: [], waitedMs: 0, dueAt: 0, finishedAt: null, posted: null, askedBy: null };
}

type Row = {
  key: string;
  n: number;
  seq: number;
  role: string;
  state: string;
  reason: string | null;
  destination: string;
  subject: string;
  mapping: string | null;
  rule: string | null;
  versions: string;
  confidential: number;
  content: string | null;
  attempts: string;
  waited_ms: number;
  created_at: number;
  expected_at: number;
  due_at: number;
  finished_at: number | null;
  posted: string | null;
  asked_by: string | null;
};

/**
 * Whether a pending outcome has its place in the index rather than in memory: when it is not found
 * again by looking through the recent events, those behind `settled`, in the order of their coming.
 */
export function isParked(
  outcome: Pick<Outcome, "state" | "role" | "destination" | "dueAt" | "seq">,
  settled: number,
): boolean {
  if (outcome.state !== "pending") return false;
  return (
    outcome.seq <= settled ||
    outcome.dueAt > 0 ||
    outcome.role !== "rule" ||
    outcome.destination === ""
  );
}

/** One row, and one more when it is parked. Every later change of it is one row more. */
export function insertOutcome(sql: SqlStorage, settled: number, outcome: Outcome): void {
  sql.exec(
    `INSERT INTO outcomes (key, n, seq, role, state, reason, destination, subject, mapping, rule,
       versions, confidential, content, attempts, waited_ms, created_at, expected_at, due_at,
       finished_at, parked, asked_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    outcome.key,
    outcome.n,
    outcome.seq,
    outcome.role,
    outcome.state,
    outcome.reason,
    outcome.destination,
    outcome.subject,
    outcome.mapping,
    outcome.rule,
    JSON.stringify(outcome.versions),
    outcome.confidential ? 1 : 0,
    packContent(outcome.content),
    JSON.stringify(outcome.attempts),
    outcome.waitedMs,
    outcome.createdAt,
    outcome.expectedAt,
    outcome.dueAt,
    outcome.finishedAt,
    isParked(outcome, settled) ? 1 : 0,
    outcome.askedBy,
  );
}

/** Writes what changes in the life of an outcome. */
export function updateOutcome(sql: SqlStorage, settled: number, outcome: Outcome): void {
  sql.exec(
    `UPDATE outcomes SET state = ?, reason = ?, content = ?, attempts = ?, waited_ms = ?,
       expected_at = ?, due_at = ?, finished_at = ?, parked = ?, posted = ? WHERE key = ? AND n = ?`,
    outcome.state,
    outcome.reason,
    packContent(outcome.content),
    JSON.stringify(outcome.attempts),
    outcome.waitedMs,
    outcome.expectedAt,
    outcome.dueAt,
    outcome.finishedAt,
    isParked(outcome, settled) ? 1 : 0,
    outcome.posted === null ? null : JSON.stringify(outcome.posted),
    outcome.key,
    outcome.n,
  );
}

export function findOutcome(sql: SqlStorage, key: string, n: number): Outcome | null {
  const [row] = sql.exec<Row>("SELECT * FROM outcomes WHERE key = ? AND n = ?", key, n).toArray();
  return row === undefined ? null : fromRow(row);
}

export function outcomesOf(sql: SqlStorage, key: string): Outcome[] {
  return sql
    .exec<Row>("SELECT * FROM outcomes WHERE key = ? ORDER BY n", key)
    .toArray()
    .map(fromRow);
}

/** The number of the next outcome of an event. */
export function nextN(sql: SqlStorage, key: string): number {
  const { n } = sql
    .exec<{ n: number | null }>("SELECT max(n) AS n FROM outcomes WHERE key = ?", key)
    .one();
  return (n ?? -1) + 1;
}

/** The `seq` of a routed event; null when there is none with this identity. */
export function seqOfRouted(sql: SqlStorage, key: string): number | null {
  const [row] = sql
    .exec<{ seq: number }>("SELECT seq FROM outcomes WHERE key = ? LIMIT 1", key)
    .toArray();
  return row?.seq ?? null;
}

export function deleteOutcome(sql: SqlStorage, { key, n }: Pick<Outcome, "key" | "n">): void {
  sql.exec("DELETE FROM outcomes WHERE key = ? AND n = ?", key, n);
}

/** Deletes the records of an event that are no deliveries, but for that of what the rules said at first. */
export function deletePlaceless(sql: SqlStorage, key: string): void {
  sql.exec(
    `DELETE FROM outcomes WHERE key = ? AND destination = ''
     AND NOT (role = 'rule' AND state = 'filtered')`,
    key,
  );
}

/** Whether an event with this identity was routed before: what makes a request a duplicate. */
export function isRouted(sql: SqlStorage, key: string): boolean {
  return sql.exec("SELECT 1 FROM outcomes WHERE key = ? LIMIT 1", key).toArray().length > 0;
}

/** A pending delivery's place in the queue of its destination. */
export type Place = Pick<Outcome, "key" | "n" | "seq" | "subject" | "dueAt">;

/** Reads the index on. */
export const PARKED = `
  SELECT key, n, seq, subject, due_at AS dueAt FROM outcomes
  WHERE parked = 1 AND destination = ?1 AND (seq, n) > (?2, ?3)
  ORDER BY seq, n LIMIT ?4`;

/** Parked outcomes of a destination in order, behind a place in the queue. */
export function parkedPlaces(
  sql: SqlStorage,
  destination: string,
  after: Pick<Place, "seq" | "n">,
  limit: number,
): Place[] {
  return sql.exec<Place>(PARKED, destination, after.seq, after.n, limit).toArray();
}

/** The latest time at which pace alone would start a parked delivery of a destination; 0: none. */
export function parkedUntil(sql: SqlStorage, destination: string): number {
  const { at } = sql
    .exec<{ at: number | null }>(
      "SELECT max(expected_at) AS at FROM outcomes WHERE parked = 1 AND destination = ?",
      destination,
    )
    .one();
  return at ?? 0;
}

/** Destinations that have parked outcomes, by skipping from one to the next in the index. */
export function parkedDestinations(sql: SqlStorage): string[] {
  return sql
    .exec<{ destination: string }>(
      `WITH RECURSIVE each (destination) AS (
         SELECT min(destination) FROM outcomes WHERE parked = 1
         UNION ALL
         SELECT (SELECT min(o.destination) FROM outcomes o
                 WHERE o.parked = 1 AND o.destination > each.destination)
         FROM each WHERE each.destination IS NOT NULL
       )
       SELECT destination FROM each WHERE destination IS NOT NULL`,
    )
    .toArray()
    .map(({ destination }) => destination);
}

/** Whether an event before `seq` about the same subject waits to be routed. */
export function waitsBefore(sql: SqlStorage, subject: string, seq: number): boolean {
  return (
    sql
      .exec(
        `SELECT 1 FROM outcomes WHERE parked = 1 AND destination = '' AND seq < ? AND subject = ?
         LIMIT 1`,
        seq,
        subject,
      )
      .toArray().length > 0
  );
}

/** Why events wait to be routed, how many of them, and since when the first (milliseconds). */
export function waitingEvents(
  sql: SqlStorage,
): { events: number; reason: string; since: number }[] {
  return sql
    .exec<{ events: number; reason: string; since: number }>(
      `SELECT count(*) AS events, reason, min(created_at) AS since FROM outcomes
       WHERE parked = 1 AND destination = '' GROUP BY reason ORDER BY since LIMIT 10`,
    )
    .toArray();
}

/** Deliveries of the recent events, in order: what the queues held in memory. */
export function recentPlaces(
  sql: SqlStorage,
  settled: number,
): (Place & Pick<Outcome, "destination" | "expectedAt">)[] {
  return sql
    .exec<Place & Pick<Outcome, "destination" | "expectedAt">>(
      `SELECT o.key, o.n, o.seq, o.subject, o.due_at AS dueAt, o.destination,
         o.expected_at AS expectedAt
       FROM events e JOIN outcomes o ON o.key = e.key
       WHERE e.seq > ? AND o.state = 'pending' AND o.parked = 0
       ORDER BY o.seq, o.n`,
      settled,
    )
    .toArray();
}

function fromRow(row: Row): Outcome {
  return {
    key: row.key,
    n: row.n,
    seq: row.seq,
    role: row.role as Role,
    state: row.state as OutcomeState,
    reason: row.reason,
    destination: row.destination,
    subject: row.subject,
    mapping: row.mapping,
    rule: row.rule,
    versions: JSON.parse(row.versions) as number[],
    confidential: row.confidential === 1,
    content: unpackContent(row.content),
    attempts: JSON.parse(row.attempts) as Attempt[],
    waitedMs: row.waited_ms,
    createdAt: row.created_at,
    expectedAt: row.expected_at,
    dueAt: row.due_at,
    finishedAt: row.finished_at,
    posted: row.posted === null ? null : (JSON.parse(row.posted) as Posted),
    askedBy: row.asked_by,
  };
}
