import { field, objects, type JsonObject } from "../json.ts";
import { REDACTED } from "../redact-for-display.ts";

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
