import fc from "fast-check";
import { expect, it } from "vitest";
import { canMeet, isCovered } from "../../src/linting/globs.ts";
import { glob } from "../../src/mappings/glob.ts";

it.for([
  ["bug", "bug", true],
  ["Bug", "bUG", true],
  ["bug::1", "bug*", true],
  ["bug*", "bug::*", false],
  ["*", "*", true],
  ["**", "*", true],
  ["*", "?*", false],
  ["a?c", "a*", true],
  ["a*", "a?c", false],
  ["?", "*", true],
  ["ab*cd", "a*d", true],
  ["a*d", "ab*cd", false],
  ["", "*", true],
] as const)("everything that %s matches is matched by %s: %s", ([inner, outer, covered]) => {
  expect(isCovered(inner, outer)).toBe(covered);
});

it.for([
  ["a*", "*b", true],
  ["a*", "b*", false],
  ["a?", "a", false],
  ["a*", "a", true],
  ["a*b", "a?c", false],
  ["*::x", "team::*", true],
  ["", "", true],
  ["", "?", false],
] as const)("%s and %s can match the same text: %s", ([a, b, meet]) => {
  expect(canMeet(a, b)).toBe(meet);
});

const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 6 });
const text = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 8 });

it("what they say holds for every text", () => {
  fc.assert(
    fc.property(pattern, pattern, text, (one, other, value) => {
      const [inOne, inOther] = [glob(one)(value), glob(other)(value)];
      expect(!(isCovered(one, other) && inOne) || inOther).toBe(true);
      expect(!(inOne && inOther) || canMeet(one, other)).toBe(true);
      expect(canMeet(one, other)).toBe(canMeet(other, one));
    }),
    { numRuns: 3_000 },
  );
});

it("takes no time for long patterns that were made to take long", () => {
  const long = "a*".repeat(250);
  expect(isCovered(`${long}b`, `${long}c`)).toBe(false);
  expect(canMeet(`${long}b`, `${long}c`)).toBe(false);
});
