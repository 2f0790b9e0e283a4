import { isStillAhead } from "../still-ahead.ts";
import type { Via } from "./publish.ts";
import { CLOCKS_MS, SPREAD_MS } from "./spread.ts";

/** KV takes one write a second for each key. @see https://developers.cloudflare.com/kv/platform/limits/ */
const ONE_WRITE_MS = 1_000;

/** What a document is now: the etag of its text (null: absent), and the publish that made it so. */
export type Head = {
  key: string;
  etag: string | null;
  publish: string;
  via: Via;
  by: string | null;
  /** Milliseconds. */
  at: number;
  /** When KV took it, or was seen to have it anew; null: it has not yet. 0: it was found there. */
  writtenAt: number | null;
};

const COLUMNS = "published.key, etag, publish, via, by, at, written_at AS writtenAt";
const HEADS = `SELECT ${COLUMNS} FROM published JOIN publishes ON publishes.id = published.publish`;

/** The documents as they are now, whatever KV still shows. Absent ones are remembered too. */
export class Heads {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  find(key: string): Head | null {
    return this.#sql.exec<Head>(`${HEADS} WHERE key = ?`, key).toArray()[0] ?? null;
  }

  /** The documents that are there, in the order of their keys, from behind `after`. */
  present(after: string, limit: number): Head[] {
    return this.#sql
      .exec<Head>(`${HEADS} WHERE key > ? AND etag IS NOT NULL ORDER BY key LIMIT ?`, after, limit)
      .toArray();
  }

  /** The documents below a prefix that ends with a slash, in the order of their keys. */
  below(prefix: string): Head[] {
    return this.#sql
      .exec<Head>(
        `${HEADS} WHERE key > ? AND key < ? AND etag IS NOT NULL ORDER BY key`,
        prefix,
        // What comes after a slash.
        `${prefix.slice(0, -1)}0`,
      )
      .toArray();
  }

  /** The documents that are there: the publish of each by its key. */
  publishes(): Map<string, string> {
    return new Map(
      this.#sql
        .exec<{ key: string; publish: string }>(
          "SELECT key, publish FROM published WHERE etag IS NOT NULL",
        )
        .toArray()
        .map(({ key, publish }) => [key, publish]),
    );
  }

  /** What a publish made of a document, and since when KV has it; see {@link Head.writtenAt}. */
  put(key: string, etag: string | null, publish: string, writtenAt: number | null): void {
    this.#sql.exec(
      `INSERT INTO published VALUES (?1, ?2, ?3, 0, ?4) ON CONFLICT (key) DO UPDATE
       SET etag = ?2, publish = ?3, written_at = ?4`,
      key,
      etag,
      publish,
      writtenAt,
    );
  }

  /** Documents that KV can be given now: those that waited longest for it. */
  unwritten(now: number, limit: number): Head[] {
    return this.#sql
      .exec<Head>(
        // A time that is ahead was set before the clock was set back.
        `SELECT ${COLUMNS} FROM published INDEXED BY unwritten JOIN publishes ON publishes.id = publish
         WHERE written_at IS NULL AND NOT (put_at > ? AND put_at <= ?)
         ORDER BY put_at, publish, published.key LIMIT ?`,
        now - ONE_WRITE_MS,
        now + ONE_WRITE_MS,
        limit,
      )
      .toArray();
  }

  hasUnwritten(): boolean {
    return (
      this.#sql.exec("SELECT 1 FROM published WHERE written_at IS NULL LIMIT 1").toArray().length >
      0
    );
  }

  countUnwritten(): number {
    return this.#sql
      .exec<{ n: number }>("SELECT count(*) AS n FROM published WHERE written_at IS NULL")
      .one().n;
  }

  /** The documents that are what a publish made them. */
  of(publish: string): Head[] {
    return this.#sql
      .exec<Head>(
        `SELECT ${COLUMNS} FROM changes JOIN published USING (key, publish)
         JOIN publishes ON publishes.id = publish WHERE publish = ? ORDER BY published.key`,
        publish,
      )
      .toArray();
  }

  /** KV is being given a document. */
  putting(key: string, now: number): void {
    this.#sql.exec("UPDATE published SET put_at = ? WHERE key = ?", now, key);
  }

  /** KV has taken what this publish made of a document. */
  wrote(key: string, publish: string, now: number): void {
    this.#sql.exec(
      "UPDATE published SET written_at = ? WHERE key = ? AND publish = ?",
      now,
      key,
      publish,
    );
  }

  /** KV has something else again: it is to be given the document anew. */
  lost(key: string): void {
    this.#sql.exec("UPDATE published SET written_at = NULL WHERE key = ?", key);
  }
}

/** Whether KV may still show something else than a document that was published: what was there before. */
export function isSpreading({ writtenAt }: Pick<Head, "writtenAt">, now: number): boolean {
  return writtenAt === null || isStillAhead(writtenAt + SPREAD_MS, now, SPREAD_MS + CLOCKS_MS);
}
