import { parseEvent } from "../../src/gitlab/parse-event.ts";
import { readPayload } from "../../src/gitlab/read-payload.ts";
import { matchRules } from "../../src/mappings/match-rules.ts";
import { renderDelivery } from "../../src/messages/render-delivery.ts";
import { redactForDisplay } from "../../src/redact-for-display.ts";
import { incomingFromGitlab } from "../../src/relay/incoming-from-gitlab.ts";
import { BOMBS, bodyOf } from "./bombs.ts";

// A process of its own, whose heap is bounded from outside: takes in the bombs of these names, one after
// the other, as the Worker does, and prints a line for each that it survived.

const names = process.argv.slice(2);
for (const bomb of BOMBS.filter(({ name }) => names.includes(name))) {
  const body = bodyOf(bomb);
  const started = performance.now();
  const { unreadable } = incomingFromGitlab(new Headers(), body, "acme");
  const read = readPayload(body);
  if (read !== null) tell(read);
  const milliseconds = Math.round(performance.now() - started);
  const peakMiB = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(JSON.stringify({ name: bomb.name, isReadable: !unreadable, milliseconds, peakMiB }));
}

function tell({ payload, large }: NonNullable<ReturnType<typeof readPayload>>): void {
  const around = { id: "event-id", hookName: null, hookPath: "acme", large, refChange: null };
  const event = parseEvent(payload, around);
  matchRules(event, payload, []);
  redactForDisplay(payload);
  renderDelivery({ event, payload }, null, { type: "channel", channel: "C0000000001" });
  const variables = ["summary", "facts", "text", "labels", "changed"];
  renderDelivery({ event, payload }, null, { type: "workflow", url: "secret:X", variables });
}
