import { EDITED_OUTSIDE, FOUND_AT_FIRST } from "../../publishing/outside-words.ts";
import type { HistoryRecord } from "../../publishing/history-record.ts";
import { lastPublished, outsideEdits } from "../../publishing/outside-edits.ts";
import { changeKind, KEYS_NAMED, type Publish } from "../../publishing/publish.ts";
import type { FoundDocument } from "../../publishing/present-document.ts";

/** The id of edits that are seen in KV and not recorded yet; they get one of their own when they are. */
export const OUTSIDE = "outside";

/**
 * A record, and whether the writing of its documents came to its end; null: it does not say, as those of
 * the Worker's own publishes, which it may still be writing.
 */
export type Kept = HistoryRecord & { finished: boolean | null };

/**
 * What somebody changed in KV since the last record of each document, as one entry; null: nothing.
 * What a publish meant to write and did not, or not yet, is none of it.
 */
export function unrecordedEdits(
  present: FoundDocument[],
  records: Kept[],
  now: number,
): Kept | null {
  const last = new Map(
    records.flatMap(({ changes, finished }) =>
      changes.map(({ key, before }) => [key, { before, finished }] as const),
    ),
  );
  const texts = new Map(present.map(({ key, text }) => [key, text]));
  const edits = outsideEdits(texts, lastPublished(records)).filter(({ key, after }) => {
    const record = last.get(key);
    return record === undefined || record.finished === true || record.before !== after;
  });
  if (edits.length === 0) return null;
  const edited = new Set(edits.map(({ key }) => key));
  const editors = new Set(present.filter(({ key }) => edited.has(key)).map(({ by }) => by));
  const [editor = null] = editors;
  return {
    id: OUTSIDE,
    at: new Date(now).toISOString(),
    by: editors.size === 1 ? editor : null,
    why: records.length === 0 ? FOUND_AT_FIRST : EDITED_OUTSIDE,
    via: "outside",
    restores: null,
    changes: edits,
    finished: true,
  };
}

/** A record as a list shows it. */
export function summaryOf(record: HistoryRecord, written: number, problem: string | null): Publish {
  const { changes, id, at, by, why, via, restores } = record;
  const keys = changes.slice(0, KEYS_NAMED);
  return {
    id,
    at,
    by,
    why,
    via,
    restores,
    keys: keys.map((change) => ({ key: change.key, kind: changeKind(change) })),
    total: changes.length,
    written,
    problem,
  };
}
