import { inTime } from "../in-time.ts";
import { readInHalves } from "../read-in-halves.ts";
import { readDocumentMetadata } from "./history-record.ts";

/** What KV shows of a document: its text (null: none), who wrote it and with which publish, if known. */
export type InKv = { key: string; text: string | null; by: string | null; publish: string | null };

/** What KV gives in one go. @see https://developers.cloudflare.com/kv/api/read-key-value-pairs/ */
const KEYS_PER_READ = 100;
/** The least that KV allows. */
const CACHE_SECONDS = 30;
const PATIENCE_MS = 10_000;

/** All keys below a prefix, as KV lists them, with the publish that wrote each, if that is known. */
export async function listKeys(
  kv: KVNamespace,
  prefix: string,
): Promise<{ key: string; publish: string | null }[]> {
  const keys: { key: string; publish: string | null }[] = [];
  let cursor: string | undefined;
  do {
    const page = await inTime(
      PATIENCE_MS,
      kv.list({ prefix, ...(cursor === undefined ? {} : { cursor }) }),
    );
    for (const { name, metadata } of page.keys) {
      keys.push({ key: name, publish: readDocumentMetadata(metadata).publish });
    }
    cursor = page.list_complete ? undefined : page.cursor;
  } while (cursor !== undefined);
  return keys;
}

/** What KV shows at these keys, some at a time (at most 25 MB); a copy may be 90 s old. */
export async function* readKeys(
  kv: KVNamespace,
  keys: string[],
  atATime = KEYS_PER_READ,
): AsyncGenerator<InKv[]> {
  for (let at = 0; at < keys.length; at += atATime) {
    yield* readInHalves(keys.slice(at, at + atATime), (asked) => read(kv, asked));
  }
}

async function read(kv: KVNamespace, keys: string[]): Promise<InKv[]> {
  const found = await inTime(
    PATIENCE_MS,
    kv.getWithMetadata(keys, { type: "text", cacheTtl: CACHE_SECONDS }),
  );
  return keys.map((key) => {
    // A key that is not there has no entry, or one that is null or has nulls.
    const entry = found.get(key) ?? null;
    return { key, text: entry?.value ?? null, ...readDocumentMetadata(entry?.metadata) };
  });
}
