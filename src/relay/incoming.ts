import { gzipSync } from "node:zlib";
import { pathOfEvent } from "../gitlab/event-path.ts";
import { identityOf } from "../gitlab/identity.ts";
import { field, text, type JsonObject } from "../json.ts";
import { summarizeEvent, type EventSummary } from "../gitlab/parse-event.ts";
import { pipelineResultOf } from "../gitlab/kinds/pipeline.ts";
import { readPayload } from "../gitlab/read-payload.ts";
import type { RefResult } from "./ref-statuses.ts";

/** A verified webhook on its way to its Relay: what is stored, and what lists show of it. */
export type Incoming = {
  /** Its identity: 22 characters. */
  key: string;
  /** What it counts as by itself; how a pipeline compares with the one before its Relay adds. */
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
  /** A finished pipeline that GitLab has not compared with the one before on its ref; else null. */
  pipelineResult: RefResult | null;
};

/** Bodies up to this size are stored as they are: compressing would cost more than it saves. */
const PLAIN_BYTES = 64 * 1024;
const CHUNK_BYTES = 1_000_000;
/** Git has no longer ones; a custom template that sends one must not fail its event in SQLite. */
const MAX_REF_LENGTH = 4_096;

/** Makes a verified request into what its Relay takes. */
export function incomingFrom(
  headers: Headers,
  body: Uint8Array,
  hookPath: string | null,
): Incoming {
  const read = readPayload(body);
  const hookName = headers.get("x-gitlab-event");
  const event = read === null ? null : summarizeEvent(read.payload);
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
    pipelineResult: read === null || event === null ? null : resultOf(event, read.payload),
  };
}

function resultOf(event: EventSummary, payload: JsonObject): RefResult | null {
  const result = event.kind === "pipeline" ? pipelineResultOf(payload) : null;
  if (result === null || result.ref.length > MAX_REF_LENGTH) return null;
  const finished = field(payload, "object_attributes", "finished_at");
  return { ...result, finishedAt: text(finished) === null ? null : event.at };
}

function split(bytes: Uint8Array): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length || at === 0; at += CHUNK_BYTES) {
    chunks.push(bytes.subarray(at, at + CHUNK_BYTES));
  }
  return chunks;
}
