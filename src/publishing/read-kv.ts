import { inTime } from "../in-time.ts";
import { DOCUMENT_PREFIXES } from "./document-kind.ts";
import { readDocumentMetadata } from "./history-record.ts";

/** What KV shows of a document: its text (null: none), who wrote it and with which publish, if known. */
export type InKv = { key: string; text: string | null; by: string | null; publish: string | null };

/** What KV gives in one go. @see https://developers.cloudflare.com/kv/api/read-key-value-pairs/ */
const KEYS_PER_READ = 100;
/** The least that KV allows. */
const CACHE_SECONDS = 30;
const PATIENCE_MS = 10_000;

/** The keys of all documents that KV lists. */
export async function documentKeys(kv: KVNamespace): Promise<string[]> {
  const lists = await Promise.all(DOCUMENT_PREFIXES.map((prefix) => listKeys(kv, prefix)));
  return lists.flat();
}

/** All keys below a prefix, as KV lists them. */
export async function listKeys(kv: KVNamespace, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await inTime(
      PATIENCE_MS,
      kv.list({ prefix, ...(cursor === undefined ? {} : { cursor }) }),
    );
    keys.push(...page.keys.map(({ name }) => name));
    cursor = page.list_complete ? undefined : page.cursor;
  } while (cursor !== undefined);
  return keys;
}

/** What KV shows at these keys; a copy may be 90 s old. */
export async function readKeys(kv: KVNamespace, keys: string[]): Promise<InKv[]> {
  const found: InKv[] = [];
  for (let at = 0; at < keys.length; at += KEYS_PER_READ) {
    const asked = keys.slice(at, at + KEYS_PER_READ);
    const read = await inTime(
      PATIENCE_MS,
      kv.getWithMetadata(asked, { type: "text", cacheTtl: CACHE_SECONDS }),
    );
    for (const key of asked) {
      // A key that is not there has no entry, or one that is null or has nulls.
      const entry = read.get(key) ?? null;
      found.push({ key, text: entry?.value ?? null, ...readDocumentMetadata(entry?.metadata) });
    }
  }
  return found;
}
