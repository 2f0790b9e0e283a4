import { pathOfEvent } from "../gitlab/event-path.ts";
import { identityOf } from "../gitlab/identity.ts";
import { field, text, type JsonObject } from "../json.ts";
import { summarizeEvent, type EventSummary } from "../gitlab/parse-event.ts";
import { pipelineResultOf } from "../gitlab/kinds/pipeline.ts";
import { readPayload } from "../gitlab/read-payload.ts";
import { storedBody, type Incoming } from "./incoming.ts";
import type { RefResult } from "./ref-statuses.ts";

/** Git has no longer ones; a custom template that sends one must not fail its event in SQLite. */
const MAX_REF_LENGTH = 4_096;

/** Makes a verified webhook into what its Relay takes. */
export function incomingFromGitlab(
  headers: Headers,
  body: Uint8Array,
  hookPath: string | null,
): Incoming {
  const read = readPayload(body);
  const hookName = headers.get("x-gitlab-event");
  const event = read === null ? null : summarizeEvent(read.payload);
  const path = read === null ? hookPath : pathOfEvent(read.payload, hookPath);
  return {
    key: identityOf(headers, body),
    types: event?.types ?? ["unreadable"],
    path,
    title: event?.title?.slice(0, 300) ?? null,
    hookName,
    hookPath,
    ...storedBody(body),
    outline: read?.large === true ? JSON.stringify(read.payload) : null,
    unreadable: read === null,
    pipelineResult: read === null || event === null ? null : resultOf(event, read.payload, path),
  };
}

function resultOf(event: EventSummary, payload: JsonObject, path: string | null): RefResult | null {
  const result = event.kind === "pipeline" ? pipelineResultOf(payload) : null;
  if (result === null || result.ref.length > MAX_REF_LENGTH) return null;
  const finished = field(payload, "object_attributes", "finished_at");
  // With the path: a hook's own token speaks for its path, whatever project a body names.
  const ref = `${path ?? ""} ${result.ref}`;
  return { ...result, ref, finishedAt: text(finished) === null ? null : event.at };
}
