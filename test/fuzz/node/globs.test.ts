import { strict as assert } from "node:assert";
import * as fc from "fast-check";
import { describe } from "vitest";
import type { Event } from "../../../src/event.ts";
import { compileConditions, type Condition } from "../../../src/mappings/conditions.ts";
import { glob } from "../../../src/mappings/glob.ts";
import type { Problem } from "../../../src/mappings/problems.ts";
import type { Globs } from "../../../src/mappings/schema.ts";
import { boundedScope } from "../../../src/mappings/scope.ts";
import { eventOf } from "../../gitlab/fixtures.ts";
import { fuzz } from "../fuzz.ts";
import { hostileText, PUMPS } from "../hostile.ts";

/** The longest that the schema takes, and a text as long as no ref or name is. */
const [PATTERN_LENGTH, VALUE_LENGTH] = [500, 200_000];

const few = fc.constantFrom("a", "b", "*", "?", "A", ".", "👍", "İ", "ß");
const pattern = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: few, maxLength: 12 }) },
  { weight: 1, arbitrary: hostileText.map((text) => text.slice(0, PATTERN_LENGTH)) },
);
const value = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: few, maxLength: 12 }) },
  { weight: 1, arbitrary: hostileText },
);

/** A pattern of many parts that fit nearly everywhere, and a value in which they do. */
const hostilePair = fc
  .record({
    part: fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), minLength: 1, maxLength: 4 }),
    ends: fc.tuple(fc.constantFrom("", "*", "?", "a"), fc.constantFrom("", "b", "*b", "?", "*?")),
    pump: fc.oneof(fc.constantFrom("a", "ab", "b", "aab"), fc.constantFrom(...PUMPS)),
  })
  .map(({ part, ends: [first, last], pump }) => ({
    pattern: first + part.repeat(PATTERN_LENGTH / part.length).slice(0, PATTERN_LENGTH - 4) + last,
    value: pump.repeat(VALUE_LENGTH / pump.length),
  }));

const globs: fc.Arbitrary<Globs> = fc.oneof(
  pattern,
  fc.array(pattern, { minLength: 1, maxLength: 3 }),
  fc.record(
    { any: pattern, all: fc.array(pattern, { maxLength: 2 }), none: pattern, not: pattern },
    { requiredKeys: [] },
  ),
);

function conditions(when: Parameters<typeof compileConditions>[0]): Condition[] {
  const problems: Problem[] = [];
  const compiled = compileConditions(when, "when", problems);
  assert.deepEqual(problems, []);
  return compiled;
}

describe("whatever a glob is, and whatever it is asked about", () => {
  fuzz(
    "it answers, and the same when the case is another",
    fc.tuple(pattern, value),
    ([wanted, given]) => {
      const answer = glob(wanted)(given);
      assert.equal(glob(wanted.toLowerCase())(given), answer);
      assert.equal(glob(`*${wanted}*`)(`x${given}y`) || !answer, true);
    },
  );

  fuzz(
    `it takes little for ${PATTERN_LENGTH} characters and a value of ${VALUE_LENGTH}`,
    hostilePair,
    ({ pattern: wanted, value: given }) => {
      assert.equal(typeof glob(wanted)(given), "boolean");
    },
    { cpuMs: 150 },
  );

  const asked = fc.tuple(
    fc.record({ labels: globs, actor: globs, branch: globs }),
    fc.array(value),
    value,
  );
  fuzz("conditions hold or say in words why not", asked, ([when, labels, name]) => {
    const event: Event = { ...eventOf("issue.open"), labels, ref: name };
    const scope = () => boundedScope(event, {});
    for (const condition of conditions(when)) {
      assert.equal(typeof condition.holds(event, scope), "boolean");
      assert.match(condition.why(event, scope), /^\w+: /);
    }
  });
});
