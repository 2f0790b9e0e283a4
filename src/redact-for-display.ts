import type { Json } from "./json.ts";

/** What stands where a secret stood. */
export const REDACTED = "[REDACTED]";
const MAX_DEPTH = 64;

/** Keys of GitLab's and Slack's bodies whose texts are for nobody's eyes. */
const SECRET = /(^|_)(email|token|secret|password|trigger_id|response_url)$/;

/** A copy for people to look at: e-mail addresses and tokens out, absurd depths cut off. */
export function redactForDisplay(value: Json, depth = 0): Json {
  if (depth > MAX_DEPTH) return "…";
  if (Array.isArray(value)) return value.map((item) => redactForDisplay(item, depth + 1));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      SECRET.test(key) && typeof inner === "string" && inner !== ""
        ? REDACTED
        : redactForDisplay(inner, depth + 1),
    ]),
  );
}
