import { strict as assert } from "node:assert";
import * as fc from "fast-check";
import { describe } from "vitest";
import { parseEvent } from "../../../src/gitlab/parse-event.ts";
import type { Json, JsonObject } from "../../../src/json.ts";
import { matchRules } from "../../../src/mappings/match-rules.ts";
import { renderDelivery } from "../../../src/messages/render-delivery.ts";
import { incomingFromGitlab } from "../../../src/relay/incoming-from-gitlab.ts";
import { FIXTURES, payloadOf } from "../../gitlab/fixtures.ts";
import { oneRule } from "../../mappings/rules.ts";
import { fuzz } from "../fuzz.ts";
import { PUMPS } from "../hostile.ts";

/** So long that work in the square of it takes far longer than the limit, and any other far less. */
const LENGTH = 20_000;
const CPU_MS = 150;

const MAPPING = oneRule({
  when: {
    labels: { none: "*a*b*c*" },
    actor: { not: "*?x?*" },
    if: "event.title == null || !event.title.glob('*a*b?c*')",
  },
  message: "{{ event.link }} {{ event.text | markdown: 2500 }} {{ event.actor | mention }}",
  variables: { all: "{{ payload | json | truncate: 500 }}" },
});
const RULE = MAPPING.rules[0] ?? null;
const [CHANNEL, WORKFLOW] = [
  { type: "channel", channel: "C0123456789" } as const,
  {
    type: "workflow",
    url: "secret:X",
    variables: ["summary", "facts", "text", "commits", "all"],
  } as const,
];

const anyText = fc
  .tuple(
    fc.constantFrom("", "https:", "https://x.test/", "/", "<", "a", "# "),
    fc
      .array(fc.constantFrom(...PUMPS), { minLength: 1, maxLength: 2 })
      .map((pumps) => pumps.join("")),
    fc.constantFrom("", "x", "\n", "/", "\u0000"),
  )
  .map(([start, pump, end]) => start + pump.repeat(LENGTH / pump.length) + end);

/** A fixture in which one of the texts is very long. */
const payload = fc
  .tuple(fc.constantFrom(...FIXTURES), fc.nat(9_999), anyText)
  .map(([name, at, text]) => {
    const body = payloadOf(name);
    const texts = textsIn(body);
    texts[at % texts.length]?.(text);
    return body;
  });

describe("whichever text of a body is very long", () => {
  fuzz(
    "taking it in, matching it and writing its messages takes time in proportion",
    payload,
    (body) => {
      const bytes = Buffer.from(JSON.stringify(body));
      const incoming = incomingFromGitlab(new Headers(), bytes, "acme");
      assert.ok((incoming.title ?? "").length <= 300);
      const event = parseEvent(body, {
        id: "event-id",
        hookName: null,
        hookPath: "acme",
        large: false,
        refChange: null,
      });
      for (const verdict of matchRules(event, body, [MAPPING])) verdict.why();
      const occasion = { event, payload: body };
      for (const rule of [null, RULE]) {
        for (const target of [CHANNEL, { ...WORKFLOW, variables: [...WORKFLOW.variables] }]) {
          const { outgoing } = renderDelivery(occasion, rule, target);
          assert.ok(JSON.stringify(outgoing).length < 120_000);
        }
      }
    },
    { cpuMs: CPU_MS },
  );
});

/** Each text of a body, as what puts another one in its place. */
function textsIn(value: Json): ((text: string) => void)[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === "string"
      ? [(text: string) => void ((value as JsonObject)[key] = text)]
      : textsIn(inner),
  );
}
