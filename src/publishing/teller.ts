import type { Env } from "../env.ts";
import { inTime } from "../in-time.ts";
import { warn } from "../log.ts";
import { DIRECTORY } from "../relay/relay-name.ts";
import { concerns } from "./concerns.ts";
import { isSpreading, type Head, type Heads } from "./heads.ts";
import { documentMetadata } from "./history-record.ts";
import { LONGEST_RETRY_MS, retryWaitMs } from "./retry-wait.ts";
import { SPREAD_MS, UNWRITTEN_HOLD_MS } from "./spread.ts";
import type { TextStore } from "./text-store.ts";

/**
 * A document as a Relay is told of it; `text` null: it is gone. For `holdMs` from now KV may show
 * something else; 0: KV shows it by now, or what somebody made of it since.
 */
export type Told = { key: string; text: string | null; by: string | null; holdMs: number };

/** How many Relays are told at a time. */
const RELAYS_AT_A_TIME = 8;
/** Until a Relay hears what KV has taken meanwhile, and the directory is asked for new Relays. */
const NEWS_MS = 60_000;
const LONGEST_NEWS_MS = 60 * 60_000;
/** Until a Relay is told again what KV does not take: before it would ask KV for it. */
const AGAIN_MS = UNWRITTEN_HOLD_MS - 4 * 60 * 60_000;
const PATIENCE_MS = 10_000;
/** A call to a Durable Object carries at most 32 MiB; a UTF-16 unit is two bytes of it. */
const MAX_UNITS = 4_000_000;
const MAX_DOCUMENTS = 1_000;

/** `toldAt`: when it was last told anything; `heldAt`: what KV has not taken. 0: never. */
type Row = { publish: string; relay: string; failures: number; toldAt: number; heldAt: number };

/**
 * Tells the Relays what was published, so that they use it at once: as soon as it is published, and
 * again when KV has taken some of it, so that they go by KV. What KV does not take they are told anew
 * once in a long while only: telling costs them rows. A Relay that cannot be told is told later, as long
 * as it may go by something else.
 */
export class Teller {
  readonly #sql: SqlStorage;
  readonly #env: Env;
  readonly #heads: Heads;
  readonly #texts: TextStore;
  /** Each is told one thing after the other, and none waits for another. */
  readonly #underWay = new Set<string>();

  constructor(sql: SqlStorage, env: Env, heads: Heads, texts: TextStore) {
    this.#sql = sql;
    this.#env = env;
    this.#heads = heads;
    this.#texts = texts;
  }

  get isBusy(): boolean {
    return this.#underWay.size > 0;
  }

  /** Plans to tell of a publish. The directory says whom. */
  plan(publish: string, now: number): void {
    this.#add(publish, DIRECTORY, now);
  }

  /** KV has taken something of these publishes: who holds it is to hear that soon. */
  wrote(publishes: Iterable<string>, now: number): void {
    for (const publish of publishes) {
      this.#sql.exec(
        "UPDATE telling SET due_at = ?1 WHERE publish = ?2 AND relay <> ?3 AND failures = 0 AND due_at > ?1",
        now + NEWS_MS,
        publish,
        DIRECTORY,
      );
    }
  }

  /** When somebody is to be told (milliseconds); null: everybody was, or is being told. */
  dueAt(now: number): number | null {
    if (this.#due(now, true).length + this.#due(now, false).length > 0) return now;
    return this.#sql
      .exec<{ at: number | null }>("SELECT min(due_at) AS at FROM telling WHERE due_at > ?", now)
      .one().at;
  }

  /** Tells as many as one invocation may. Never rejects: who cannot be told now is told later. */
  async tell(): Promise<void> {
    for (const row of this.#due(Date.now(), true)) {
      await this.#attempt(row, this.#heads.of(row.publish), this.#askDirectory);
    }
    // Read in the moment that all of them are told: KV may have taken some while the directory was asked.
    const documents = new Map<string, Head[]>();
    const of = (publish: string): Head[] => {
      const found = documents.get(publish) ?? this.#heads.of(publish);
      documents.set(publish, found);
      return found;
    };
    await Promise.all(
      this.#due(Date.now(), false).map((row) =>
        this.#attempt(row, of(row.publish), this.#tellRelay),
      ),
    );
  }

  /** Plans to tell the Relays there are; says when to ask for new ones, ever less often. */
  readonly #askDirectory = async ({ publish }: Row, documents: Head[]): Promise<Partial<Row>> => {
    const names = await inTime(PATIENCE_MS, this.#env.RELAY.getByName(DIRECTORY).names());
    const now = Date.now();
    for (const name of names) {
      if (documents.some(({ key }) => concerns(name, key))) this.#add(publish, name, now);
    }
    return {};
  };

  /** Says what it has told. */
  readonly #tellRelay = async (row: Row, documents: Head[]): Promise<Partial<Row>> => {
    const now = Date.now();
    const stub = this.#env.RELAY.getByName(row.relay);
    const isHeld = row.heldAt !== 0 && row.heldAt <= now && now - row.heldAt < AGAIN_MS;
    const news = documents.filter(
      ({ key, writtenAt }) =>
        concerns(row.relay, key) &&
        // A time that is ahead was set before the clock was set back.
        (writtenAt === null ? !isHeld : row.toldAt > now || writtenAt >= row.toldAt),
    );
    if (news.length === 0) return {};
    for (const told of this.#portions(news)) await inTime(PATIENCE_MS, stub.learn(told));
    return { toldAt: now, heldAt: isHeld ? row.heldAt : now };
  };

  /** Documents in portions that one call carries. */
  *#portions(documents: Head[]): Generator<Told[]> {
    let portion: Told[] = [];
    let units = 0;
    for (const head of documents) {
      const text = this.#texts.read(head.etag);
      // As KV has it, so that it is the same name when it is read there.
      const { by } = documentMetadata(head.by, head.publish);
      portion.push({ key: head.key, text, by, holdMs: holdMs(head, Date.now()) });
      units += text?.length ?? 0;
      if (units < MAX_UNITS && portion.length < MAX_DOCUMENTS) continue;
      yield portion;
      portion = [];
      units = 0;
    }
    if (portion.length > 0) yield portion;
  }

  async #attempt(
    row: Row,
    documents: Head[],
    tell: (row: Row, documents: Head[]) => Promise<Partial<Row>>,
  ): Promise<void> {
    const { publish, relay } = row;
    const times = documents.map(({ writtenAt }) => writtenAt);
    const isWritten = !times.includes(null);
    this.#underWay.add(relay);
    try {
      const told = await tell(row, documents);
      if (isWritten) this.#done(row);
      else this.#postpone({ ...row, ...told, failures: 0 }, this.#nextAt(row, told, documents));
    } catch (error) {
      warn("relay_not_told", { relay, publish, error: String(error) });
      const now = Date.now();
      const failures = row.failures + 1;
      const last = Math.max(0, ...times.map((at) => at ?? 0));
      if (isWritten && now > last + UNWRITTEN_HOLD_MS) this.#done(row);
      else this.#postpone({ ...row, failures }, now + retryWaitMs(failures, Math.random()));
    } finally {
      this.#underWay.delete(relay);
    }
  }

  #nextAt({ relay, heldAt }: Row, told: Partial<Row>, documents: Head[]): number {
    const now = Date.now();
    if (relay === DIRECTORY) {
      const age = now - (documents[0]?.at ?? now);
      return now + Math.min(Math.max(age, NEWS_MS), LONGEST_NEWS_MS);
    }
    // Something may have been written while it was told; what is written later brings its turn forward.
    return told.toldAt === undefined
      ? Math.max(heldAt + AGAIN_MS, now + LONGEST_NEWS_MS)
      : now + NEWS_MS;
  }

  #add(publish: string, relay: string, now: number): void {
    this.#sql.exec("INSERT OR IGNORE INTO telling VALUES (?, ?, ?, 0, 0, 0)", publish, relay, now);
  }

  #postpone({ publish, relay, failures, toldAt, heldAt }: Row, at: number): void {
    this.#sql.exec(
      `UPDATE telling SET due_at = ?, failures = ?, told_at = ?, held_at = ?
       WHERE publish = ? AND relay = ?`,
      at,
      failures,
      toldAt,
      heldAt,
      publish,
      relay,
    );
  }

  #done({ publish, relay }: Row): void {
    this.#sql.exec("DELETE FROM telling WHERE publish = ? AND relay = ?", publish, relay);
  }

  /** Who is to be told now: the directory asked, or Relays told. A wait that is longer than any was set by another clock. */
  #due(now: number, directory: boolean): Row[] {
    const seen = new Set(this.#underWay);
    return this.#sql
      .exec<Row>(
        `SELECT publish, relay, failures, told_at AS toldAt, held_at AS heldAt FROM telling
         WHERE (relay = ?1) = ?2 AND (due_at <= ?3 OR due_at > ?4 OR (failures = 0 AND NOT EXISTS
           (SELECT 1 FROM published WHERE publish = telling.publish AND written_at IS NULL)))
         ORDER BY due_at, publish, relay LIMIT ?5`,
        DIRECTORY,
        directory ? 1 : 0,
        now,
        now + LONGEST_WAIT_MS,
        RELAYS_AT_A_TIME * 4,
      )
      .toArray()
      .filter(({ relay }) => !seen.has(relay) && seen.add(relay))
      .slice(0, RELAYS_AT_A_TIME);
  }
}

const LONGEST_WAIT_MS = Math.max(AGAIN_MS, LONGEST_RETRY_MS, LONGEST_NEWS_MS);

/** For how long a Relay is to go by a document whatever KV shows. */
function holdMs({ writtenAt }: Head, now: number): number {
  if (writtenAt === null) return UNWRITTEN_HOLD_MS;
  return isSpreading({ writtenAt }, now) ? writtenAt + SPREAD_MS - now : 0;
}
