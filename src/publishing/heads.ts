import { isStillAhead } from "../still-ahead.ts";

/** Until KV shows a change everywhere: 60 s of its own, and 30 s that a reader may keep a copy. */
export const SPREAD_MS = 90_000;

/** KV takes one write a second for each key. @see https://developers.cloudflare.com/kv/platform/limits/ */
const ONE_WRITE_MS = 1_000;

/** What a document is now: the etag of its text (null: absent), and the publish that made it so. */
export type Head = {
  key: string;
  etag: string | null;
  publish: string;
  by: string | null;
  /** Milliseconds. */
  at: number;
  /** When KV took it; null: it has not yet. 0: it was found there. */
  writtenAt: number | null;
};

const HEADS = `SELECT key, etag, publish, by, at, written_at AS writtenAt
  FROM published JOIN publishes ON publishes.id = published.publish`;

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

  presentKeys(): string[] {
    return this.#sql
      .exec<{ key: string }>("SELECT key FROM published WHERE etag IS NOT NULL")
      .toArray()
      .map(({ key }) => key);
  }

  /** What a publish made of a document, which KV is to be told (`null`) or has already (0). */
  put(key: string, etag: string | null, publish: string, writtenAt: 0 | null): void {
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
        `${HEADS} WHERE written_at IS NULL AND (put_at <= ? OR put_at > ?)
         ORDER BY put_at, publish, key LIMIT ?`,
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

  /** The documents that are what a publish made them. */
  of(publish: string): Head[] {
    return this.#sql
      .exec<Head>(
        `SELECT key, etag, publish, by, at, written_at AS writtenAt
         FROM changes JOIN published USING (key, publish) JOIN publishes ON publishes.id = publish
         WHERE publish = ? ORDER BY key`,
        publish,
      )
      .toArray();
  }

  /** When KV had all of a publish's documents that nobody replaced since (ms); null: not yet. */
  writtenAt(publish: string): number | null {
    const { waiting, at } = this.#sql
      .exec<{ waiting: number; at: number | null }>(
        `SELECT count(*) - count(written_at) AS waiting, max(written_at) AS at
         FROM changes JOIN published USING (key, publish) WHERE publish = ?`,
        publish,
      )
      .one();
    return waiting > 0 ? null : (at ?? 0);
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
}

/** Whether KV may still show something else than a document that was published: what was there before. */
export function isSpreading({ writtenAt }: Head, now: number): boolean {
  return writtenAt === null || isStillAhead(writtenAt + SPREAD_MS, now, SPREAD_MS);
}
