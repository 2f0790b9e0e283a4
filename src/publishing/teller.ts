import type { Env } from "../env.ts";
import { inTime } from "../in-time.ts";
import { warn } from "../log.ts";
import { DIRECTORY } from "../relay/relay-name.ts";
import { concerns } from "./concerns.ts";
import { SPREAD_MS, type Heads } from "./heads.ts";
import { retryWaitMs } from "./retry-wait.ts";
import type { TextStore } from "./text-store.ts";

/** A document as a Relay is told of it; `text` null: it is gone. */
export type Told = { key: string; text: string | null; by: string | null };

/** How many Relays one invocation tells. */
const RELAYS_AT_A_TIME = 8;
/** Well before a Relay would ask KV again, which may not have been written yet. */
const AGAIN_MS = SPREAD_MS - 30_000;
const PATIENCE_MS = 10_000;
/** A call to a Durable Object carries at most 32 MiB; a UTF-16 unit is two bytes of it. */
const MAX_UNITS = 4_000_000;
const MAX_DOCUMENTS = 1_000;

type Row = { publish: string; relay: string; failures: number };

/**
 * Tells the Relays what was published, so that they use it at once: as soon as it is published, every
 * minute while KV does not have all of it, and once when it does. A Relay that cannot be told is told
 * later, as long as KV may not have told it.
 */
export class Teller {
  readonly #sql: SqlStorage;
  readonly #env: Env;
  readonly #heads: Heads;
  readonly #texts: TextStore;

  constructor(sql: SqlStorage, env: Env, heads: Heads, texts: TextStore) {
    this.#sql = sql;
    this.#env = env;
    this.#heads = heads;
    this.#texts = texts;
  }

  /** Plans to tell of a publish. The directory says whom. */
  plan(publish: string, now: number): void {
    this.#add(publish, DIRECTORY, now);
  }

  /** When somebody is to be told (milliseconds); null: everybody was. */
  dueAt(now: number): number | null {
    if (this.#due(now, true).length + this.#due(now, false).length > 0) return now;
    return this.#sql
      .exec<{ at: number | null }>("SELECT min(due_at) AS at FROM telling WHERE due_at > ?", now)
      .one().at;
  }

  /** Tells as many as one invocation may. Never rejects: who cannot be told now is told later. */
  async tell(): Promise<void> {
    for (const row of this.#due(Date.now(), true)) {
      await this.#attempt(row, () => this.#askDirectory(row));
    }
    await Promise.all(
      this.#due(Date.now(), false).map((row) => this.#attempt(row, () => this.#tellRelay(row))),
    );
  }

  async #askDirectory({ publish }: Row): Promise<void> {
    const names = await inTime(PATIENCE_MS, this.#env.RELAY.getByName(DIRECTORY).names());
    const keys = this.#heads.of(publish).map(({ key }) => key);
    const now = Date.now();
    for (const name of names) {
      if (keys.some((key) => concerns(name, key))) this.#add(publish, name, now);
    }
  }

  async #tellRelay({ publish, relay }: Row): Promise<void> {
    const stub = this.#env.RELAY.getByName(relay);
    for (const told of this.#portions(publish, relay)) {
      await inTime(PATIENCE_MS, stub.learn(told));
    }
  }

  /** What a Relay is to know of a publish, in portions that one call carries. What was replaced since is left out. */
  *#portions(publish: string, relay: string): Generator<Told[]> {
    let portion: Told[] = [];
    let units = 0;
    for (const { key, etag, by } of this.#heads.of(publish)) {
      if (!concerns(relay, key)) continue;
      const text = this.#texts.read(etag);
      portion.push({ key, text, by });
      units += text?.length ?? 0;
      if (units < MAX_UNITS && portion.length < MAX_DOCUMENTS) continue;
      yield portion;
      portion = [];
      units = 0;
    }
    if (portion.length > 0) yield portion;
  }

  async #attempt(row: Row, tell: () => Promise<void>): Promise<void> {
    const { publish, relay, failures } = row;
    const writtenAt = this.#heads.writtenAt(publish);
    try {
      await tell();
      if (writtenAt !== null) this.#done(row);
      else this.#postpone(row, 0, Date.now() + AGAIN_MS);
    } catch (error) {
      warn("relay_not_told", { relay, publish, error: String(error) });
      const now = Date.now();
      if (writtenAt !== null && now > writtenAt + SPREAD_MS) this.#done(row);
      else this.#postpone(row, failures + 1, now + retryWaitMs(failures + 1, Math.random()));
    }
  }

  #add(publish: string, relay: string, now: number): void {
    this.#sql.exec("INSERT OR IGNORE INTO telling VALUES (?, ?, ?, 0)", publish, relay, now);
  }

  #postpone({ publish, relay }: Row, failures: number, at: number): void {
    this.#sql.exec(
      "UPDATE telling SET failures = ?, due_at = ? WHERE publish = ? AND relay = ?",
      failures,
      at,
      publish,
      relay,
    );
  }

  #done({ publish, relay }: Row): void {
    this.#sql.exec("DELETE FROM telling WHERE publish = ? AND relay = ?", publish, relay);
  }

  /** Who is to be told now: the directory asked, or Relays told. A wait that is longer than any was set by another clock. */
  #due(now: number, directory: boolean): Row[] {
    return this.#sql
      .exec<Row>(
        `SELECT publish, relay, failures FROM telling
         WHERE (relay = ?1) = ?2 AND (due_at <= ?3 OR due_at > ?4 OR (failures = 0 AND NOT EXISTS
           (SELECT 1 FROM published WHERE publish = telling.publish AND written_at IS NULL)))
         ORDER BY due_at, publish, relay LIMIT ?5`,
        DIRECTORY,
        directory ? 1 : 0,
        now,
        now + LONGEST_WAIT_MS,
        RELAYS_AT_A_TIME,
      )
      .toArray();
  }
}

const LONGEST_WAIT_MS = 5 * 60_000;
