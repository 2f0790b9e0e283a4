import { isObject, type JsonObject } from "../json.ts";
import { outlineOf } from "./outline.ts";

/** Above this a body is only skimmed: a Worker has 128 MB for everything. */
export const LARGE_BODY_BYTES = 4 * 1024 * 1024;

/** A body as GitLab's payload; `large` when it is only its outline; null when it is unreadable. */
export type Payload = { payload: JsonObject; large: boolean } | null;

/** Reads a webhook body. One that is not a JSON object is a fact to record (null), not an error. */
export function readPayload(body: Uint8Array): Payload {
  if (body.byteLength > LARGE_BODY_BYTES) {
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
