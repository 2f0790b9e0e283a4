import { errorInWords } from "../words/error-in-words.ts";
import { inTime } from "../in-time.ts";
import { warn } from "../log.ts";
import type { Compiled } from "../mappings/compile-mapping.ts";
import { sayProblems } from "../mappings/problems.ts";
import { KV_UNREADABLE } from "./kv-unreadable.ts";
import { readDocumentMetadata } from "../publishing/history-record.ts";
import { CLOCKS_MS, SPREAD_MS, UNWRITTEN_HOLD_MS } from "../publishing/spread.ts";
import type { Told } from "../publishing/teller.ts";
import { isStillAhead } from "../still-ahead.ts";

/**
 * A document as it can be used: `found`; `absent`, which is an answer too; or `unknown`, when KV
 * gives nothing usable and there is no good copy. `problem` says why the newest text is not used.
 */
export type Copy<T> = { problem: string | null } & (
  | { state: "found"; value: T; version: number }
  | { state: "absent" }
  | { state: "unknown"; problem: string }
);

/** A problem with a document, for people: what is wrong and what is used meanwhile. */
export type DocumentProblem = { key: string; problem: string; using: string; since: number };

type Cached<T> = { copy: Copy<T>; freshUntil: number; since: number };
type Row = {
  version: number;
  text: string | null;
  changedBy: string | null;
  heldUntil: number | null;
};

/** With KV's own cache of 30 s and its up to 60 s of propagation this keeps edits within 90 s. */
const FRESH_MS = 30_000;
const KV_CACHE_SECONDS = 30;
const KV_PATIENCE_MS = 2_000;
/** A KV that does not answer is not asked again for each event. */
const RETRY_MS = 5_000;
const MAX_CACHED = 5_000;

/**
 * The documents of one kind as a Relay uses them: read from KV, compiled once, kept for 30 s, and
 * the last good copy of each stored in SQLite. KV failing, or someone publishing a document with a
 * mistake, changes nothing but a log line and what {@link problems} says.
 */
export class Documents<T> {
  readonly #sql: SqlStorage;
  readonly #kv: KVNamespace;
  readonly #parse: (key: string, text: string) => Compiled<T>;
  readonly #cache = new Map<string, Cached<T>>();
  readonly #loading = new Map<string, Promise<void>>();
  readonly #onChange: (key: string) => void;

  constructor(
    sql: SqlStorage,
    kv: KVNamespace,
    parse: (key: string, text: string) => Compiled<T>,
    onChange: (key: string) => void = () => {},
  ) {
    this.#sql = sql;
    this.#kv = kv;
    this.#parse = parse;
    this.#onChange = onChange;
  }

  /** Sees to it that `keys` can be read; null when all are fresh already and nothing is to be awaited. */
  refresh(keys: string[], now: number): Promise<unknown> | null {
    const stale = keys.filter(
      (key) => !isStillAhead(this.#cache.get(key)?.freshUntil ?? 0, now, FRESH_MS),
    );
    if (stale.length === 0) return null;
    return Promise.all(
      stale.map((key) => {
        const loading =
          this.#loading.get(key) ?? this.#load(key, now).finally(() => this.#loading.delete(key));
        this.#loading.set(key, loading);
        return loading;
      }),
    );
  }

  /** The copy of a document that {@link refresh} has seen to; else the last good one. */
  get(key: string): Copy<T> {
    const copy = this.#cache.get(key)?.copy ?? this.#goodCopy(key);
    return copy ?? { state: "unknown", problem: "it was not read yet" };
  }

  /** A version that was in use before, as it was; null when it is no longer kept. */
  version(version: number): { key: string; value: T } | null {
    const [row] = this.#sql
      .exec<{ key: string; text: string | null }>(
        "SELECT key, text FROM documents WHERE version = ?",
        version,
      )
      .toArray();
    if (row === undefined || row.text === null) return null;
    const cached = this.get(row.key);
    if (cached.state === "found" && cached.version === version) {
      return { key: row.key, value: cached.value };
    }
    const parsed = this.#parse(row.key, row.text);
    return parsed.ok ? { key: row.key, value: parsed.value } : null;
  }

  /** Of these versions the one of `key`: since when it is in use (ms), and who published it, if known. */
  history(versions: number[], key: string): { since: number; changedBy: string | null } | null {
    for (const version of versions) {
      const [row] = this.#sql
        .exec<{ key: string; since: number; changedBy: string | null }>(
          "SELECT key, loaded_at AS since, changed_by AS changedBy FROM documents WHERE version = ?",
          version,
        )
        .toArray();
      if (row?.key === key) return { since: row.since, changedBy: row.changedBy };
    }
    return null;
  }

  /** Uses a document that was just published, whatever KV shows; with no time to hold it: goes by KV again. */
  learn({ key, text, by, holdMs }: Told, now: number): void {
    const good = this.#goodRow(key);
    const same = good !== null && good.text === text;
    if (same) {
      if (by !== null && by !== good.changedBy) this.#sign(good.version, by);
      if (!isHoldRight((good.heldUntil ?? 0) - now, holdMs)) {
        const { version } = good;
        const until = now + holdMs;
        this.#sql.exec("UPDATE documents SET held_until = ? WHERE version = ?", until, version);
      }
    } else if (holdMs > 0 && (text === null || this.#parse(key, text).ok)) {
      this.#store(key, text, by, now, now + holdMs);
    } else {
      // KV has it by now, or what somebody made of it since. A text that cannot be used is only in KV,
      // and is refused as it is read there.
      this.#letGo(key);
    }
    const copy = this.#cache.get(key)?.copy;
    if (same && copy?.problem === null) return;
    this.#cache.delete(key);
    this.#onChange(key);
  }

  /** Whether a document was ever asked for, or published. */
  knows(key: string): boolean {
    return this.#goodRow(key) !== null;
  }

  /** What was published below a prefix so recently that KV may not show it yet. */
  held(prefix: string, now: number): { key: string; text: string | null }[] {
    return this.#sql
      .exec<{ key: string; text: string | null; heldUntil: number }>(
        `SELECT key, text, held_until AS heldUntil FROM documents
         WHERE key GLOB ? AND superseded_at IS NULL AND held_until > ?`,
        `${prefix}*`,
        now,
      )
      .toArray()
      .filter(isHeld(now));
  }

  /** Forgets how fresh the copies are: the next use asks KV again. */
  expire(): void {
    for (const cached of this.#cache.values()) cached.freshUntil = 0;
  }

  problems(): DocumentProblem[] {
    return [...this.#cache].flatMap(([key, { copy, since }]) =>
      copy.problem === null
        ? []
        : [
            {
              key,
              problem: copy.problem,
              using:
                copy.state === "unknown"
                  ? "nothing: events wait"
                  : copy.state === "absent"
                    ? "no document, as before"
                    : "the last good copy",
              since,
            },
          ],
    );
  }

  /** Reads one document. Never rejects: whatever goes wrong leaves the good copy in use. */
  async #load(key: string, now: number): Promise<void> {
    if (this.#useHeld(key, now)) return;
    let text: string | null;
    let metadata: unknown;
    try {
      const read = this.#kv.getWithMetadata(key, { cacheTtl: KV_CACHE_SECONDS });
      ({ value: text, metadata } = await inTime(KV_PATIENCE_MS, read));
    } catch (error) {
      this.#keepGood(key, `${KV_UNREADABLE}: ${errorInWords(error)}`, now + RETRY_MS, now);
      return;
    }
    try {
      // It may have been published while KV was asked.
      if (!this.#useHeld(key, now)) this.#take(key, text, readDocumentMetadata(metadata).by, now);
    } catch (error) {
      this.#reject(key, `it cannot be used: ${errorInWords(error)}`, now);
    }
  }

  /** Uses what was published a moment ago, if this document was. */
  #useHeld(key: string, now: number): boolean {
    const good = this.#goodRow(key);
    if (good === null || !isHeld(now)(good)) return false;
    this.#keepGood(key, null, Math.min(good.heldUntil ?? 0, now + FRESH_MS), now);
    return true;
  }

  /** Goes by KV again, whatever was published before. */
  #letGo(key: string): void {
    this.#sql.exec(
      `UPDATE documents SET held_until = NULL
       WHERE key = ? AND superseded_at IS NULL AND held_until IS NOT NULL`,
      key,
    );
  }

  /** Takes the text that KV has now. */
  #take(key: string, text: string | null, changedBy: string | null, now: number): void {
    const good = this.#goodRow(key);
    if (good !== null && good.text === text) {
      if (changedBy !== null && changedBy !== good.changedBy) this.#sign(good.version, changedBy);
      this.#keepGood(key, null, now + FRESH_MS, now);
      return;
    }
    const parsed = text === null ? null : this.#parse(key, text);
    if (parsed !== null && !parsed.ok) {
      this.#reject(key, sayProblems(parsed.problems), now);
      return;
    }
    const version = this.#store(key, text, changedBy, now);
    this.#put(
      key,
      parsed === null
        ? { state: "absent", problem: null }
        : { state: "found", value: parsed.value, version, problem: null },
      now + FRESH_MS,
      now,
    );
    this.#onChange(key);
  }

  /**
   * Refuses a text that cannot be used. Where there was no document before, its events are wanted by
   * someone who made a mistake: they wait.
   */
  #reject(key: string, problem: string, now: number): void {
    this.#keepGood(key, problem, now + FRESH_MS, now);
    if (this.get(key).state === "absent") {
      this.#put(key, { state: "unknown", problem }, now + FRESH_MS, now);
    }
  }

  /** Goes on with the last good copy, because of `problem` or because it is still the current text. */
  #keepGood(key: string, problem: string | null, freshUntil: number, now: number): void {
    const cached = this.#cache.get(key);
    if (problem !== null && cached?.copy.problem !== problem) {
      warn("document_unusable", { key, problem });
    }
    const known = cached?.copy.state === "unknown" ? undefined : cached?.copy;
    const copy = known ?? this.#goodCopy(key);
    if (copy === null || copy.state === "unknown") {
      this.#put(
        key,
        { state: "unknown", problem: problem ?? "it was not read yet" },
        freshUntil,
        now,
      );
    } else {
      this.#put(key, { ...copy, problem }, freshUntil, now);
    }
  }

  #goodCopy(key: string): Copy<T> | null {
    const good = this.#goodRow(key);
    if (good === null) return null;
    if (good.text === null) return { state: "absent", problem: null };
    const parsed = this.#parse(key, good.text);
    // A copy that an earlier version of the Worker could read and this one cannot.
    if (!parsed.ok) return null;
    return { state: "found", value: parsed.value, version: good.version, problem: null };
  }

  #goodRow(key: string): Row | null {
    return (
      this.#sql
        .exec<Row>(
          `SELECT version, text, changed_by AS changedBy, held_until AS heldUntil FROM documents
           WHERE key = ? AND superseded_at IS NULL`,
          key,
        )
        .toArray()[0] ?? null
    );
  }

  #store(
    key: string,
    text: string | null,
    changedBy: string | null,
    now: number,
    heldUntil: number | null = null,
  ): number {
    this.#sql.exec(
      "UPDATE documents SET superseded_at = ? WHERE key = ? AND superseded_at IS NULL",
      now,
      key,
    );
    return this.#sql
      .exec<{ version: number }>(
        `INSERT INTO documents (key, text, loaded_at, changed_by, held_until)
         VALUES (?, ?, ?, ?, ?) RETURNING version`,
        key,
        text,
        now,
        changedBy,
        heldUntil,
      )
      .one().version;
  }

  /** The same text again, by somebody else or by somebody who now says so. */
  #sign(version: number, changedBy: string): void {
    this.#sql.exec("UPDATE documents SET changed_by = ? WHERE version = ?", changedBy, version);
  }

  #put(key: string, copy: Copy<T>, freshUntil: number, now: number): void {
    const before = this.#cache.get(key);
    const since = before !== undefined && before.copy.problem === copy.problem ? before.since : now;
    const [oldest] = this.#cache.keys();
    if (before === undefined && this.#cache.size >= MAX_CACHED && oldest !== undefined) {
      this.#cache.delete(oldest);
    }
    this.#cache.set(key, { copy, freshUntil, since });
    if (before?.copy.state === "unknown" && copy.state !== "unknown") this.#onChange(key);
  }
}

/** Whether a document goes by what was published; the time may have been set a moment after `now` was read. */
function isHeld(now: number): (row: { heldUntil: number | null }) => boolean {
  return ({ heldUntil }) => isStillAhead(heldUntil ?? 0, now, UNWRITTEN_HOLD_MS + CLOCKS_MS);
}

/** Whether a document that is held for so long is held as long as it should be; a long hold ends sooner. */
function isHoldRight(leftMs: number, wantedMs: number): boolean {
  const short = wantedMs > SPREAD_MS + CLOCKS_MS ? wantedMs / 2 : CLOCKS_MS;
  const left = Math.max(0, leftMs);
  return left <= wantedMs + CLOCKS_MS && left >= wantedMs - short;
}
