import { setTimeout as pause } from "node:timers/promises";
import type { Context } from "../context.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import { DOCUMENT_PREFIXES, mayStandAmongDocuments } from "../../publishing/document-kind.ts";
import { etagOf } from "../../publishing/etag.ts";
import {
  HISTORY_PREFIX,
  historyKey,
  historyMetadata,
  readDocumentMetadata,
  readHistoryRecord,
  type HistoryRecord,
} from "../../publishing/history-record.ts";
import { publishId } from "../../publishing/publish-id.ts";
import type { PublishRequest } from "../../publishing/publish.ts";
import { conflict } from "./conflict.ts";
import { invalid, invalidDocuments } from "./invalid-documents.ts";
import type { KvStore } from "./kv-store.ts";
import { summaryOf, OUTSIDE, unrecordedEdits, type Kept } from "./recorded-history.ts";
import type { Onlooker, PresentDocument, Target } from "./target.ts";
import { writeDocuments } from "./write-documents.ts";

/**
 * A KV namespace without the Worker between: what is there is compared just before the writing, which
 * is best effort (KV knows no condition on a write). Each publish leaves its record first, then writes
 * what others refer to before what refers to it. Edits that nobody recorded are recorded with it.
 */
export function kvTarget({ now }: Context, kv: KvStore): Target {
  async function read(): Promise<PresentDocument[]> {
    const keys: string[] = [];
    for (const prefix of DOCUMENT_PREFIXES) keys.push(...(await kv.list(prefix)));
    const values = await kv.get(keys.filter((key) => mayStandAmongDocuments(key)));
    return [...values]
      .map(([key, { text, metadata }]) => {
        const { by, publish } = readDocumentMetadata(metadata);
        const at = publish === null ? null : timeOf(publish);
        return { key, text, etag: etagOf(text), by, at, publish };
      })
      .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  }

  /** Oldest first. A record that somebody damaged is none. */
  async function records(): Promise<Kept[]> {
    const values = await kv.get(await kv.list(HISTORY_PREFIX));
    return [...values.values()]
      .flatMap(({ text, metadata }) => {
        const read = readHistoryRecord(text);
        return read === null ? [] : [{ ...read, finished: !isUnfinished(metadata) }];
      })
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }

  async function record(entry: HistoryRecord, finished: boolean): Promise<void> {
    const metadata = { ...historyMetadata(entry), ...(finished ? {} : UNFINISHED) };
    await kv.put([{ key: historyKey(entry.id), text: JSON.stringify(entry), metadata }]);
  }

  /** Records what is about to be written. */
  async function announce(made: HistoryRecord): Promise<void> {
    try {
      await record(made, false);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw new Refusal(error.code, `Nothing was published. ${error.message}`);
    }
  }

  /** Records that all of it is written. */
  async function close(made: HistoryRecord): Promise<void> {
    try {
      await record(made, true);
    } catch (error) {
      // All is written, which is what counts; an edit by hand that undoes it may be taken for unfinished.
      if (!(error instanceof Refusal)) throw error;
    }
  }

  /** What there is to see, with edits that are not recorded yet as one entry of its own. */
  async function everything(): Promise<{ present: PresentDocument[]; entries: Kept[] }> {
    const [present, kept] = [await read(), await records()];
    const edits = unrecordedEdits(present, kept, now());
    return { present, entries: edits === null ? kept : [...kept, edits] };
  }

  async function publish(request: PublishRequest, onlooker: Onlooker) {
    const problems = invalidDocuments(request.changes);
    if (problems.length > 0) throw invalid(problems);
    const { present, entries } = await everything();
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
      await record({ ...outside, id: editsId }, true);
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
    await announce(made);
    const writableAt = Date.now() + kv.pauseMs;
    await writeDocuments(kv, made, onlooker);
    await pause(Math.max(0, writableAt - Date.now()));
    await close(made);
    return summaryOf(made, made.changes.length, null);
  }

  return {
    name: kv.name,
    address: kv.address,
    read,
    publish,
    async history({ key, limit }) {
      const { present, entries } = await everything();
      const wanted = entries.filter(
        ({ changes }) => key === null || changes.some((change) => change.key === key),
      );
      return wanted
        .toReversed()
        .slice(0, limit)
        .map((entry) => summaryIn(entry, entries, present));
    },
    async entry(id) {
      const { present, entries } = await everything();
      const found = entries.find((each) => each.id === id);
      if (found === undefined) {
        throw new Refusal(
          "not_found",
          `${kv.name} has no publish ${id}. "causeway history" lists them.`,
          EXIT.refused,
        );
      }
      return { ...summaryIn(found, entries, present), changes: found.changes };
    },
    close: () => kv.close(),
  };
}

/** The metadata of a record while its documents are being written: it stays when that breaks off. */
const UNFINISHED = { unfinished: true };

function isUnfinished(metadata: unknown): boolean {
  return typeof metadata === "object" && metadata !== null && "unfinished" in metadata;
}

/** An entry with how much of it is in KV: all, as soon as somebody published the document again. */
function summaryIn(entry: Kept, entries: Kept[], present: PresentDocument[]) {
  const texts = new Map(present.map(({ key, text }) => [key, text]));
  const later = new Set(
    entries
      .slice(entries.findIndex(({ id }) => id === entry.id) + 1)
      .flatMap(({ changes }) => changes.map(({ key }) => key)),
  );
  const missing = entry.changes.filter(
    ({ key, before, after }) =>
      !entry.finished &&
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
