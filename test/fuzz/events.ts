import type * as fc from "fast-check";
import type { Event } from "../../src/event.ts";
import { parseEvent } from "../../src/gitlab/parse-event.ts";
import { redactVariables } from "../../src/gitlab/redact-variables.ts";
import type { JsonObject } from "../../src/json.ts";
import { FIXTURES, payloadOf } from "../gitlab/fixtures.ts";
import { mutated } from "./mutated.ts";

/** Every body of `test/fixtures/gitlab`, changed in a few places. */
export const anyPayload: fc.Arbitrary<JsonObject> = mutated(FIXTURES.map(payloadOf));

/** The event that a body is, as its Relay reads it. */
export function eventIn(payload: JsonObject, hookPath: string | null = "acme"): Event {
  return parseEvent(redactVariables(payload), {
    id: "event-id",
    hookName: "Some Hook",
    hookPath,
    large: false,
    refChange: null,
  });
}
