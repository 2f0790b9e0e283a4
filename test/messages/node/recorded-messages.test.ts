import { expect, it } from "vitest";
import type { Event } from "../../../src/event.ts";
import { text, type JsonObject } from "../../../src/json.ts";
import { parseEvent } from "../../../src/gitlab/parse-event.ts";
import { defaultMessage, type Style } from "../../../src/messages/default-message.ts";
import { fitMessage } from "../../../src/messages/fit-message.ts";
import type { SlackMessage } from "../../../src/messages/templates/message-template.ts";
import { blockProblems } from "../../block-kit/block-schema.ts";
import { RECORDED, skipWithoutRecorded } from "../../gitlab/recorded.ts";

const STYLES: Style[] = ["card", "compact"];

it("every recorded body becomes messages that Slack takes", (context) => {
  skipWithoutRecorded(context);
  const events = RECORDED.map(({ name, payload }) => ({
    name,
    payload,
    event: eventOf(name, payload),
  }));
  const messages = events.flatMap(({ name, event }) =>
    STYLES.map((style) => ({ name, style, message: messageOf(event, style) })),
  );
  const kinds = new Set(events.map(({ event }) => event.kind));
  const types = new Set(events.flatMap(({ event }) => event.types));
  console.log(
    `recorded: ${events.length} files, ${kinds.size} kinds, ${types.size} types, ${messages.length} messages`,
  );

  const unknown = events.filter(
    ({ event, payload }) =>
      event.type === "unknown" && (text(payload["object_kind"]) ?? text(payload["event_name"])),
  );
  expect(unknown.map(({ name }) => name)).toEqual([]);

  const refused = messages.flatMap(({ name, style, message }) => {
    const problems = blockProblems(message.blocks);
    if (message.text.trim() === "") problems.push("no text");
    return problems.length > 0 ? [{ name, style, problems }] : [];
  });
  expect(refused).toEqual([]);
});

function eventOf(id: string, payload: JsonObject): Event {
  return parseEvent(payload, {
    id,
    hookName: null,
    hookPath: "acme/widgets",
    large: false,
    refChange: null,
  });
}

function messageOf(event: Event, style: Style): SlackMessage {
  return fitMessage(defaultMessage(event, style));
}
