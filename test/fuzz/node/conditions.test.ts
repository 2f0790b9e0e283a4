import { strict as assert } from "node:assert";
import * as fc from "fast-check";
import { describe } from "vitest";
import { compileExpression } from "../../../src/mappings/cel.ts";
import { boundedScope } from "../../../src/mappings/scope.ts";
import { CANARY, withCanary } from "../canary.ts";
import { anyPayload, eventIn } from "../events.ts";
import { fuzz } from "../fuzz.ts";
import { hostileText } from "../hostile.ts";

const atom = fc.constantFrom(
  ..."event payload event.title event.labels event.actor.username event.iid event.assignees".split(
    " ",
  ),
  ..."event.issue.weight payload.object_attributes payload.project.id payload.commits l null".split(
    " ",
  ),
  ..."true false 0 -1 7u 1.5 1e308 9223372036854775807 'a' \"b\" '' b'x' [] [1,'a',null] {} {'a':1}".split(
    " ",
  ),
  ..."event['title'] payload['__proto__'] event.__proto__ event.constructor type".split(" "),
  ...["event", "event.title", "event.labels", "payload"].map((of) => `${of}.${CANARY.name}`),
  `'${CANARY.name}' in event`,
  `event['${CANARY.name}'] == '${CANARY.song}'`,
);

/** Expressions as they should be. */
const good = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: "small", withCrossShrink: true },
    atom,
    fc
      .tuple(
        tie("value"),
        fc.constantFrom(..."== != < <= > >= && || + - * / % in".split(" ")),
        tie("value"),
      )
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    tie("value").map((each) => `!${each}`),
    fc.tuple(tie("value"), tie("value"), tie("value")).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
    fc
      .tuple(
        fc.constantFrom("event.labels", "payload.commits", "[1, 2]", "event.assignees", "payload"),
        fc.constantFrom(..."all exists exists_one map filter".split(" ")),
        tie("value"),
      )
      .map(([list, macro, inner]) => `${list}.${macro}(l, ${inner})`),
    fc
      .tuple(
        tie("value"),
        fc.constantFrom(..."startsWith endsWith contains glob matches split".split(" ")),
        tie("value"),
      )
      .map(([of, name, argument]) => `${of}.${name}(${argument})`),
    fc
      .tuple(
        fc.constantFrom(
          ..."size has string int double type timestamp duration dyn bytes".split(" "),
        ),
        tie("value"),
      )
      .map(([name, argument]) => `${name}(${argument})`),
    fc.tuple(tie("value"), tie("value")).map(([of, index]) => `${of}[${index}]`),
  ),
})).value;

const soup = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: atom },
      {
        weight: 4,
        arbitrary: fc.constantFrom(
          ..."( ) [ ] { } . , : ? ! == && || + - in 'x \" r'' b\"\" '''a''' // has( size( matches(".split(
            " ",
          ),
          ..."cel.bind(l, .glob( .map(l, .exists(l, \\ \\u 0x 1. 99999999999999999999 @ # $".split(
            " ",
          ),
          "[".repeat(200),
          "(".repeat(200),
          "!".repeat(200),
        ),
      },
      { weight: 1, arbitrary: hostileText },
    ),
    { maxLength: 20 },
  )
  .map((pieces) => pieces.join(" "));

const expression = fc.oneof({ weight: 4, arbitrary: good }, { weight: 1, arbitrary: soup });

describe("whatever a condition is, and whatever an event", () => {
  fuzz(
    "it is refused in words, or has an answer or none, from nothing but its scope",
    fc.tuple(expression, anyPayload),
    ([source, payload]) => {
      const compiled = compileExpression(source);
      if ("problem" in compiled) {
        assert.match(compiled.problem, /\S/);
        return;
      }
      const scope = boundedScope(eventIn(payload), payload);
      const before = JSON.stringify(scope);
      const answer = compiled.answer(scope);
      assert.equal(JSON.stringify(scope), before);
      if (answer.error === null) assert.equal(typeof answer.value, "boolean");
      else assert.ok(answer.error.length < 1_000);
      assert.ok(compiled.seen(scope).length < 4_000);
      // What every object inherits changes nothing.
      assert.deepEqual(
        withCanary(() => compiled.answer(scope)),
        answer,
      );
    },
    { cpuMs: 600 },
  );
});
