import { strict as assert } from "node:assert";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundedScope } from "../../../src/mappings/scope.ts";
import { LIQUID_FILTERS } from "../../../src/messages/templates/liquid-filters.ts";
import { MAX_PRODUCED, type Flavour } from "../../../src/messages/templates/rendering.ts";
import { SLACK_FILTERS } from "../../../src/messages/templates/slack-filters.ts";
import { compileTemplate } from "../../../src/messages/templates/template.ts";
import { CANARY, withCanary } from "../canary.ts";
import { anyPayload, eventIn } from "../events.ts";
import { fuzz } from "../fuzz.ts";
import { hostileText } from "../hostile.ts";

const FILTERS = Object.keys({ ...LIQUID_FILTERS, ...SLACK_FILTERS });

const value = fc.constantFrom(
  ..."event payload event.title event.link event.labels event.actor event.text event.at".split(" "),
  ..."payload.project payload.commits payload.object_attributes payload.changes x i".split(" "),
  ..."'' 'a' '<!here>' '!here' '@U1' '%Y %d' 0 -1 7 1e9 1.5 nil true false empty blank (1..5) (1..999)".split(
    " ",
  ),
  ...`event['title'] event["__proto__"] payload[event.kind] event.labels[0] event.labels[-1]`.split(
    " ",
  ),
  ..."event.constructor event.title.constructor payload.__proto__.polluted event.size".split(" "),
  ...[
    "event",
    "event.title",
    "event.labels",
    "payload",
    "event.labels.first",
    "x",
    "event.iid",
    "forloop",
  ].map((of) => `${of}.${CANARY.name}`),
);
const filter = fc
  .tuple(fc.constantFrom(...FILTERS), fc.array(value, { maxLength: 3 }))
  .map(([name, args]) => `| ${name}${args.length === 0 ? "" : `: ${args.join(", ")}`}`);
const filtered = fc
  .tuple(value, fc.array(filter, { maxLength: 3 }))
  .map(([from, filters]) => [from, ...filters].join(" "));
const comparison = fc
  .tuple(value, fc.constantFrom(..."== != < > <= >= contains and or".split(" ")), value)
  .map((parts) => parts.join(" "));

/** Templates as they should be, one inside the other. */
const goodTemplate = fc.letrec<{ part: string; tree: string }>((tie) => ({
  part: fc.oneof(
    { maxDepth: 3, depthSize: "small", withCrossShrink: true },
    fc.constantFrom("words ", "<", "\n", "{% break %}", "{% continue %}", "*bold*"),
    filtered.map((each) => `{{ ${each} }}`),
    filtered.map((each) => `{%- assign x = ${each} -%}`),
    fc
      .tuple(
        fc.oneof(
          { weight: 6, arbitrary: value },
          { weight: 1, arbitrary: fc.constant("(1..999)") },
        ),
        tie("tree"),
      )
      .map(([list, inner]) => `{% for i in ${list} %}${inner}{% endfor %}`),
    fc
      .tuple(comparison, tie("tree"), tie("tree"))
      .map(([test, then, other]) => `{% if ${test} %}${then}{% else %}${other}{% endif %}`),
    fc
      .tuple(value, value, tie("tree"))
      .map(([of, is, inner]) => `{% case ${of} %}{% when ${is} %}${inner}{% endcase %}`),
    tie("tree").map((inner) => `{% comment %}${inner}{% endcomment %}`),
  ),
  tree: fc.array(tie("part"), { maxLength: 4 }).map((parts) => parts.join("")),
})).tree;

/** Pieces of the grammar in any order. */
const soup = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: value },
      {
        weight: 4,
        arbitrary: fc.constantFrom(
          ..."{{ }} {% %} {%- -%} {{- -}} | : , . .. ( ) [ ] ' \" = == \\ for in if endif endfor".split(
            " ",
          ),
          ..."else elsif when case unless raw capture include render layout block tablerow liquid".split(
            " ",
          ),
          ..."echo # comment endcomment cycle increment limit: offset: reversed".split(" "),
          " ",
          "\n",
        ),
      },
      { weight: 1, arbitrary: fc.constantFrom(...FILTERS) },
      { weight: 1, arbitrary: hostileText },
    ),
    { maxLength: 25 },
  )
  .map((pieces) => pieces.join(" "));

const template = fc.oneof(
  { weight: 4, arbitrary: goodTemplate.map((source) => ({ source, mentions: false })) },
  {
    weight: 2,
    // Pieces of the grammar, alone or in a good one, may mention somebody themselves.
    arbitrary: fc
      .oneof(soup, fc.tuple(goodTemplate, soup, fc.nat(200)).map(spliced))
      .map((source) => ({ source, mentions: true })),
  },
);

function spliced([into, put, at]: [string, string, number]): string {
  return into.slice(0, at) + put + into.slice(at + 1);
}

const flavour = fc.constantFrom<Flavour>("mrkdwn", "plain", "markdown", "title");

describe("whatever a template is, and whatever an event", () => {
  fuzz(
    "it is refused in words, or ends within its limits and reaches nothing but its scope",
    fc.tuple(template, flavour, anyPayload),
    ([{ source, mentions }, as, payload]) => {
      const compiled = compileTemplate(source, as);
      if (typeof compiled !== "function") {
        assert.match(compiled.problem, /\S/);
        return;
      }
      const scope = boundedScope(eventIn(payload), payload);
      const before = JSON.stringify(scope);
      const rendered = withCanary(() => compiled(scope));
      assert.equal(JSON.stringify(scope), before);
      const said = "text" in rendered ? rendered.text : rendered.error;
      assert.ok(said.length <= MAX_PRODUCED);
      if (!source.includes(CANARY.song)) assert.ok(!said.includes(CANARY.song));
      if ("error" in rendered) return;
      assert.deepEqual(rendered, compiled(scope));
      // Behind a `<` of the template's own a value must not become a mention.
      if (as === "mrkdwn" && !mentions) {
        assert.doesNotMatch(rendered.text, /<(?:!(?!subteam\^S)|@(?![UW]))/);
      }
    },
    { cpuMs: 600 },
  );
});

it("a world in which everything inherits a text is one in which that could be read", () => {
  expect(withCanary(() => Reflect.get({}, CANARY.name))).toBe(CANARY.song);
  expect(Reflect.get({}, CANARY.name)).toBeUndefined();
});
