import { strict as assert } from "node:assert";
import { gunzipSync } from "node:zlib";
import * as fc from "fast-check";
import { describe } from "vitest";
import { own, text } from "../../../src/json.ts";
import { defaultMessage } from "../../../src/messages/default-message.ts";
import { fitMessage } from "../../../src/messages/fit-message.ts";
import { markerOf, renderIssue } from "../../../src/messages/render-issue.ts";
import { incomingFromSlack } from "../../../src/relay/incoming-from-slack.ts";
import { slackRelayName } from "../../../src/relay/relay-name.ts";
import { checkBlocks } from "../../../src/sandbox/check-blocks.ts";
import { parseSlackEvent, readSlackEvent } from "../../../src/slack/parse-event.ts";
import type { SlackFacts } from "../../../src/slack/slack-facts.ts";
import { EventShape } from "../event-shape.ts";
import { fuzz } from "../fuzz.ts";
import { hostileText } from "../hostile.ts";
import { mutated } from "../mutated.ts";
import { SLACK_BODIES } from "../slack-bodies.ts";

const body = mutated(SLACK_BODIES);

const facts = fc.record({
  bot: fc.constantFrom("U0CAUSEWAY", null),
  channelName: fc.option(hostileText),
  message: fc.option(
    fc.record({
      text: fc.option(hostileText),
      permalink: fc.option(hostileText),
      notice: fc.constant(null),
      byPerson: fc.constantFrom(true, false, null),
      root: fc.constant("1360782400.498405"),
      isReply: fc.boolean(),
      author: fc.constantFrom("U0000000002", null),
    }),
  ),
  people: fc.constant({
    U0000000001: { username: "amina", name: "Amina <!here>", bot: false, gitlab: "amina.d" },
  }),
  groups: fc.constant({}),
  unknown: fc.constant([]),
}) satisfies fc.Arbitrary<SlackFacts>;

describe("whatever Slack's body says", () => {
  fuzz(
    "it is an event that can be stored and told of",
    fc.tuple(body, fc.option(facts)),
    ([payload, known]) => {
      const reading = readSlackEvent(payload);
      const event = parseSlackEvent(payload, "event-id", known);
      assert.deepEqual(EventShape.safeParse(event).error?.issues ?? [], []);
      assert.deepEqual(event.types, reading.types);
      for (const type of event.types) assert.doesNotMatch(type, /\s/);
      assert.ok(slackRelayName(reading.team).length <= 110);
      const message = fitMessage(defaultMessage(event));
      assert.deepEqual(checkBlocks(message.blocks), []);
      if (
        event.details.of !== "slack" ||
        event.details.channel === null ||
        event.details.message === null
      )
        return;
      const { outgoing } = renderIssue({ event, payload }, "acme/widgets", null, {
        event: {},
        payload,
      });
      if (outgoing.kind !== "issue") throw new Error("it is an issue");
      const { title, description, marker } = outgoing.draft;
      assert.match(title, /\S/);
      assert.doesNotMatch(title, /\n|@(?!\u200b)/);
      // No line of a stranger's is a command, and only our own comment stands in it.
      assert.doesNotMatch(description, /^\//m);
      assert.equal(description.split("<!--").length, 2);
      assert.equal(marker, markerOf(event.details.channel.id, event.details.message.ts));
    },
  );

  fuzz("it is stored without Slack's secrets, under one key", body, (payload) => {
    const bytes = Buffer.from(JSON.stringify(payload));
    const incoming = incomingFromSlack(payload, readSlackEvent(payload), bytes);
    assert.match(incoming.key, /^[\w-]{22}$/);
    const stored = JSON.parse(bodyOf(incoming));
    for (const name of ["token", "trigger_id", "response_url"]) {
      assert.equal(Object.hasOwn(stored, name), false);
    }
    const id = text(own(payload, "event_id")) ?? text(own(payload, "trigger_id"));
    const again = incomingFromSlack(
      { ...payload, retry: 1 },
      readSlackEvent(payload),
      Buffer.from("other"),
    );
    if (id !== null) assert.equal(again.key, incoming.key);
  });
});

function bodyOf({ chunks, encoding }: ReturnType<typeof incomingFromSlack>): string {
  const whole = Buffer.concat(chunks);
  return (encoding === "gzip" ? gunzipSync(whole) : whole).toString();
}
