import { setTimeout as pause } from "node:timers/promises";
import type { Context } from "../context.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import { DOCUMENT_PREFIXES, mayStandAmongDocuments } from "../../publishing/document-kind.ts";
import { etagOf } from "../../publishing/etag.ts";
import {
  historyKey,
  historyMetadata,
  readDocumentMetadata,
  type HistoryRecord,
} from "../../publishing/history-record.ts";
import { publishId } from "../../publishing/publish-id.ts";
import type { PublishRequest } from "../../publishing/publish.ts";
import { conflict } from "./conflict.ts";
import { invalid, invalidDocuments } from "./invalid-documents.ts";
import type { KvStore } from "./kv-store.ts";
import { stopped } from "./pause-unless.ts";
import { readRecords, recordMetadata, showNoEdits } from "./read-records.ts";
import { summaryOf, OUTSIDE, unrecordedEdits, type Kept } from "./recorded-history.ts";
import type { FoundDocument } from "../../publishing/present-document.ts";
import type { Onlooker, Target } from "./target.ts";
import { writeDocuments } from "./write-documents.ts";

/**
 * A KV namespace without the Worker between: what is there is compared just before the writing, which
 * is best effort (KV knows no condition on a write). Each publish leaves its record first, then writes
 * what others refer to before what refers to it. Edits that nobody recorded are recorded with it.
 */
export function kvTarget({ now }: Context, kv: KvStore): Target {
  async function read(stop?: AbortSignal): Promise<FoundDocument[]> {
    const keys: string[] = [];
    for (const prefix of DOCUMENT_PREFIXES) {
      keys.push(...(await kv.list(prefix, stop)).map(({ key }) => key));
    }
    const values = await kv.get(
      keys.filter((key) => mayStandAmongDocuments(key)),
      stop,
    );
    return [...values]
      .map(([key, { text, metadata }]) => {
        const { by, publish } = readDocumentMetadata(metadata);
        const at = publish === null ? null : timeOf(publish);
        return { key, text, etag: etagOf(text), by, at, publish };
      })
      .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  }

  /** Records a publish; `documents` is how many there are when all of it is written, null: it is not yet. */
  async function record(
    entry: HistoryRecord,
    documents: number | null,
    stop: AbortSignal,
  ): Promise<void> {
    const metadata = { ...historyMetadata(entry), ...recordMetadata(documents) };
    await kv.put([{ key: historyKey(entry.id), text: JSON.stringify(entry), metadata }], stop);
  }

  /** Records what is about to be written. */
  async function announce(made: HistoryRecord, stop: AbortSignal): Promise<void> {
    if (stop.aborted) throw stopped();
    try {
      await record(made, null, stop);
    } catch (error) {
      if (!(error instanceof Refusal) || stop.aborted) throw error;
      throw new Refusal(error.code, `Nothing was published. ${error.message}`);
    }
  }

  /** Records that all of it is written. */
  async function close(made: HistoryRecord, documents: number, stop: AbortSignal): Promise<void> {
    try {
      await record(made, documents, stop);
    } catch (error) {
      // All is written, which is what counts; an edit by hand that undoes it may be taken for unfinished.
      if (!(error instanceof Refusal)) throw error;
    }
  }

  /**
   * What there is to see, as far as it is needed, oldest first, with edits that are not recorded yet as
   * one entry of its own.
   */
  async function look(
    isEnough: (kept: Kept[]) => boolean,
    stop?: AbortSignal,
  ): Promise<{ present: FoundDocument[]; entries: Kept[] }> {
    const present = await read(stop);
    const { kept, all } = await readRecords(
      kv,
      (read, count) => showNoEdits(present, read, count) && isEnough(read),
      stop,
    );
    const edits = all ? unrecordedEdits(present, kept, now()) : null;
    return { present, entries: edits === null ? kept : [...kept, edits] };
  }

  async function publish(request: PublishRequest, onlooker: Onlooker) {
    const { stop } = onlooker;
    const problems = invalidDocuments(request.changes);
    if (problems.length > 0) throw invalid(problems);
    const { present, entries } = await look(() => true, stop);
    const byKey = new Map(present.map((document) => [document.key, document]));
    const strayed = request.changes.filter(
      ({ key, ifMatch }) => (byKey.get(key)?.etag ?? null) !== ifMatch,
    );
    if (strayed.length > 0) {
      throw conflict(strayed.map(({ key }) => ({ key, by: null, at: null, ...byKey.get(key) })));
    }
    const edits = entries.find(({ id }) => id === OUTSIDE);
    const editsId = edits === undefined ? null : publishId(now() - 1, Math.random());
    if (edits !== undefined && editsId !== null) {
      const { finished: _finished, ...outside } = edits;
      if (stop.aborted) throw stopped();
      await record({ ...outside, id: editsId }, present.length, stop);
    }
    const made: HistoryRecord = {
      id: publishId(now(), Math.random()),
      at: new Date(now()).toISOString(),
      by: request.by,
      why: request.why,
      via: request.via,
      restores: request.restores === OUTSIDE ? editsId : request.restores,
      changes: request.changes.map(({ key, text }) => ({
        key,
        before: byKey.get(key)?.text ?? null,
        after: text,
      })),
    };
    await announce(made, stop);
    const writableAt = Date.now() + kv.pauseMs;
    await writeDocuments(kv, made, onlooker);
    await pause(Math.max(0, writableAt - Date.now()));
    const removed = made.changes.filter(({ before, after }) => before !== null && after === null);
    const added = made.changes.filter(({ before, after }) => before === null && after !== null);
    await close(made, present.length + added.length - removed.length, stop);
    return summaryOf(made, made.changes.length, null);
  }

  return {
    name: kv.name,
    address: kv.address,
    read: () => read(),
    publish,
    async history({ key, limit }) {
      const wanted = (records: Kept[]): Kept[] =>
        records.filter(
          ({ changes }) => key === null || changes.some((change) => change.key === key),
        );
      const { present, entries } = await look((read) => wanted(read).length >= limit);
      return wanted(entries)
        .toReversed()
        .slice(0, limit)
        .map((entry) => summaryIn(entry, entries, present));
    },
    async entry(id) {
      const { present, entries } = await look((read) => read.some((each) => each.id === id));
      const found = entries.find((each) => each.id === id);
      if (found === undefined) {
        throw new Refusal(
          "not_found",
          `${kv.name} has no publish ${id}. "causeway history" lists them.`,
          EXIT.usage,
        );
      }
      return { ...summaryIn(found, entries, present), changes: found.changes };
    },
    close: () => kv.close(),
  };
}

/** An entry with how much of it is in KV: all, as soon as somebody published the document again. */
function summaryIn(entry: Kept, entries: Kept[], present: FoundDocument[]) {
  const texts = new Map(present.map(({ key, text }) => [key, text]));
  const later = new Set(
    entries
      .slice(entries.findIndex(({ id }) => id === entry.id) + 1)
      .flatMap(({ changes }) => changes.map(({ key }) => key)),
  );
  const missing = entry.changes.filter(
    ({ key, before, after }) =>
      entry.finished === false &&
      !later.has(key) &&
      (texts.get(key) ?? null) !== after &&
      (texts.get(key) ?? null) === before,
  );
  const problem =
    missing.length === 0 ? null : "the writing broke off; the same push again writes the rest";
  return summaryOf(entry, entry.changes.length - missing.length, problem);
}

/** The second in which a publish was made: its id begins with it. */
function timeOf(id: string): string {
  return id.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z.*$/, "$1-$2-$3T$4:$5:$6Z");
}
