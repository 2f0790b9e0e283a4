import { createHash } from "node:crypto";
import { text, type JsonObject } from "../json.ts";
import type { SlackReading } from "../slack/parse-event.ts";
import { storedBody, type Incoming } from "./incoming.ts";

/** Slack's old way to vouch for itself, and what it gives to answer a shortcut with: for nobody's eyes. */
const SECRET = ["token", "trigger_id", "response_url"];

/**
 * Makes a verified request of Slack's into what its Relay takes. Slack sends an event again when it
 * thinks that it was not taken, with the same `event_id`; a shortcut has its trigger.
 *
 * @see https://docs.slack.dev/apis/events-api/#retries
 */
export function incomingFromSlack(
  payload: JsonObject,
  reading: Pick<SlackReading, "types" | "channel">,
  body: Uint8Array,
): Incoming {
  const given = text(payload["event_id"]) ?? text(payload["trigger_id"]);
  const identity = createHash("sha256");
  if (given === null) identity.update("slack body ").update(body);
  else identity.update(`slack ${given}`);
  return {
    ...NOT_OF_GITLAB,
    key: identity.digest("base64url").slice(0, 22),
    types: reading.types,
    path: reading.channel,
    ...storedBody(Buffer.from(withoutSecrets(payload))),
    unreadable: false,
  };
}

/** A body that Slack vouched for and that is no JSON object, as its Relay takes it. */
export function unreadableFromSlack(body: Uint8Array): Incoming {
  return {
    ...NOT_OF_GITLAB,
    key: createHash("sha256").update(body).digest("base64url").slice(0, 22),
    types: ["unreadable"],
    path: null,
    ...storedBody(body),
    unreadable: true,
  };
}

const NOT_OF_GITLAB = {
  title: null,
  hookName: null,
  hookPath: null,
  outline: null,
  pipelineResult: null,
} as const;

function withoutSecrets(payload: JsonObject): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(payload).filter(([key]) => !SECRET.includes(key))),
  );
}
