import * as z from "zod/mini";
import { PUBLISH_ID } from "./publish-id.ts";

/** Below this prefix KV keeps who published what, when and why; see {@link HistoryRecord}. */
export const HISTORY_PREFIX = "history/";

export function historyKey(id: string): string {
  return HISTORY_PREFIX + id;
}

const Text = z.nullable(z.string());

/**
 * The value of `history/<id>`: a publish with the texts of its documents before and after, null where
 * there was or is none. The Worker and whoever writes KV directly leave it for each other.
 */
export const HistoryRecord = z.object({
  id: z.string().check(z.regex(PUBLISH_ID)),
  /** ISO 8601 */
  at: z.iso.datetime(),
  by: Text,
  why: z.string(),
  via: z.enum(["console", "command line", "api", "outside"]),
  /** The publish whose previous texts this one puts back. */
  restores: z._default(Text, null),
  changes: z.array(z.object({ key: z.string(), before: Text, after: Text })),
});
export type HistoryRecord = z.infer<typeof HistoryRecord>;

/** Reads a record; null when it is none. */
export function readHistoryRecord(text: string): HistoryRecord | null {
  try {
    const read = HistoryRecord.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** KV's metadata of a record: what a list says of it without reading it. */
export type HistoryMetadata = { at: string; by: string | null; why: string; total: number };

const MAX_WORDS = 200;
/** As JSON. KV takes a kilobyte of metadata. @see https://developers.cloudflare.com/kv/platform/limits/ */
const MAX_WORDS_BYTES = 400;

export function historyMetadata({
  at,
  by,
  why,
  changes,
}: Pick<HistoryRecord, "at" | "by" | "why"> & { changes: { length: number } }): HistoryMetadata {
  return { at, by: by === null ? null : cut(by), why: cut(why), total: changes.length };
}

/** KV's metadata of a document that was published: who did it, and which publish it was. */
export type DocumentMetadata = { by: string | null; publish: string };

export function documentMetadata(by: string | null, publish: string): DocumentMetadata {
  return { by: by === null ? null : cut(by), publish };
}

/** What a document's metadata says, whoever wrote it. */
export function readDocumentMetadata(metadata: unknown): {
  by: string | null;
  publish: string | null;
} {
  const said = Metadata.safeParse(metadata);
  if (!said.success) return { by: null, publish: null };
  const { by, publish } = said.data;
  return {
    by: typeof by === "string" && by !== "" ? cut(by) : null,
    publish: typeof publish === "string" && PUBLISH_ID.test(publish) ? publish : null,
  };
}

const Metadata = z.object({ by: z.optional(z.unknown()), publish: z.optional(z.unknown()) });

function cut(words: string): string {
  let short = words.slice(0, MAX_WORDS).toWellFormed();
  while (Buffer.byteLength(JSON.stringify(short)) > MAX_WORDS_BYTES) {
    short = short.slice(0, -1).toWellFormed();
  }
  return short;
}
