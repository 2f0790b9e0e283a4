import type { Env } from "../env.ts";
import { log, traceOf, warn } from "../log.ts";
import { mayStandAmongDocuments } from "./document-kind.ts";
import { documentProblems } from "./document-problems.ts";
import { Heads, type Head } from "./heads.ts";
import { historyKey } from "./history-record.ts";
import { History } from "./history.ts";
import { KvWriter } from "./kv-writer.ts";
import { Look } from "./look.ts";
import type { PresentDocument } from "./present-document.ts";
import type { Change, Publish, PublishRequest, Via } from "./publish.ts";
import { PUBLISH_ID, publishId } from "./publish-id.ts";
import { readPublishRequest } from "./publish-request.ts";
import { PublishingState } from "./publishing-state.ts";
import { streamJson } from "./stream-json.ts";
import { Teller } from "./teller.ts";
import { TextStore } from "./text-store.ts";
import { inTurn, type Turns } from "./turns.ts";
import { isStillAhead } from "../still-ahead.ts";

/** What the publisher needs of its Relay. */
export type PublisherOptions = {
  storage: DurableObjectStorage;
  env: Env;
  /** Sees to it that {@link Publisher.work} is called at this time (milliseconds) at the latest. */
  wakeBy: (at: number) => void;
  /** Has it called at once, in an invocation of its own with limits of its own. */
  goOn: () => void;
};

/** A document as it is now, without its text. */
export type DocumentHead = Omit<PresentDocument, "text"> & { via: Via };

/** The documents that are there; `problem`: why it is not known what others did to KV meanwhile. */
export type DocumentHeads = { items: DocumentHead[]; problem: string | null };

/** A document that is not what the publish expected. */
export type Conflict = { key: string; etag: string | null; by: string | null; at: string | null };

/** What became of a publish: all of it, or nothing. */
export type PublishAnswer =
  | { status: "published"; publish: Publish }
  | { status: "bad_request"; path: string; message: string }
  | { status: "too_large"; message: string }
  /** The first problems, and how many there are. */
  | {
      status: "invalid";
      problems: { key: string; path: string; message: string }[];
      total: number;
    }
  | { status: "conflict"; conflicts: Conflict[] }
  | { status: "kv_unreadable"; message: string };

/** A list that ends where `next` says how to go on, or the reason why there is none. */
export type PageOf<T> = { ok: true; items: T[]; next: string | null } | Unreadable;

type Unreadable = { ok: false; message: string };

/** A record in KV has at most 25 MiB; it is held in memory to be written. */
const MAX_RECORD_BYTES = 20_000_000;
/** A page of problems is enough to begin with. */
const PROBLEMS_SAID = 100;
/** A call between objects carries at most 32 MiB. */
const MAX_PAGE_UNITS = 4_000_000;
const SAFETY_NET_MS = 15_000;
/**
 * Whoever looks at pages need not list KV for each of them: the free plan has 1,000 lists a day, and a look
 * takes four. What is published here is known at once, and what is asked for by its key is looked at.
 */
const LOOKS_APART_MS = 10 * 60_000;

/**
 * Publishes documents, one publish after the other: checked against what the documents are now,
 * committed whole, then brought to the Relays and to KV behind the caller's back. It knows what it
 * published better than KV shows it; what others do to KV it sees when it looks, and takes over.
 */
export class Publisher {
  readonly #options: PublisherOptions;
  readonly #texts: TextStore;
  readonly #history: History;
  readonly #heads: Heads;
  readonly #state: PublishingState;
  readonly #look: Look;
  readonly #writer: KvWriter;
  readonly #teller: Teller;
  readonly #turns: Turns = { last: Promise.resolve() };
  #isWriting = false;

  constructor(options: PublisherOptions) {
    const { storage, env } = options;
    const { sql } = storage;
    const kv = env.MAPPINGS;
    this.#options = options;
    this.#texts = new TextStore(sql);
    this.#history = new History(sql, this.#texts);
    this.#heads = new Heads(sql);
    this.#state = new PublishingState(sql);
    const stores = { kv, texts: this.#texts, history: this.#history, heads: this.#heads };
    this.#teller = new Teller(sql, env, this.#heads, this.#texts);
    this.#look = new Look({
      storage,
      ...stores,
      tell: (publish, now) => this.#teller.plan(publish, now),
    });
    this.#writer = new KvWriter({
      state: this.#state,
      ...stores,
      look: async (keys) => {
        await inTurn(this.#turns, async () => this.#look.at(keys, Date.now()));
      },
      wrote: (publishes) => this.#teller.wrote(publishes, Date.now()),
    });
  }

  get isBusy(): boolean {
    return this.#isWriting || this.#teller.isBusy;
  }

  /** The documents in the order of their keys, from behind the key `after`; the first page looks at KV first. */
  async documents(after: string | null, limit: number): Promise<PageOf<PresentDocument>> {
    const unreadable = after === null ? await this.#lookAtAll() : null;
    if (unreadable !== null) return unreadable;
    const heads = this.#heads.present(after ?? "", limit + 1);
    const items: PresentDocument[] = [];
    let units = 0;
    for (const head of heads.slice(0, limit)) {
      if (units > MAX_PAGE_UNITS) break;
      const document = this.#document(head);
      if (document === null) continue;
      items.push(document);
      units += document.text.length;
    }
    return {
      ok: true,
      items,
      next: items.length < heads.length ? (items.at(-1)?.key ?? null) : null,
    };
  }

  /**
   * The documents below these prefixes (such as `mapping/`) in the order of their keys, without their
   * texts; what others did to KV in the last ten minutes may be missing.
   */
  async documentHeads(prefixes: string[]): Promise<DocumentHeads> {
    const unreadable = await this.#lookOnceInAWhile();
    const heads = prefixes.flatMap((prefix) => this.#heads.below(prefix));
    return {
      items: heads.flatMap(({ key, etag, by, at, publish, via }) =>
        etag === null ? [] : [{ key, etag, by, at: new Date(at).toISOString(), publish, via }],
      ),
      problem: unreadable?.message ?? null,
    };
  }

  /** The texts of these etags, at least one and as many as one call carries: the others are asked for again. */
  texts(etags: string[]): { etag: string; text: string }[] {
    const found: { etag: string; text: string }[] = [];
    let units = 0;
    for (const etag of etags) {
      if (units > MAX_PAGE_UNITS) break;
      const text = this.#texts.read(etag);
      found.push({ etag, text });
      units += text.length;
    }
    return found;
  }

  /** One document; null: there is none. */
  async document(
    key: string,
  ): Promise<{ ok: true; document: PresentDocument | null } | Unreadable> {
    if (!mayStandAmongDocuments(key)) return { ok: true, document: null };
    const unreadable = await this.#lookAt([key]);
    if (unreadable !== null) return unreadable;
    const head = this.#heads.find(key);
    return { ok: true, document: head === null ? null : this.#document(head) };
  }

  /** The documents of these keys; those that are not there are left out. */
  async documentsNamed(
    keys: string[],
  ): Promise<{ ok: true; items: PresentDocument[] } | Unreadable> {
    const possible = keys.filter(mayStandAmongDocuments);
    const unreadable = await this.#lookAt(possible);
    if (unreadable !== null) return unreadable;
    const heads = possible.flatMap((key) => this.#heads.find(key) ?? []);
    return { ok: true, items: heads.flatMap((head) => this.#document(head) ?? []) };
  }

  /** Publishes what a request (JSON as UTF-8) asks for, or says why nothing of it was published. */
  async publish(json: Uint8Array): Promise<PublishAnswer> {
    // Also read in its turn: texts take more memory than the bytes they come in.
    return await inTurn(this.#turns, async () => {
      const read = readPublishRequest(new TextDecoder().decode(json));
      if (!read.ok) return { status: "bad_request", path: read.path, message: read.message };
      const { request } = read;
      const problems = request.changes.flatMap(({ key, text }) =>
        documentProblems(key, text).map((problem) => ({ key, ...problem })),
      );
      return problems.length === 0
        ? await this.#publishNow(request)
        : {
            status: "invalid",
            problems: problems.slice(0, PROBLEMS_SAID),
            total: problems.length,
          };
    });
  }

  /**
   * Newest first, from before the id `before`. The first page looks at KV first, if KV can be read: of one
   * document at that alone; of all at all of it, or where that was done in the last ten minutes is `enough`,
   * not again.
   */
  async publishes(
    before: string | null,
    limit: number,
    key: string | null,
    enough = false,
  ): Promise<{ items: Publish[]; next: string | null }> {
    if (before === null && key !== null) await this.document(key);
    else if (before === null) await (enough ? this.#lookOnceInAWhile() : this.#lookAtAll());
    const found = this.#history.list(before, limit + 1, key, this.#state.problem);
    const items = found.slice(0, limit);
    return { items, next: items.length < found.length ? (items.at(-1)?.id ?? null) : null };
  }

  /** A publish without its texts: how much of it is in KV; null: there is none. */
  progress(id: string): Publish | null {
    return this.#history.find(id, this.#state.problem);
  }

  /** A publish in full ({@link PublishInFull}), as JSON that may be long; null: there is none. */
  publishInFull(id: string): ReadableStream<Uint8Array> | null {
    const publish = this.#history.find(id, this.#state.problem);
    return publish === null ? null : streamJson(publish, "changes", this.#history.changes(id));
  }

  /** Some documents of a publish with their texts, in the order of their keys, from behind the key `after`. */
  changes(
    id: string,
    after: string | null,
    limit: number,
  ): { items: Change[]; next: string | null } {
    const items: Change[] = [];
    let units = 0;
    for (const change of this.#history.changes(id, after)) {
      if (items.length === limit || units > MAX_PAGE_UNITS) {
        return { items, next: items.at(-1)?.key ?? null };
      }
      items.push(change);
      units += (change.before?.length ?? 0) + (change.after?.length ?? 0);
    }
    return { items, next: null };
  }

  /** What keeps KV from being written, and how many documents wait; null: nothing is in the way. */
  trouble(): { problem: string; documents: number } | null {
    const { problem } = this.#state;
    return problem === null ? null : { problem, documents: this.#heads.countUnwritten() };
  }

  /** Tells Relays and writes KV, as much as one invocation may; says when to go on, if there is more. */
  async work(): Promise<number | null> {
    const due = await Promise.all([this.#workOn(this.#tell), this.#workOn(this.#write)]);
    const next = Math.min(...due.filter((at) => at !== null));
    return Number.isFinite(next) ? next : null;
  }

  readonly #tell = async (): Promise<number | null> => {
    await this.#teller.tell();
    return this.#teller.dueAt(Date.now());
  };

  readonly #write = async (): Promise<number | null> => {
    // Whoever is at it sees at the end what has come meanwhile.
    if (this.#isWriting) return null;
    this.#isWriting = true;
    try {
      await this.#writer.write();
    } finally {
      this.#isWriting = false;
    }
    const now = Date.now();
    // What was written may be to be told.
    const due = [this.#writer.dueAt(now), this.#teller.dueAt(now)].filter((at) => at !== null);
    return due.length === 0 ? null : Math.min(...due);
  };

  /** One kind of work, which does not wait for the other; says when to go on, if that is later. */
  async #workOn(work: () => Promise<number | null>): Promise<number | null> {
    try {
      const due = await work();
      if (due === null || due > Date.now()) return due;
      this.#options.goOn();
      return null;
    } catch (error) {
      warn("publishing_crashed", { error: traceOf(error) });
      return Date.now() + SAFETY_NET_MS;
    }
  }

  /** In a turn of its own: nothing else is published meanwhile. */
  async #publishNow(request: PublishRequest): Promise<PublishAnswer> {
    const { changes, by, why, via, restores } = request;
    const unreadable = await this.#lookNow(changes.map(({ key }) => key));
    if (unreadable !== null) return { status: "kv_unreadable", message: unreadable.message };
    if (restores !== null && !(await this.#isKnown(restores))) {
      return {
        status: "bad_request",
        path: "restores",
        message: `There is no publish ${restores}.`,
      };
    }
    const heads = new Map(changes.map(({ key }) => [key, this.#heads.find(key)]));
    const conflicts = changes.flatMap(({ key, ifMatch }) => {
      const head = heads.get(key) ?? null;
      const etag = head?.etag ?? null;
      return etag === ifMatch ? [] : [{ key, etag, by: head?.by ?? null, at: isoOf(head) }];
    });
    if (conflicts.length > 0) return { status: "conflict", conflicts };
    const now = Date.now();
    const at = this.#history.nextTime(now);
    const id = publishId(at, Math.random());
    let bytes = 0;
    for (const { key, text } of changes) {
      const before = this.#texts.read(heads.get(key)?.etag ?? null);
      bytes += Buffer.byteLength(JSON.stringify({ key, before, after: text })) + 1;
    }
    if (bytes > MAX_RECORD_BYTES) {
      const message = "This and the previous texts are more than 20 MB: publish it in parts.";
      return { status: "too_large", message };
    }
    this.#options.storage.transactionSync(() => {
      const made = changes.map(({ key, text }) => ({
        key,
        before: heads.get(key)?.etag ?? null,
        after: this.#texts.keep(text),
      }));
      this.#history.add({ id, at, by, why, via, restores, changes: made }, "to write");
      for (const { key, after } of made) this.#heads.put(key, after, id, null);
      this.#teller.plan(id, now);
    });
    log("published", { id, via, documents: changes.length });
    this.#start();
    const publish = this.#history.find(id, this.#state.problem);
    if (publish === null) throw new Error(`${historyKey(id)} was committed and is not there`);
    return { status: "published", publish };
  }

  /** Has the work done that was just committed. */
  #start(): void {
    this.#options.wakeBy(Date.now() + SAFETY_NET_MS);
    this.#options.goOn();
  }

  /** Whether there is such a publish, also one that KV alone has the record of. */
  async #isKnown(id: string): Promise<boolean> {
    if (this.#history.has(id)) return true;
    if (!PUBLISH_ID.test(id)) return false;
    try {
      await this.#look.forRecord(id);
    } catch (error) {
      warn("kv_unreadable", { error: String(error) });
    }
    return this.#history.has(id);
  }

  async #lookAtAll(): Promise<Unreadable | null> {
    return await inTurn(this.#turns, () => this.#lookNow(null));
  }

  /** Those who come together look once. */
  async #lookOnceInAWhile(): Promise<Unreadable | null> {
    const isFresh = (): boolean => {
      const { lookedAt } = this.#state;
      return (
        lookedAt !== null && isStillAhead(lookedAt + LOOKS_APART_MS, Date.now(), LOOKS_APART_MS)
      );
    };
    if (isFresh()) return null;
    return await inTurn(this.#turns, async () => (isFresh() ? null : await this.#lookNow(null)));
  }

  async #lookAt(keys: string[]): Promise<Unreadable | null> {
    return await inTurn(this.#turns, () => this.#lookNow(keys));
  }

  /** Looks at documents of KV (null: all), in a turn; the very first time at all. Says why it cannot. */
  async #lookNow(keys: string[] | null): Promise<Unreadable | null> {
    const now = Date.now();
    const first = this.#state.lookedAt === null;
    try {
      const isNews =
        first || keys === null
          ? await this.#look.atAll(first, now)
          : await this.#look.at(keys, now);
      if (isNews) this.#start();
      if (first || keys === null) this.#state.looked(now);
      return null;
    } catch (error) {
      warn("kv_unreadable", { error: String(error) });
      const message = `KV could not be read (${String(error)}). Nothing was changed; try again.`;
      return { ok: false, message };
    }
  }

  #document(head: Head): PresentDocument | null {
    const { key, etag, by, at, publish } = head;
    if (etag === null) return null;
    const text = this.#texts.read(etag);
    return { key, text, etag, by, at: new Date(at).toISOString(), publish };
  }
}

function isoOf(head: Head | null): string | null {
  return head === null ? null : new Date(head.at).toISOString();
}
