import { strict as assert } from "node:assert";
import * as fc from "fast-check";
import { describe } from "vitest";
import type { Destination } from "../../../src/mappings/schema.ts";
import { kindVariables } from "../../../src/messages/kind-variables.ts";
import { renderDelivery, type Wording } from "../../../src/messages/render-delivery.ts";
import { COMMON_VARIABLES } from "../../../src/messages/workflow-variables.ts";
import { checkBlocks } from "../../../src/sandbox/check-blocks.ts";
import { eventOf, FIXTURES } from "../../gitlab/fixtures.ts";
import { oneRule } from "../../mappings/rules.ts";
import { anyPayload, eventIn } from "../events.ts";
import { fuzz } from "../fuzz.ts";
import { textsIn } from "../../messages/texts-in.ts";

const CHANNEL: Destination = { type: "channel", channel: "C0123456789" };
const WORKFLOW: Destination = {
  type: "workflow",
  url: "secret:X",
  variables: [
    ...new Set([
      ...Object.keys(COMMON_VARIABLES),
      ...FIXTURES.flatMap((name) => Object.keys(kindVariables(eventOf(name).details))),
      ..."own constructor __proto__ toString".split(" "),
    ]),
  ],
};

const WORDINGS: Wording[] = [
  null,
  ...[
    {},
    { style: "compact" },
    { message: "*{{ event.actor.name }}*: {{ event.link }} {{ event.text | markdown }}" },
    { message: "{% for l in event.labels %}{{ l | upcase }}, {% endfor %}{{ payload | json }}" },
    { message: "{{ event.assignees | mention }} {{ event.at | date: '%F' }}" },
  ].map((changes) => {
    const variables = { own: "{{ event.title }} {{ event.text | truncate_words: 3 }}" };
    return oneRule({ ...changes, variables }).rules[0] ?? null;
  }),
];

describe("whatever an event is", () => {
  const anyWording = fc.constantFrom(...WORDINGS);
  const noAnswer = fc.constantFrom(null, null, null, "No such key: nope");
  fuzz(
    "its message is one that Slack takes, and mentions nobody",
    fc.tuple(anyPayload, anyWording, noAnswer),
    ([payload, wording, problem]) => {
      const occasion = { event: eventIn(payload), payload };
      const { outgoing } = renderDelivery(occasion, wording, CHANNEL, problem);
      if (outgoing.kind !== "message") throw new Error(`a channel takes no ${outgoing.kind}`);
      assert.deepEqual(checkBlocks(outgoing.blocks), []);
      assert.ok(outgoing.text.length <= 4_000);
      assert.match(outgoing.text, /\S/);
      for (const text of [outgoing.text, ...textsIn(outgoing.blocks)]) {
        assert.equal(text.isWellFormed(), true);
        // What is no whole link to a web address is escaped; a quote may begin with its sign.
        const rest = text.replace(/<https?:\/\/[^<>|\s]+\|[^<>|\n]+>/g, "").replace(/^> ?/gm, "");
        assert.doesNotMatch(rest, /[<>]/);
      }
    },
  );

  fuzz(
    "its variables are all there, texts within the limit that mention nobody",
    fc.tuple(anyPayload, anyWording),
    ([payload, wording]) => {
      const occasion = { event: eventIn(payload), payload };
      const { outgoing } = renderDelivery(occasion, wording, WORKFLOW);
      if (outgoing.kind !== "workflow") throw new Error(`a workflow takes no ${outgoing.kind}`);
      assert.deepEqual(Object.keys(outgoing.variables).toSorted(), WORKFLOW.variables?.toSorted());
      for (const value of Object.values(outgoing.variables)) {
        assert.equal(typeof value, "string");
        assert.equal(value.isWellFormed(), true);
        assert.ok(Array.from(value).length <= 3_000);
        assert.doesNotMatch(value, /<[!@#]|<https?:|@(channel|here|everyone)\b/i);
      }
    },
  );
});
