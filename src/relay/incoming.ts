import { gzipSync } from "node:zlib";
import { pathOfEvent } from "../gitlab/event-path.ts";
import { identityOf } from "../gitlab/identity.ts";
import { parseEvent } from "../gitlab/parse-event.ts";
import { readPayload } from "../gitlab/read-payload.ts";

/** A verified webhook on its way to its Relay: what is stored, and what lists show of it. */
export type Incoming = {
  /** Its identity: 22 characters. */
  key: string;
  types: string[];
  path: string | null;
  title: string | null;
  hookName: string | null;
  hookPath: string | null;
  /** Length of the body as GitLab sent it, in bytes. */
  size: number;
  encoding: "plain" | "gzip";
  /** The body, whole, in pieces that fit a SQLite value. */
  chunks: Uint8Array[];
  /** JSON of the outline of a body too large to be parsed whole; else null. */
  outline: string | null;
  unreadable: boolean;
};

/** Bodies up to this size are stored as they are: compressing would cost more than it saves. */
const PLAIN_BYTES = 64 * 1024;
const CHUNK_BYTES = 1_000_000;

/** Makes a verified request into what its Relay takes. */
export function incomingFrom(
  headers: Headers,
  body: Uint8Array,
  hookPath: string | null,
): Incoming {
  const read = readPayload(body);
  const hookName = headers.get("x-gitlab-event");
  const event =
    read === null
      ? null
      : parseEvent(read.payload, { id: "", hookName, hookPath, large: read.large });
  const compressed = body.byteLength > PLAIN_BYTES;
  return {
    key: identityOf(headers, body),
    types: event?.types ?? ["unreadable"],
    path: read === null ? hookPath : pathOfEvent(read.payload, hookPath),
    title: event?.title?.slice(0, 300) ?? null,
    hookName,
    hookPath,
    size: body.byteLength,
    encoding: compressed ? "gzip" : "plain",
    chunks: split(compressed ? gzipSync(body, { level: 1 }) : body),
    outline: read?.large === true ? JSON.stringify(read.payload) : null,
    unreadable: read === null,
  };
}

function split(bytes: Uint8Array): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length || at === 0; at += CHUNK_BYTES) {
    chunks.push(bytes.subarray(at, at + CHUNK_BYTES));
  }
  return chunks;
}
