import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Event } from "../../src/event.ts";
import type { Json, JsonObject } from "../../src/json.ts";
import { parseEvent } from "../../src/gitlab/parse-event.ts";
import { redactVariables } from "../../src/gitlab/redact-variables.ts";
import { defaultMessage } from "../../src/messages/default-message.ts";
import { fitMessage } from "../../src/messages/fit-message.ts";
import { COMMON_VARIABLES, defaultVariable } from "../../src/messages/workflow-variables.ts";
import { kindVariables } from "../../src/messages/kind-variables.ts";
import { checkBlocks } from "../../src/sandbox/check-blocks.ts";
import { FIXTURES, payloadOf } from "../gitlab/fixtures.ts";
import { textsIn } from "./texts-in.ts";

/** What somebody who may name an issue, a branch, a label, a job or themselves would try. */
const ATTACKS = [
  "<!channel>",
  "<!here|here>",
  "<!everyone>",
  "<!subteam^S0123456789>",
  "<@U0123456789>",
  "<#C0123456789|general>",
  "<https://evil.example|https://gitlab.example.com>",
  "[https://gitlab.example.com](https://evil.example)",
  "](javascript:alert(1))",
  "![x](https://evil.example/beacon.png)",
  "https://gitlab.example.com/|x>y<!here>",
  "@channel @here @everyone",
  "&lt;!channel&gt;",
  "&#60;!here&#62;",
  "`` ` ``` ``` ~~~",
  "*bold* _it_ ~gone~",
  "> quote\n>>> more",
  "line\r\nbreak\u2028other",
  "\u202egnp.exe\u202c",
  "\u200b\u0000\u0007",
  "{{ event.id }}{% raw %}{{ payload | json }}",
  "<",
  ">",
  "|",
  "\ud83d",
  "👩‍🚒".repeat(90),
  "w".repeat(400),
  "&".repeat(900),
];

const hostile = fc
  .array(fc.oneof(fc.constantFrom(...ATTACKS), fc.string({ maxLength: 8 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(""));

/** A body in which texts are replaced, one in three, but for the words that say what it is. */
function spoiled(value: Json, next: () => string | null, key = ""): Json {
  if (typeof value === "string") return KEPT.includes(key) ? value : (next() ?? value);
  if (Array.isArray(value)) return value.map((item) => spoiled(item, next, key));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, spoiled(inner, next, name)]),
  );
}

const KEPT =
  "object_kind event_name event_type action status build_status state type noteable_type awardable_type source before after".split(
    " ",
  );

const anyEvent = fc
  .tuple(fc.constantFrom(...FIXTURES), fc.infiniteStream(hostile), fc.infiniteStream(fc.nat(2)))
  .map(([name, texts, dice]) => {
    const take = () => (dice.next().value === 0 ? (texts.next().value ?? null) : null);
    const payload = spoiled(payloadOf(name), take) as JsonObject;
    return parseEvent(redactVariables(payload), {
      id: "event-id",
      hookName: null,
      hookPath: "acme/widgets",
      large: false,
      refChange: null,
    });
  });

describe("whatever stands in an event's texts", () => {
  it("the message is valid, mentions no one, and every link shows where it goes", () => {
    fc.assert(
      fc.property(anyEvent, fc.constantFrom("card", "compact"), (event, style) => {
        const message = fitMessage(defaultMessage(event, style));
        expect(checkBlocks(message.blocks)).toEqual([]);
        expect(message.text.length).toBeLessThanOrEqual(4_000);
        for (const text of [message.text, ...textsIn(message.blocks)]) {
          expect(text.isWellFormed()).toBe(true);
          // Every "<" opens a whole link to a web address, and every ">" closes one or begins a quote.
          const rest = text.replace(/<https?:\/\/[^<>|\s]+\|[^<>|\n]+>/g, "").replace(/^> ?/gm, "");
          expect(rest).not.toMatch(/[<>]/);
          for (const [, url, label] of text.matchAll(/<([^<>|]+)\|([^<>|]+)>/g)) {
            expect({ url, label, lies: lies(url ?? "", label ?? "") }).toMatchObject({
              lies: false,
            });
          }
        }
      }),
      { numRuns: 1_500 },
    );
  });

  it("a workflow's variables mention no one and open no link", () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        for (const name of namesOf(event)) {
          const value = defaultVariable(name, event);
          expect(value).not.toMatch(/<[!@#]|<https?:|@(channel|here|everyone)\b/i);
          expect(Array.from(value).length).toBeLessThanOrEqual(3_000);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("the values of pipeline variables are in no message and no variable", () => {
    const secret = "s3cr3t-value-7f2a";
    for (const name of FIXTURES.filter((each) => each.startsWith("pipeline."))) {
      const payload = payloadOf(name);
      const attributes = payload["object_attributes"] as JsonObject;
      attributes["variables"] = [{ key: "TOKEN", value: secret }];
      const circumstances = { hookName: null, hookPath: null, large: false, refChange: null };
      const event = parseEvent(redactVariables(payload), { id: "1", ...circumstances });
      const said = [
        JSON.stringify(defaultMessage(event)),
        ...namesOf(event).map((each) => defaultVariable(each, event)),
      ];
      expect(said.join("\n")).not.toContain(secret);
    }
  });
});

/** Whether a label looks like the address of another host than the one that it leads to. */
function lies(url: string, label: string): boolean {
  const shown = /^\s*(https?:\/\/[^\s/]+)/i.exec(label)?.[1];
  return shown !== undefined && URL.canParse(shown) && new URL(shown).host !== new URL(url).host;
}

function namesOf({ details }: Event): string[] {
  return [...Object.keys(COMMON_VARIABLES), ...Object.keys(kindVariables(details))];
}
