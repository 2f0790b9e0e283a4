import type { HistoryRecord } from "./history-record.ts";

/** How many of a publish's documents it names; the others are counted. */
export const KEYS_NAMED = 50;

/** How many documents one publish may change. */
export const MAX_CHANGES = 5_000;
/** So many characters a publish may say of why it is. */
export const MAX_WHY = 2_000;

/** Through what a publish was made; `outside`: somebody wrote KV themselves, and it was found there. */
export type Via = HistoryRecord["via"];

export type ChangeKind = "added" | "changed" | "removed";

/** One document of a publish: its texts before and after; null where there was or is none. */
export type Change = { key: string; before: string | null; after: string | null };

/** A publish as `/admin/api/publishes` says it. */
export type Publish = {
  id: string;
  /** ISO 8601 */
  at: string;
  /** Who; null: nobody knows. */
  by: string | null;
  why: string;
  via: Via;
  /** The publish whose previous texts this one put back. */
  restores: string | null;
  /** The first {@link KEYS_NAMED} of its documents. */
  keys: { key: string; kind: ChangeKind }[];
  total: number;
  /** How many of its documents are in KV. */
  written: number;
  /** Why the others are not yet; null: nothing is in the way. */
  problem: string | null;
};

/** A publish with all its documents, as `/admin/api/publishes/<id>` says it. */
export type PublishInFull = Publish & { changes: Change[] };

/** What a change did to a document. */
export function changeKind({ before, after }: { before: unknown; after: unknown }): ChangeKind {
  if (before === null) return "added";
  return after === null ? "removed" : "changed";
}

/** What somebody wants published. `ifMatch` is the etag the document has to have; null: it must be absent. */
export type PublishRequest = {
  /** Null: a program that does not say. */
  by: string | null;
  why: string;
  via: Exclude<Via, "outside">;
  restores: string | null;
  changes: { key: string; text: string | null; ifMatch: string | null }[];
};
