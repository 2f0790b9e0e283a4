import { isObject, type JsonObject } from "../json.ts";
import { outlineOf } from "./outline.ts";

/** Above this a body is only skimmed: a Worker has 128 MB for everything. */
export const LARGE_BODY_BYTES = 4 * 1024 * 1024;

/**
 * So is one with more lists and objects: one of GitLab's has not a tenth of them, and each takes up to a
 * hundred times the memory of its brackets.
 */
const MAX_BRACKETS = 100_000;

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

/** Whether more than {@link MAX_BRACKETS} lists and objects open in it, those in texts included. */
function hasManyBrackets(body: Uint8Array): boolean {
  if (body.byteLength <= MAX_BRACKETS) return false;
  let brackets = 0;
  for (const byte of body) if (byte === 0x7b || byte === 0x5b) brackets += 1;
  return brackets > MAX_BRACKETS;
}
