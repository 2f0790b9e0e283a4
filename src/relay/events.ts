import { gunzipSync } from "node:zlib";
import type { Event } from "../event.ts";
import type { JsonObject } from "../json.ts";
import { parseEvent } from "../gitlab/parse-event.ts";
import { readPayload } from "../gitlab/read-payload.ts";
import { redactVariables } from "../gitlab/redact-variables.ts";
import { eventId } from "./ids.ts";
import type { Incoming } from "./incoming.ts";
import { changeIn } from "./ref-statuses.ts";
import { parseSlackEvent } from "../slack/parse-event.ts";
import type { SlackFacts } from "../slack/slack-facts.ts";
import { sourceOf } from "./relay-name.ts";

/** `seq` orders all events, of all Relays: the millisecond of arrival × 1024, and a counter. */
const PER_MILLISECOND = 1024;

/** A row of `events`, with its body when that is stored as it came. */
export type EventRow = {
  seq: number;
  key: string;
  types: string;
  path: string | null;
  title: string | null;
  hook_name: string | null;
  hook_path: string | null;
  size: number;
  encoding: string;
  outline: string | null;
  plain: ArrayBuffer | null;
};

const COLUMNS = "seq, key, types, path, title, hook_name, hook_path, size, encoding, outline";
const ROW = `${COLUMNS}, iif(encoding = 'plain', body, NULL) AS plain`;

/** When the event of a `seq` arrived, in milliseconds. */
export function arrivedAt(seq: number): number {
  return Math.floor(seq / PER_MILLISECOND);
}

/** The lowest `seq` of a moment. */
export function seqAt(milliseconds: number): number {
  return Math.floor(milliseconds) * PER_MILLISECOND;
}

/** The greatest `seq` in use; 0 when there is none. */
export function lastSeq(sql: SqlStorage): number {
  return sql.exec<{ seq: number | null }>("SELECT max(seq) AS seq FROM events").one().seq ?? 0;
}

/** Stores an event: one row, and one more for every chunk of its body behind the first. */
export function insertEvent(sql: SqlStorage, seq: number, incoming: Incoming): void {
  const [body, ...more] = incoming.chunks;
  sql.exec(
    `INSERT INTO events (${COLUMNS}, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    seq,
    incoming.key,
    incoming.types.join(" "),
    incoming.path,
    incoming.title,
    incoming.hookName,
    incoming.hookPath,
    incoming.size,
    incoming.encoding,
    incoming.outline,
    body ?? new Uint8Array(),
  );
  for (const [index, bytes] of more.entries()) {
    sql.exec("INSERT INTO chunks (seq, n, bytes) VALUES (?, ?, ?)", seq, index + 1, bytes);
  }
}

export function findEvent(sql: SqlStorage, seq: number): EventRow | null {
  return sql.exec<EventRow>(`SELECT ${ROW} FROM events WHERE seq = ?`, seq).toArray()[0] ?? null;
}

/** The body exactly as GitLab sent it. */
export function readBody(sql: SqlStorage, event: Pick<EventRow, "seq" | "plain">): Uint8Array {
  if (event.plain !== null) return new Uint8Array(event.plain);
  const { body } = sql
    .exec<{ body: ArrayBuffer }>("SELECT body FROM events WHERE seq = ?", event.seq)
    .one();
  const more = sql
    .exec<{ bytes: ArrayBuffer }>("SELECT bytes FROM chunks WHERE seq = ? ORDER BY n", event.seq)
    .toArray()
    .map(({ bytes }) => new Uint8Array(bytes));
  return gunzipSync(Buffer.concat([new Uint8Array(body), ...more]));
}

/** The payload of an event; null when its body is unreadable. */
export function payloadOf(sql: SqlStorage, row: EventRow): JsonObject | null {
  return row.outline === null
    ? (readPayload(readBody(sql, row))?.payload ?? null)
    : (JSON.parse(row.outline) as JsonObject);
}

/** An event with its payload, as rules and templates see them; null when its body is unreadable. */
export function readEvent(
  sql: SqlStorage,
  relay: string,
  row: EventRow,
): { event: Event; payload: JsonObject } | null {
  const payload = payloadOf(sql, row);
  if (payload === null) return null;
  if (sourceOf(relay) === "slack") {
    const event = parseSlackEvent(payload, eventId(relay, row.key), factsOf(sql, row.seq));
    return { event, payload };
  }
  redactVariables(payload);
  const event = parseEvent(payload, {
    id: eventId(relay, row.key),
    hookName: row.hook_name,
    hookPath: row.hook_path,
    large: row.outline !== null,
    // Compared once, when it came: a replay must not be compared with what came after.
    refChange: changeIn(row.types),
  });
  return { event, payload };
}

/** What Slack was asked about an event; null: nothing yet. */
export function factsOf(sql: SqlStorage, seq: number): SlackFacts | null {
  const [row] = sql.exec<{ facts: string }>("SELECT facts FROM facts WHERE seq = ?", seq).toArray();
  return row === undefined ? null : (JSON.parse(row.facts) as SlackFacts);
}

/** Keeps what Slack said, so that the event stays what it was when it was routed. */
export function keepFacts(sql: SqlStorage, seq: number, facts: SlackFacts): void {
  sql.exec("INSERT OR REPLACE INTO facts VALUES (?, ?)", seq, JSON.stringify(facts));
}

export function deleteEvent(sql: SqlStorage, { seq, key }: Pick<EventRow, "seq" | "key">): void {
  // What came to nothing is no answer, also when nobody remembers why.
  sql.exec(
    `DELETE FROM answers WHERE (key, n) IN
       (SELECT key, n FROM outcomes WHERE key = ? AND state IN ('failed', 'filtered'))`,
    key,
  );
  sql.exec("DELETE FROM outcomes WHERE key = ?", key);
  sql.exec("DELETE FROM chunks WHERE seq = ?", seq);
  sql.exec("DELETE FROM facts WHERE seq = ?", seq);
  sql.exec("DELETE FROM events WHERE seq = ?", seq);
}
