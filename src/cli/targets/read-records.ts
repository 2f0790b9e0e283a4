import {
  HISTORY_PREFIX,
  readHistoryRecord,
  type HistoryRecord,
} from "../../publishing/history-record.ts";
import { inBatches } from "./in-batches.ts";
import type { KvStore } from "./kv-store.ts";
import type { Kept } from "./recorded-history.ts";
import type { FoundDocument } from "../../publishing/present-document.ts";

/** How many records are read in one go. */
const AT_ONCE = 50;

/** Records from the newest on, `kept` in the order of time; `all`: there are no older ones. */
type Read = { kept: Kept[]; all: boolean };

/**
 * Reads records, the newest first, until `enough` says so. It is told too how many
 * documents the last publish left, if that is known. A record that somebody damaged is none.
 */
export async function readRecords(
  kv: KvStore,
  enough: (kept: Kept[], documents: number | null) => boolean,
  stop?: AbortSignal,
): Promise<Read> {
  const listed = (await kv.list(HISTORY_PREFIX, stop)).toReversed();
  const documents = documentsAfter(listed[0]?.metadata);
  let kept: Kept[] = [];
  for (const batch of inBatches(listed, AT_ONCE)) {
    if (enough(kept, documents)) return { kept, all: false };
    const values = await kv.get(
      batch.map(({ key }) => key),
      stop,
    );
    const read = [...values.values()].flatMap(({ text, metadata }) => {
      const record = readHistoryRecord(text);
      return record === null ? [] : [{ ...record, finished: isFinished(record, metadata) }];
    });
    kept = [...read.toSorted((a, b) => (a.id < b.id ? -1 : 1)), ...kept];
  }
  return { kept, all: true };
}

/**
 * Whether these records are enough to know that nobody edited a document past Causeway: each is as a
 * publish signed it, or as its last record has it, and none is missing.
 */
export function showNoEdits(
  present: FoundDocument[],
  kept: Kept[],
  documents: number | null,
): boolean {
  if (documents !== present.length) return false;
  const last = new Map(
    kept.flatMap(({ changes }) => changes.map(({ key, after }) => [key, after] as const)),
  );
  return present.every(({ key, text, publish }) => publish !== null || last.get(key) === text);
}

/**
 * What stands in a record's metadata besides, of a direct target: how many documents there are when all
 * of it is written; null: it is being written, which stays there when that breaks off.
 */
export function recordMetadata(documents: number | null): object {
  return documents === null ? { unfinished: true } : { documents };
}

/** How many documents there were after a publish; null: its writing broke off, or it does not say. */
function documentsAfter(metadata: unknown): number | null {
  const { documents } = (metadata ?? {}) as { documents?: unknown };
  return typeof documents === "number" ? documents : null;
}

/** Edits past Causeway were in KV before they were recorded; of other records only a direct target's say. */
function isFinished({ via }: HistoryRecord, metadata: unknown): boolean | null {
  if (via === "outside" || documentsAfter(metadata) !== null) return true;
  const { unfinished } = (metadata ?? {}) as { unfinished?: unknown };
  return unfinished === undefined ? null : false;
}
