import { strict as assert } from "node:assert";
import * as fc from "fast-check";
import { describe } from "vitest";
import {
  ancestors,
  isUsablePath,
  isWithin,
  pathOfEvent,
  relayNameFor,
} from "../../../src/gitlab/event-path.ts";
import { parseEvent, summarizeEvent } from "../../../src/gitlab/parse-event.ts";
import { redactVariables } from "../../../src/gitlab/redact-variables.ts";
import { field, objects, type Json, type JsonObject } from "../../../src/json.ts";
import { boundedScope } from "../../../src/mappings/scope.ts";
import { REDACTED, redactForDisplay } from "../../../src/redact-for-display.ts";
import { deliveryId, parseId } from "../../../src/relay/ids.ts";
import { anyPayload } from "../events.ts";
import { EventShape } from "../event-shape.ts";
import { fuzz } from "../fuzz.ts";
import { mutated } from "../mutated.ts";

const circumstances = fc.record({
  id: fc.constant("event-id"),
  hookName: fc.constantFrom(null, "Issue Hook", "Confidential Issue Hook"),
  hookPath: fc.constantFrom(null, "acme", "Acme/Widgets"),
  large: fc.boolean(),
  refChange: fc.constantFrom(null, "broken" as const, "fixed" as const),
});

/** Where a body may say that it is confidential. */
const FLAGS = [
  ["object_attributes", "confidential"],
  ["object_attributes", "internal"],
  ["issue", "confidential"],
  ["work_item", "confidential"],
  ["epic", "confidential"],
  ["note", "internal"],
  ["note", "confidential"],
];

function isFlagged(payload: JsonObject): boolean {
  return FLAGS.some((path) => field(payload, ...path) === true);
}

describe("whatever a body's fields are", () => {
  fuzz(
    "its event has the shape of an event",
    fc.tuple(anyPayload, circumstances),
    ([payload, around]) => {
      const event = parseEvent(payload, around);
      const checked = EventShape.safeParse(event);
      assert.deepEqual(checked.error?.issues ?? [], []);
      assert.equal(event.types[0], event.type);
      if (isFlagged(payload) || around.hookName?.startsWith("Confidential")) {
        assert.equal(event.confidential, true);
      }
      const { kind, title, at } = summarizeEvent(payload);
      assert.deepEqual({ kind, title, at }, { kind: event.kind, title: event.title, at: event.at });
      assert.equal(typeof JSON.parse(JSON.stringify(event)), "object");
    },
  );

  fuzz(
    "it belongs to one path, and to one Relay whose name an id can carry",
    anyPayload,
    (payload) => {
      for (const hookPath of [null, "acme"]) {
        const path = pathOfEvent(payload, hookPath);
        assert.ok(path === null || isUsablePath(path));
        for (const scope of ancestors(path)) assert.equal(isWithin(path ?? "", scope), true);
        const relay = relayNameFor(path);
        const id = deliveryId(relay, "k".repeat(22), 7);
        assert.deepEqual(parseId(id), { relay, key: "k".repeat(22), n: 7 });
      }
    },
  );

  const secrets = [
    { key: "TOKEN", value: "s3cr3t" },
    { key: "OTHER", value: 7 },
  ];
  const withVariables = mutated([
    { object_kind: "pipeline", object_attributes: { variables: secrets } },
    { object_kind: "build", variables: secrets },
  ]);
  fuzz("no value of a pipeline's variables is left", withVariables, (payload) => {
    redactVariables(payload);
    const lists = [field(payload, "object_attributes", "variables"), payload["variables"]];
    for (const variable of lists.flatMap((list) => objects(list))) {
      if (Object.hasOwn(variable, "value")) assert.equal(variable["value"], REDACTED);
    }
    redactForDisplay(payload);
  });

  fuzz("conditions and templates see a part of it that is bounded", anyPayload, (payload) => {
    const event = parseEvent(payload, {
      id: "event-id",
      hookName: null,
      hookPath: null,
      large: false,
      refChange: null,
    });
    const scope = boundedScope(event, payload);
    for (const part of [scope.event as Json, scope.payload]) {
      const size = sizeOf(part, 0);
      assert.ok(size.depth <= 33);
      assert.ok(size.values <= 51_100);
      assert.ok(size.characters <= 420_000);
    }
  });
});

function sizeOf(value: Json, depth: number): { depth: number; values: number; characters: number } {
  if (typeof value === "string") return { depth, values: 1, characters: value.length };
  const size = { depth, values: 1, characters: 0 };
  if (typeof value !== "object" || value === null) return size;
  for (const inner of Object.values(value)) {
    const more = sizeOf(inner, depth + 1);
    size.depth = Math.max(size.depth, more.depth);
    size.values += more.values;
    size.characters += more.characters;
  }
  return size;
}
