import { EDITED_OUTSIDE, FOUND_AT_FIRST } from "./outside-words.ts";
import { DOCUMENT_PREFIXES } from "./document-kind.ts";
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
import { listKeys, readKeys } from "./read-kv.ts";
import type { TextStore } from "./text-store.ts";

/** Records of others are long. */
const RECORDS_PER_READ = 20;
/** Of those that no document names; the older ones have time until the next look. */
const RECORDS_PER_LOOK = 200;

/** A document as KV shows it, its text by its etag. */
type Seen = { key: string; etag: string | null; by: string | null; publish: string | null };

type LookOptions = {
  storage: DurableObjectStorage;
  kv: KVNamespace;
  texts: TextStore;
  history: History;
  heads: Heads;
  /** Plans to tell the Relays of a publish, which goes against what they were told before. */
  tell: (publish: string, now: number) => void;
};

/**
 * Looks for what others did to KV, and takes it over: a publish that was written there by hand of the
 * command line is in its record there; anything else is an edit from outside, which enters the history
 * as it is seen. Of a document that KV may still be spreading only a text is taken over that it never
 * had: any other may be what was there before. Rejects when KV cannot be read.
 */
export class Look {
  readonly #options: LookOptions;

  constructor(options: LookOptions) {
    this.#options = options;
  }

  /**
   * Looks at all documents, and for all records. `first`: nobody has looked before. Says whether
   * something is to be told or written now.
   */
  async atAll(first: boolean, now: number): Promise<boolean> {
    const { kv, heads } = this.#options;
    const lists = await Promise.all(DOCUMENT_PREFIXES.map((prefix) => listKeys(kv, prefix)));
    const listed = new Map(lists.flat().map(({ key, publish }) => [key, publish]));
    await this.#takeOver(await this.#unknownRecords());
    const present = heads.publishes();
    // What the last publish wrote is as it wrote it; somebody else's write would not name it.
    const doubtful = [...new Set([...listed.keys(), ...present.keys()])].filter(
      (key) => (listed.get(key) ?? null) === null || listed.get(key) !== present.get(key),
    );
    return await this.#lookAt(doubtful.toSorted(), first, now);
  }

  /** Looks at the documents of these keys; see {@link atAll}. */
  async at(keys: string[], now: number): Promise<boolean> {
    return await this.#lookAt(keys, false, now);
  }

  /** Looks for the record of one publish. */
  async forRecord(id: string): Promise<void> {
    await this.#takeOver([id]);
  }

  async #lookAt(keys: string[], first: boolean, now: number): Promise<boolean> {
    const { storage } = this.#options;
    const different = await this.#differences(keys, now);
    if (different.length === 0) return false;
    const named = different.flatMap(({ publish }) => publish ?? []);
    // What is gone has nothing to say which publish removed it.
    const isGone = different.some(({ etag }) => etag === null);
    const ids = [...named, ...(isGone ? await this.#unknownRecords() : [])];
    await this.#takeOver(ids);
    return storage.transactionSync(() => this.#note(different, first, now));
  }

  async #differences(keys: string[], now: number): Promise<Seen[]> {
    const { kv, texts } = this.#options;
    const different: Seen[] = [];
    for await (const shown of readKeys(kv, keys)) {
      for (const { key, text, by, publish } of shown) {
        const etag = text === null ? null : etagOf(text);
        if (!this.#isNews(key, etag, now)) continue;
        texts.keep(text);
        different.push({ key, etag, by, publish });
      }
    }
    return different;
  }

  #isNews(key: string, etag: string | null, now: number): boolean {
    const { heads, history } = this.#options;
    const head = heads.find(key);
    if ((head?.etag ?? null) === etag) return false;
    if (head === null || !isSpreading(head, now)) return true;
    // Of a later publish the record may be known already, and so the text is.
    const latest = history.latestOf(key);
    if (latest !== null && latest.id > head.publish && latest.after === etag) return true;
    return !history.had(key, etag);
  }

  /** The newest publishes that have a record and that we do not know. */
  async #unknownRecords(): Promise<string[]> {
    const { kv, history } = this.#options;
    return (await listKeys(kv, HISTORY_PREFIX))
      .map(({ key }) => key.slice(HISTORY_PREFIX.length))
      .filter((id) => !history.has(id))
      .slice(-RECORDS_PER_LOOK);
  }

  /** Takes over the records of these publishes, each as soon as it is read: they are long. */
  async #takeOver(ids: string[]): Promise<void> {
    const { storage, kv, history } = this.#options;
    const unknown = [...new Set(ids)].filter((id) => !history.has(id));
    for await (const shown of readKeys(kv, unknown.map(historyKey), RECORDS_PER_READ)) {
      for (const { key, text } of shown) {
        const record = text === null ? null : readHistoryRecord(text);
        if (record === null || historyKey(record.id) !== key || history.has(record.id)) continue;
        storage.transactionSync(() => this.#add(record));
      }
    }
  }

  #add(record: HistoryRecord): void {
    const { texts, history } = this.#options;
    const changes = record.changes.map(({ key, before, after }) => ({
      key,
      before: texts.keep(before),
      after: texts.keep(after),
    }));
    history.add({ ...record, changes, at: Date.parse(record.at) }, "found");
  }

  /** Says of each difference which publish made it; what none made, its editors made from outside. */
  #note(different: Seen[], first: boolean, now: number): boolean {
    const { history, heads, tell } = this.#options;
    const outside = new Map<string | null, Seen[]>();
    const contradicted = new Set<string>();
    const put = ({ key, etag }: Seen, publish: string): void => {
      const head = heads.find(key);
      const wasTold = head !== null && isSpreading(head, now);
      heads.put(key, etag, publish, wasTold ? now : 0);
      if (wasTold) contradicted.add(publish);
    };
    for (const seen of different) {
      const publish = this.#publishThatMade(seen);
      const head = heads.find(seen.key);
      if (publish === null) {
        const by = first ? null : seen.by;
        outside.set(by, [...(outside.get(by) ?? []), seen]);
      } else if (
        head !== null &&
        head.via !== "outside" &&
        publish < head.publish &&
        !history.isFound(publish)
      ) {
        // A write of ours that was given up came through after all, behind a later one.
        heads.lost(seen.key);
        contradicted.add(head.publish);
      } else put(seen, publish);
    }
    for (const [by, edits] of outside) {
      const at = history.nextTime(now);
      const id = publishId(at, Math.random());
      const changes = edits.map(({ key, etag }) => ({
        key,
        before: heads.find(key)?.etag ?? null,
        after: etag,
      }));
      const why = first ? FOUND_AT_FIRST : EDITED_OUTSIDE;
      history.add({ id, at, by, why, via: "outside", restores: null, changes }, "none");
      for (const seen of edits) put(seen, id);
    }
    for (const publish of contradicted) tell(publish, now);
    return contradicted.size > 0;
  }

  #publishThatMade({ key, etag, publish }: Seen): string | null {
    const { history, heads } = this.#options;
    if (publish !== null) return history.after(publish, key) === etag ? publish : null;
    if (etag !== null) return null;
    const latest = history.latestOf(key);
    if (latest === null || latest.after !== null) return null;
    return latest.id === heads.find(key)?.publish ? null : latest.id;
  }
}
