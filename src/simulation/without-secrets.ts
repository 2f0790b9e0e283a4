import type { Event } from "../event.ts";
import { object, type JsonObject } from "../json.ts";
import { redactForDisplay } from "../redact-for-display.ts";

type Read = { event: Event; payload: JsonObject };

/** An event as viewers may have rules see it: what pages leave out could be read out by asking rules. */
export function withoutSecrets({ event, payload }: Read): Read {
  return {
    event: { ...event, attributes: object(redactForDisplay(event.attributes)) },
    payload: object(redactForDisplay(payload)),
  };
}
