import { isObject, type JsonObject } from "../json.ts";
import { outlineOf } from "./outline.ts";

/** Above this a body is only skimmed: a Worker has 128 MB for everything. */
export const LARGE_BODY_BYTES = 4 * 1024 * 1024;

/**
 * So is one with more lists and objects: one of GitLab's has not a tenth of them, and each takes up to a
 * hundred times the memory of its brackets.
 */
const MAX_BRACKETS = 100_000;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** A body as GitLab's payload; `large` when it is only its outline; null when it is unreadable. */
export type Payload = { payload: JsonObject; large: boolean } | null;

/** Reads a webhook body. One that is not a JSON object is a fact to record (null), not an error. */
export function readPayload(body: Uint8Array): Payload {
  if (body.byteLength > LARGE_BODY_BYTES || hasManyBrackets(body)) {
    const payload = outlineOf(body);
    return payload === null ? null : { payload, large: true };
  }
  try {
    const payload = JSON.parse(new TextDecoder().decode(body));
    return isObject(payload) ? { payload, large: false } : null;
  } catch {
    return null;
  }
}

/** Whether more than {@link MAX_BRACKETS} lists and objects open in it; those in texts do not count. */
function hasManyBrackets(body: Uint8Array): boolean {
  if (body.byteLength <= MAX_BRACKETS) return false;
  let brackets = 0;
  let inText = false;
  for (let at = 0; at < body.byteLength; at += 1) {
    const byte = body[at];
    if (byte === QUOTE) inText = !inText;
    else if (inText) at += byte === BACKSLASH ? 1 : 0;
    else if (byte === 0x7b || byte === 0x5b) brackets += 1;
  }
  return brackets > MAX_BRACKETS;
}
