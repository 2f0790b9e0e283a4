import { field, objects, type Json, type JsonObject } from "./json.ts";

/** What stands where a secret stood. */
const REDACTED = "[REDACTED]";
const MAX_DEPTH = 64;

/**
 * Takes the values of pipeline variables out of a payload, in place: they may be secrets, and what
 * is not there can reach neither a template nor a page. The keys stay.
 */
export function redactVariables(payload: JsonObject): JsonObject {
  const lists = [field(payload, "object_attributes", "variables"), payload["variables"]];
  for (const variable of lists.flatMap(objects)) {
    if (Object.hasOwn(variable, "value")) variable["value"] = REDACTED;
  }
  return payload;
}

/** A copy for people to look at: e-mail addresses and tokens out, absurd depths cut off. */
export function redactForDisplay(value: Json, depth = 0): Json {
  if (depth > MAX_DEPTH) return "…";
  if (Array.isArray(value)) return value.map((item) => redactForDisplay(item, depth + 1));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      /(^|_)(email|token|secret|password)$/.test(key) && typeof inner === "string" && inner !== ""
        ? REDACTED
        : redactForDisplay(inner, depth + 1),
    ]),
  );
}
