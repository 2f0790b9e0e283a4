import { etagOf } from "./etag.ts";
import { isSpreading, type Heads } from "./heads.ts";
import {
  HISTORY_PREFIX,
  historyKey,
  readHistoryRecord,
  type HistoryRecord,
} from "./history-record.ts";
import type { History } from "./history.ts";
import { publishId } from "./publish-id.ts";
import { documentKeys, listKeys, readKeys, type InKv } from "./read-kv.ts";
import type { TextStore } from "./text-store.ts";

/** Records of others are long: KV gives at most 25 MB in one go. */
const RECORDS_PER_READ = 20;

const FOUND = "found in KV when Causeway first looked";
const EDITED = "changed in KV without a publish";

type LookOptions = {
  storage: DurableObjectStorage;
  kv: KVNamespace;
  texts: TextStore;
  history: History;
  heads: Heads;
};

/**
 * Looks for what others did to KV, and takes it over: a publish that was written there by hand of the
 * command line is in its record there; anything else is an edit from outside, which enters the history
 * as it is seen. What KV may still be spreading is not looked at. Rejects when KV cannot be read.
 */
export class Look {
  readonly #options: LookOptions;

  constructor(options: LookOptions) {
    this.#options = options;
  }

  /** Looks at all documents. `first`: nobody has looked before. */
  async atAll(first: boolean, now: number): Promise<void> {
    const { kv, heads } = this.#options;
    const keys = new Set([...(await documentKeys(kv)), ...heads.presentKeys()]);
    await this.at([...keys].toSorted(), first, now);
  }

  /** Looks at the documents of these keys. */
  async at(keys: string[], first: boolean, now: number): Promise<void> {
    const { storage, kv, heads } = this.#options;
    const settled = keys.filter((key) => {
      const head = heads.find(key);
      return head === null || !isSpreading(head, now);
    });
    const seen = await readKeys(kv, settled);
    const different = seen.filter(
      ({ key, text }) => (text === null ? null : etagOf(text)) !== (heads.find(key)?.etag ?? null),
    );
    if (different.length === 0) return;
    const records = await this.#recordsFor(different);
    storage.transactionSync(() => {
      for (const record of records) this.#takeOver(record);
      this.#note(different, first ? FOUND : EDITED, first, now);
    });
  }

  /** The records of publishes that we do not know and that may have made these differences. */
  async #recordsFor(different: InKv[]): Promise<HistoryRecord[]> {
    const { kv, history } = this.#options;
    const named = different.flatMap(({ publish }) => publish ?? []);
    // What is gone has nothing to say which publish removed it.
    const listed = different.some(({ text }) => text === null)
      ? (await listKeys(kv, HISTORY_PREFIX)).map((key) => key.slice(HISTORY_PREFIX.length))
      : [];
    const unknown = [...new Set([...named, ...listed])].filter((id) => !history.has(id));
    const records: HistoryRecord[] = [];
    for (let at = 0; at < unknown.length; at += RECORDS_PER_READ) {
      const read = await readKeys(kv, unknown.slice(at, at + RECORDS_PER_READ).map(historyKey));
      for (const { key, text } of read) {
        const record = text === null ? null : readHistoryRecord(text);
        if (record !== null && historyKey(record.id) === key) records.push(record);
      }
    }
    return records.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }

  #takeOver(record: HistoryRecord): void {
    this.#options.history.add({ ...record, at: Date.parse(record.at) }, true);
  }

  /** Says of each difference which publish made it; what none made, its editors made from outside. */
  #note(different: InKv[], why: string, first: boolean, now: number): void {
    const { texts, history, heads } = this.#options;
    const outside = new Map<string | null, InKv[]>();
    for (const seen of different) {
      const etag = texts.keep(seen.text);
      const publish = this.#publishThatMade(seen, etag);
      if (publish !== null) heads.put(seen.key, etag, publish, 0);
      else {
        const by = first ? null : seen.by;
        outside.set(by, [...(outside.get(by) ?? []), seen]);
      }
    }
    for (const [by, edits] of outside) {
      const at = history.nextTime(now);
      const id = publishId(at, Math.random());
      const changes = edits.map(({ key, text }) => ({
        key,
        before: texts.read(heads.find(key)?.etag ?? null),
        after: text,
      }));
      history.add({ id, at, by, why, via: "outside", restores: null, changes }, true);
      for (const { key, text } of edits) heads.put(key, texts.keep(text), id, 0);
    }
  }

  #publishThatMade({ key, publish }: InKv, etag: string | null): string | null {
    const { history, heads } = this.#options;
    if (publish !== null) return history.after(publish, key) === etag ? publish : null;
    if (etag !== null) return null;
    const latest = history.latestOf(key);
    if (latest === null || latest.after !== null) return null;
    return latest.id === heads.find(key)?.publish ? null : latest.id;
  }
}
