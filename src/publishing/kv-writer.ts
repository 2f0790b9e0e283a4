import { inTime } from "../in-time.ts";
import { log, warn } from "../log.ts";
import type { Head, Heads } from "./heads.ts";
import { documentMetadata, historyKey, historyMetadata } from "./history-record.ts";
import type { History } from "./history.ts";
import type { PublishingState } from "./publishing-state.ts";
import type { TextStore } from "./text-store.ts";

/** The free plan's fifty of an invocation, less some for what else it does. */
const WRITES_AT_A_TIME = 40;
/** Workers have six connections open at a time. @see https://developers.cloudflare.com/workers/platform/limits/ */
const CONNECTIONS = 5;
const PATIENCE_MS = 20_000;
/** A key that was just written has to wait. */
const KEY_RESTS_MS = 1_000;

type WriterOptions = {
  kv: KVNamespace;
  texts: TextStore;
  history: History;
  heads: Heads;
  state: PublishingState;
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
    const done = await this.#each(records.map((id) => () => this.#writeRecord(id)));
    const left = WRITES_AT_A_TIME - records.length;
    // Records come first: a document must not be found in KV whose publish is not.
    const documents = done && left > 0 ? heads.unwritten(now, left) : [];
    await this.#each(documents.map((head) => () => this.#writeDocument(head)));
    if (records.length + documents.length > 0) {
      log("published_to_kv", { records: records.length, documents: documents.length });
    }
  }

  /** Runs tasks until one fails; says whether none did. */
  async #each(tasks: (() => Promise<void>)[]): Promise<boolean> {
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
          const problem = error instanceof Error ? error.message : String(error);
          if (!failed) state.failed(problem, written > 0, Date.now());
          failed = true;
          warn("publish_waits", { problem });
        }
        if (failed) return;
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, lane));
    if (!failed && written > 0) state.succeeded();
    return !failed;
  }

  async #writeRecord(id: string): Promise<void> {
    const { history } = this.#options;
    const record = history.record(id);
    if (record === null) return;
    const metadata = historyMetadata(record);
    await this.#put(historyKey(id), JSON.stringify(record), metadata);
    history.recorded(id);
  }

  async #writeDocument({ key, etag, publish, by }: Head): Promise<void> {
    const { heads, texts } = this.#options;
    heads.putting(key, Date.now());
    await this.#put(key, texts.read(etag), documentMetadata(by, publish));
    heads.wrote(key, publish, Date.now());
  }

  async #put(key: string, text: string | null, metadata: object): Promise<void> {
    const { kv } = this.#options;
    try {
      const put = text === null ? kv.delete(key) : kv.put(key, text, { metadata });
      await inTime(PATIENCE_MS, put);
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      const problem = `KV did not take ${key} (${said}); it is tried again by itself.`;
      throw new Error(problem, { cause: error });
    }
  }
}
