import type { HistoryRecord } from "./history-record.ts";

/** A document that somebody changed without publishing: what it was, and is; null where there was or is none. */
export type OutsideEdit = { key: string; before: string | null; after: string | null };

/**
 * What differs between the documents that are `present` and those last `published` (null: removed), in
 * the order of the keys. Both have texts, or both have etags.
 */
export function outsideEdits(
  present: ReadonlyMap<string, string>,
  published: ReadonlyMap<string, string | null>,
): OutsideEdit[] {
  const keys = [...new Set([...present.keys(), ...published.keys()])].toSorted();
  return keys
    .map((key) => ({ key, before: published.get(key) ?? null, after: present.get(key) ?? null }))
    .filter(({ before, after }) => before !== after);
}

/** The text that each document has if nobody but these publishes changed any; null: removed. */
export function lastPublished(records: HistoryRecord[]): Map<string, string | null> {
  const inOrder = records.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return new Map(inOrder.flatMap(({ changes }) => changes.map(({ key, after }) => [key, after])));
}
