import { strict as assert } from "node:assert";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../../../src/json.ts";
import type { Compiled } from "../../../src/mappings/compile-mapping.ts";
import { matchRules } from "../../../src/mappings/match-rules.ts";
import {
  parseDestination,
  parseMapping,
  parsePerson,
} from "../../../src/mappings/parse-document.ts";
import { ruleInWords } from "../../../src/mappings/rule-in-words.ts";
import { checkBlocks } from "../../../src/sandbox/check-blocks.ts";
import { renderDelivery } from "../../../src/messages/render-delivery.ts";
import { eventOf, payloadOf } from "../../gitlab/fixtures.ts";
import { damaged } from "../damaged.ts";
import { DESTINATIONS, GITLAB_MAPPING, PERSON, SLACK_MAPPING } from "../documents.ts";
import { fuzz } from "../fuzz.ts";
import { hostileJson } from "../hostile.ts";
import { mutated } from "../mutated.ts";

const keys = fc.constantFrom(
  ..."mapping/gitlab/acme mapping/gitlab/* mapping/slack/C0123456789 mapping/slack/*".split(" "),
  ..."mapping/slack/nope mapping/gitlab/__proto__".split(" "),
);

/** One of these documents as JSON: changed in its parts, damaged in its text, or something else. */
function textOf(documents: Parameters<typeof mutated>[0]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 6, arbitrary: mutated(documents, 3).map((each) => JSON.stringify(each)) },
    { weight: 1, arbitrary: hostileJson.map((each) => JSON.stringify(each)) },
    {
      weight: 1,
      arbitrary: damaged(documents.map((each) => JSON.stringify(each))).map((each) =>
        new TextDecoder().decode(each),
      ),
    },
  );
}

/** Problems say where and what; what is usable inherits nothing that its text made up. */
function checkCompiled<T>(compiled: Compiled<T>): T | null {
  if (compiled.ok) {
    assert.equal(inheritsOwn(compiled.value), false);
    return compiled.value;
  }
  assert.ok(compiled.problems.length > 0);
  for (const { path, message } of compiled.problems) {
    assert.equal(typeof path, "string");
    assert.match(message, /\S/);
    assert.doesNotMatch(message, /\[object |function |undefined is not|Cannot read/);
  }
  return null;
}

/** Whether anything in it has another prototype than JavaScript's own. */
function inheritsOwn(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  const plain = [null, Object.prototype, Array.prototype].includes(prototype as object | null);
  return !plain || Object.values(value).some(inheritsOwn);
}

const event = eventOf("issue.open");
const payload = payloadOf("issue.open");

describe("whatever a document of operations says", () => {
  fuzz(
    "a mapping is usable, or its problems are said",
    fc.tuple(keys, textOf([GITLAB_MAPPING, SLACK_MAPPING])),
    ([key, text]) => {
      const mapping = checkCompiled(parseMapping(key, text));
      if (mapping === null) return;
      for (const verdict of matchRules(event, payload, [mapping])) {
        assert.equal(typeof verdict.why(), "string");
        const channel = { type: "channel", channel: "C0123456789" } as const;
        const { outgoing } = renderDelivery({ event, payload }, verdict.rule, channel);
        if (outgoing.kind !== "message") throw new Error("a channel takes messages");
        assert.ok(outgoing.text.length <= 4_000);
        if (verdict.rule.message === null) assert.deepEqual(checkBlocks(outgoing.blocks), []);
      }
      for (const rule of (JSON.parse(text) as { rules: Parameters<typeof ruleInWords>[0][] })
        .rules) {
        assert.ok(!JSON.stringify(ruleInWords(rule)).includes("[object "));
      }
    },
  );

  fuzz("a destination is usable, or its problems are said", textOf(DESTINATIONS), (text) => {
    const destination = checkCompiled(parseDestination("destination/x", text));
    if (destination === null) return;
    const { outgoing } = renderDelivery({ event, payload }, null, destination);
    assert.equal(outgoing.kind, destination.type === "workflow" ? "workflow" : "message");
  });

  fuzz("a person is usable, or the problems are said", textOf([PERSON]), (text) => {
    const person = checkCompiled(parsePerson("person/x", text));
    if (person !== null) assert.match(person.slack, /^[UW][A-Z0-9]{2,}$/);
  });
});

it("the documents themselves are usable, so that what is changed in them is what is refused", () => {
  const json = (value: Json): string => JSON.stringify(value);
  expect(parseMapping("mapping/gitlab/acme", json(GITLAB_MAPPING)).ok).toBe(true);
  expect(parseMapping("mapping/slack/C0123456789", json(SLACK_MAPPING)).ok).toBe(true);
  for (const each of DESTINATIONS) expect(parseDestination("", json(each)).ok).toBe(true);
  expect(parsePerson("", json(PERSON)).ok).toBe(true);
});
