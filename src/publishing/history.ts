import { publishId } from "./publish-id.ts";
import {
  changeKind,
  KEYS_NAMED,
  type Change,
  type Publish,
  type PublishRequest,
  type Via,
} from "./publish.ts";
import type { TextStore } from "./text-store.ts";

type PublishRow = {
  id: string;
  at: number;
  by: string | null;
  why: string;
  via: Via;
  restores: string | null;
  total: number;
};
/** One document of a publish by the etags of its texts; null where there was or is none. */
export type ChangedEtags = { key: string; before: string | null; after: string | null };

/** A publish to be added to the history; `at` in milliseconds. Its texts are kept already. */
export type NewPublish = Omit<PublishRow, "total" | "by"> & {
  by: PublishRequest["by"];
  changes: ChangedEtags[];
};

/**
 * How it is with KV's record of a publish: it is to be written; there is to be none; or it was found
 * there, because somebody else made the publish.
 */
export type RecordState = "to write" | "none" | "found";

/** As they are stored; one that we have written is like one that is not to be. */
const STORED: Record<RecordState, number> = { "to write": 0, none: 1, found: 2 };

/** Publishes that come in one moment follow each other by a millisecond; those of a clock that is ahead do not count. */
const SAME_MOMENT_MS = 1_000;

/** All publishes there were, with the texts of each document before and after. */
export class History {
  readonly #sql: SqlStorage;
  readonly #texts: TextStore;

  constructor(sql: SqlStorage, texts: TextStore) {
    this.#sql = sql;
    this.#texts = texts;
  }

  add(publish: NewPublish, record: RecordState): void {
    const { id, at, by, why, via, restores, changes } = publish;
    this.#sql.exec(
      "INSERT INTO publishes VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      id,
      at,
      by,
      why,
      via,
      restores,
      changes.length,
      STORED[record],
    );
    for (const { key, before, after } of changes) {
      this.#sql.exec(
        "INSERT INTO changes VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        id,
        key,
        before,
        after,
      );
    }
  }

  /** The time for a publish that is made now: later than any other, so that ids tell their order. */
  nextTime(now: number): number {
    const { last } = this.#sql
      .exec<{ last: number | null }>(
        "SELECT max(at) AS last FROM publishes WHERE id >= ? AND id < ?",
        publishId(now, 0),
        publishId(now + SAME_MOMENT_MS, 0),
      )
      .one();
    return last === null ? now : last + 1;
  }

  has(id: string): boolean {
    return this.#sql.exec("SELECT 1 FROM publishes WHERE id = ?", id).toArray().length > 0;
  }

  /** Whether somebody else made this publish, and left its record in KV. */
  isFound(id: string): boolean {
    return (
      this.#sql
        .exec("SELECT 1 FROM publishes WHERE id = ? AND recorded = ?", id, STORED.found)
        .toArray().length > 0
    );
  }

  /** Newest first: up to `limit` publishes before the id `before`, of this document alone if one is named. */
  list(
    before: string | null,
    limit: number,
    key: string | null,
    problem: string | null,
  ): Publish[] {
    return this.#sql
      .exec<PublishRow>(
        `SELECT id, at, by, why, via, restores, total FROM publishes
         WHERE id < ?1 AND (?2 IS NULL OR id IN (SELECT publish FROM changes WHERE key = ?2))
         ORDER BY id DESC LIMIT ?3`,
        before ?? "~",
        key,
        limit,
      )
      .toArray()
      .map((row) => this.#said(row, problem));
  }

  /** `problem`: what keeps documents from being written, if something does. */
  find(id: string, problem: string | null): Publish | null {
    const [row] = this.#sql
      .exec<PublishRow>(
        "SELECT id, at, by, why, via, restores, total FROM publishes WHERE id = ?",
        id,
      )
      .toArray();
    return row === undefined ? null : this.#said(row, problem);
  }

  /** The documents of a publish with their texts, in the order of their keys, from behind one if it is named. */
  *changes(id: string, behind: string | null = null): Generator<Change> {
    for (const { key, before, after } of this.#changes(id, -1)) {
      if (behind !== null && key <= behind) continue;
      yield { key, before: this.#texts.read(before), after: this.#texts.read(after) };
    }
  }

  /** The etag that a publish gave a document; undefined: it did not touch it. */
  after(id: string, key: string): string | null | undefined {
    return this.#sql
      .exec<{ after: string | null }>(
        "SELECT after FROM changes WHERE publish = ? AND key = ?",
        id,
        key,
      )
      .toArray()[0]?.after;
  }

  /** Whether a document had this text (null: was absent) before or after any publish there was. */
  had(key: string, etag: string | null): boolean {
    return (
      this.#sql
        .exec(
          "SELECT 1 FROM changes WHERE key = ?1 AND (before IS ?2 OR after IS ?2) LIMIT 1",
          key,
          etag,
        )
        .toArray().length > 0
    );
  }

  /** The latest publish that changed a document. */
  latestOf(key: string): { id: string; after: string | null } | null {
    const [latest] = this.#sql
      .exec<{ id: string; after: string | null }>(
        "SELECT publish AS id, after FROM changes WHERE key = ? ORDER BY publish DESC LIMIT 1",
        key,
      )
      .toArray();
    return latest ?? null;
  }

  /** The oldest publishes whose record KV does not have yet. */
  unrecorded(limit: number): string[] {
    return this.#sql
      .exec<{ id: string }>(
        "SELECT id FROM publishes WHERE recorded = 0 ORDER BY id LIMIT ?",
        limit,
      )
      .toArray()
      .map(({ id }) => id);
  }

  recorded(id: string): void {
    this.#sql.exec("UPDATE publishes SET recorded = ? WHERE id = ?", STORED.none, id);
  }

  #said({ id, at, by, why, via, restores, total }: PublishRow, problem: string | null): Publish {
    const { waiting } = this.#sql
      .exec<{ waiting: number }>(
        "SELECT count(*) AS waiting FROM published WHERE publish = ? AND written_at IS NULL",
        id,
      )
      .one();
    return {
      id,
      at: new Date(at).toISOString(),
      by,
      why,
      via,
      restores,
      keys: this.#changes(id, KEYS_NAMED).map((change) => ({
        key: change.key,
        kind: changeKind(change),
      })),
      total,
      written: total - waiting,
      problem: waiting === 0 ? null : problem,
    };
  }

  #changes(id: string, limit: number): ChangedEtags[] {
    return this.#sql
      .exec<ChangedEtags>(
        "SELECT key, before, after FROM changes WHERE publish = ? ORDER BY key LIMIT ?",
        id,
        limit,
      )
      .toArray();
  }
}
