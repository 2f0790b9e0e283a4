import { errorInWords } from "../words/error-in-words.ts";
import { inTime } from "../in-time.ts";
import { log, warn } from "../log.ts";
import type { Head, Heads } from "./heads.ts";
import { documentMetadata, historyKey, historyMetadata } from "./history-record.ts";
import type { History } from "./history.ts";
import type { PublishingState } from "./publishing-state.ts";
import { streamJson } from "./stream-json.ts";
import type { TextStore } from "./text-store.ts";

/** The free plan's fifty of an invocation, less some for what else it does. */
const WRITES_AT_A_TIME = 40;
/** Workers have six connections open at a time. @see https://developers.cloudflare.com/workers/platform/limits/ */
const CONNECTIONS = 5;
const PATIENCE_MS = 20_000;
/** A key that was just written has to wait. */
const KEY_RESTS_MS = 1_000;
/** A document that has waited so long may have been edited in KV meanwhile. */
const LATE_MS = 30_000;

type WriterOptions = {
  kv: KVNamespace;
  texts: TextStore;
  history: History;
  heads: Heads;
  state: PublishingState;
  /** Takes over what others made of these documents; rejects when KV cannot be read. */
  look: (keys: string[]) => Promise<void>;
  /** KV has taken something of these publishes. */
  wrote: (publishes: Iterable<string>) => void;
};

/**
 * Brings KV what was published: of each publish its record first, so that whoever finds a document
 * there can find out about it, then its documents. What is left is in SQLite alone: a restart goes on.
 */
export class KvWriter {
  readonly #options: WriterOptions;

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** When there is something to write (milliseconds); null: all is written. */
  dueAt(now: number): number | null {
    const { history, heads, state } = this.#options;
    const writableAt = state.writableAt(now);
    if (history.unrecorded(1).length > 0 || heads.unwritten(now, 1).length > 0) return writableAt;
    return heads.hasUnwritten() ? Math.max(writableAt, now + KEY_RESTS_MS) : null;
  }

  /** Writes as much as one invocation may. Never rejects: what KV does not take waits. */
  async write(): Promise<void> {
    const { history, heads, state } = this.#options;
    const now = Date.now();
    if (state.writableAt(now) > now) return;
    const records = history.unrecorded(WRITES_AT_A_TIME);
    // One after the other: each may have many megabytes.
    const done = await this.#each(
      records.map((id) => () => this.#writeRecord(id)),
      1,
    );
    const left = WRITES_AT_A_TIME - records.length;
    // Records come first: a document must not be found in KV whose publish is not.
    const documents = done && left > 0 ? heads.unwritten(now, left) : [];
    const late = documents.filter(({ at }) => now - at > LATE_MS).map(({ key }) => key);
    if (late.length > 0 && !(await this.#look(late))) return;
    const written = new Set<string>();
    await this.#each(
      documents.map((head) => async () => {
        await this.#writeDocument(head);
        written.add(head.publish);
      }),
      CONNECTIONS,
    );
    this.#options.wrote(written);
    if (records.length + documents.length > 0) {
      log("published_to_kv", { records: records.length, documents: documents.length });
    }
  }

  async #look(keys: string[]): Promise<boolean> {
    const { state, look } = this.#options;
    try {
      await look(keys);
      return true;
    } catch (error) {
      const problem = `KV could not be read (${errorInWords(error)}); it is tried again by itself.`;
      state.failed(problem, false, Date.now());
      warn("publish_waits", { problem });
      return false;
    }
  }

  /** Runs tasks, so many at a time, until one fails; says whether none did. */
  async #each(tasks: (() => Promise<void>)[], lanes: number): Promise<boolean> {
    const { state } = this.#options;
    const left = tasks[Symbol.iterator]();
    let written = 0;
    let failed = false;
    const lane = async (): Promise<void> => {
      for (const task of left) {
        try {
          await task();
          written += 1;
        } catch (error) {
          const problem = errorInWords(error);
          if (!failed) state.failed(problem, written > 0, Date.now());
          failed = true;
          warn("publish_waits", { problem });
        }
        if (failed) return;
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    if (!failed && written > 0) state.succeeded();
    return !failed;
  }

  async #writeRecord(id: string): Promise<void> {
    const { history } = this.#options;
    const publish = history.find(id, null);
    if (publish === null) return;
    const { at, by, why, via, restores, total } = publish;
    const record = streamJson({ id, at, by, why, via, restores }, "changes", history.changes(id));
    const metadata = historyMetadata({ at, by, why, changes: { length: total } });
    await this.#put(historyKey(id), await new Response(record).arrayBuffer(), metadata);
    history.recorded(id);
  }

  async #writeDocument({ key, etag, publish, by }: Head): Promise<void> {
    const { heads, texts } = this.#options;
    // It may have been replaced since this batch began.
    if (heads.find(key)?.publish !== publish) return;
    heads.putting(key, Date.now());
    await this.#put(key, texts.read(etag), documentMetadata(by, publish));
    heads.wrote(key, publish, Date.now());
  }

  async #put(key: string, text: string | ArrayBuffer | null, metadata: object): Promise<void> {
    const { kv } = this.#options;
    try {
      const put = text === null ? kv.delete(key) : kv.put(key, text, { metadata });
      await inTime(PATIENCE_MS, put);
    } catch (error) {
      const problem = `KV did not take ${key} (${errorInWords(error)}); it is tried again by itself.`;
      throw new Error(problem, { cause: error });
    }
  }
}
