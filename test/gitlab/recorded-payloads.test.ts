import { expect, it } from "vitest";
import { text } from "../../src/json.ts";
import { defaultMessage } from "../../src/messages/default-message.ts";
import { fitMessage } from "../../src/messages/fit-message.ts";
import { parseEvent } from "../../src/gitlab/parse-event.ts";
import { RECORDED, skipWithoutRecorded } from "./recorded.ts";

/** Kinds that an object kind may become; of the others any will do. */
const KINDS: Record<string, string[]> = {
  issue: ["issue", "incident", "epic"],
  work_item: ["work_item", "issue", "incident", "epic"],
  merge_request: ["merge_request"],
  note: ["note"],
  pipeline: ["pipeline"],
};

const events = RECORDED.map(({ name, payload }) => ({
  name,
  payload,
  event: parseEvent(payload, {
    id: name,
    hookName: null,
    hookPath: "hook/path",
    large: false,
    refChange: null,
  }),
}));

it("recorded bodies are events of the right kind", (context) => {
  skipWithoutRecorded(context);
  const wrong = events.filter(({ payload, event }) => {
    const kinds = KINDS[text(payload["object_kind"]) ?? ""];
    return kinds !== undefined && !kinds.includes(event.kind);
  });
  expect(wrong.map(({ name }) => name)).toEqual([]);
  expect(events.length).toBeGreaterThanOrEqual(227);
});

it("only a body without any word for what it is stays unknown", (context) => {
  skipWithoutRecorded(context);
  const unknown = events.filter(({ event }) => event.type === "unknown");
  const named = unknown.filter(
    ({ payload }) => text(payload["object_kind"]) ?? text(payload["event_name"]),
  );
  expect(named.map(({ name }) => name)).toEqual([]);
});

it("recorded bodies make messages without slips and addresses", (context) => {
  skipWithoutRecorded(context);
  const slips = events.flatMap(({ name, event }) => {
    const said = JSON.stringify(fitMessage(defaultMessage(event)));
    return /\bundefined\b|\bnull\b|\[object Object\]|\bNaN\b|@example\.com/.test(said)
      ? [`${name}: ${said}`]
      : [];
  });
  expect(slips).toEqual([]);
});
