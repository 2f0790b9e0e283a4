import type { Event } from "../event.ts";
import { parseEvent, type Circumstances } from "../gitlab/parse-event.ts";
import { pipelineResultOf } from "../gitlab/kinds/pipeline.ts";
import { readPayload } from "../gitlab/read-payload.ts";
import { redactVariables } from "../gitlab/redact-variables.ts";
import type { JsonObject } from "../json.ts";
import type { RefChange } from "../gitlab/event-types.ts";
import { nextRefStatus } from "../relay/ref-statuses.ts";
import { parseSlackEvent } from "../slack/parse-event.ts";

/** An event as rules see it, with the body that it was made of. */
export type Happening = {
  event: Event;
  payload: JsonObject;
  /** What is known about it in Causeway and not in its body: sentences for the person who tries it out. */
  notes: string[];
};

/** What came with a body, where the Worker knows it; what is left out is guessed from the body. */
export type Known = Partial<Pick<Circumstances, "hookPath" | "hookName" | "refChange">>;

const ID = "simulated";
const OF_SLACK = ["event_callback", "message_action", "app_rate_limited"];

/** Reads a body of GitLab's or Slack's as the Worker would; null when it is no JSON object. */
export function readHappening(body: Uint8Array, known: Known = {}): Happening | null {
  const read = readPayload(body);
  if (read === null) return null;
  const { payload, large } = read;
  const type = payload["type"];
  if (typeof type === "string" && OF_SLACK.includes(type)) {
    const notes = [
      "Slack's events leave out the message, names and user groups. The Worker asks Slack; here they are unknown, so conditions and templates that use them see nothing. Whether it was answered before (once, cooldown) is not known either.",
    ];
    return { event: parseSlackEvent(payload, ID, null), payload, notes };
  }
  redactVariables(payload);
  const guessed = known.refChange === undefined ? firstChange(payload) : null;
  const event = parseEvent(payload, {
    id: ID,
    hookName: known.hookName ?? null,
    hookPath: known.hookPath ?? null,
    large,
    refChange: known.refChange ?? guessed?.change ?? null,
  });
  const notes =
    guessed === null
      ? []
      : [
          "Whether a pipeline counts as pipeline.broken or pipeline.fixed depends on the one before on its ref. This is simulated as the first one.",
        ];
  return { event, payload, notes };
}

/** What a pipeline changes when none is known before it; null: it is not compared. */
function firstChange(payload: JsonObject): { change: RefChange | null } | null {
  const result = pipelineResultOf(payload);
  return result === null ? null : nextRefStatus(null, { ...result, finishedAt: null });
}
