import { gzipSync } from "node:zlib";
import type { RefResult } from "./ref-statuses.ts";

/** A verified request of GitLab's or Slack's on its way to its Relay: what is stored, and what lists show of it. */
export type Incoming = {
  /** Its identity: 22 characters. */
  key: string;
  /** What it counts as by itself; how a pipeline compares with the one before its Relay adds. */
  types: string[];
  path: string | null;
  title: string | null;
  hookName: string | null;
  hookPath: string | null;
  /** Length of the body, in bytes. */
  size: number;
  encoding: "plain" | "gzip";
  /** The body, whole, in pieces that fit a SQLite value. */
  chunks: Uint8Array[];
  /** JSON of the outline of a body too large to be parsed whole; else null. */
  outline: string | null;
  unreadable: boolean;
  /** A finished pipeline that GitLab has not compared with the one before on its ref; else null. */
  pipelineResult: RefResult | null;
};

/** Bodies up to this size are stored as they are: compressing would cost more than it saves. */
const PLAIN_BYTES = 64 * 1024;
const CHUNK_BYTES = 1_000_000;
/** A body as it is stored. */
export function storedBody(body: Uint8Array): Pick<Incoming, "size" | "encoding" | "chunks"> {
  const compressed = body.byteLength > PLAIN_BYTES;
  return {
    size: body.byteLength,
    encoding: compressed ? "gzip" : "plain",
    chunks: split(compressed ? gzipSync(body, { level: 1 }) : body),
  };
}

function split(bytes: Uint8Array): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length || at === 0; at += CHUNK_BYTES) {
    chunks.push(bytes.subarray(at, at + CHUNK_BYTES));
  }
  return chunks;
}
