import { SLACK_MAPPINGS, GITLAB_MAPPINGS } from "../mappings/mapping-keys.ts";

/** What a KV key is the document of. */
export type DocumentKind = "gitlab mapping" | "slack mapping" | "destination" | "person";

const PREFIXES: [prefix: string, kind: DocumentKind][] = [
  [GITLAB_MAPPINGS, "gitlab mapping"],
  [SLACK_MAPPINGS, "slack mapping"],
  ["destination/", "destination"],
  ["person/", "person"],
];

/** Below these prefixes are all documents, and nothing else of Causeway's. */
export const DOCUMENT_PREFIXES = ["destination/", "mapping/", "person/"];

/** The longest key that KV takes, in bytes. @see https://developers.cloudflare.com/kv/platform/limits/ */
export const MAX_KEY_BYTES = 512;

/** What the document of a key is; null: no document can have this key. */
export function documentKind(key: string): DocumentKind | null {
  const found = PREFIXES.find(([prefix]) => key.startsWith(prefix) && key.length > prefix.length);
  return found === undefined || !mayStandAmongDocuments(key) ? null : found[1];
}

/** Whether a key may be found where documents are, also one that is no kind of document. */
export function mayStandAmongDocuments(key: string): boolean {
  return (
    DOCUMENT_PREFIXES.some((prefix) => key.startsWith(prefix)) &&
    key.isWellFormed() &&
    Buffer.byteLength(key) <= MAX_KEY_BYTES
  );
}
