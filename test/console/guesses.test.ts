import { expect, it } from "vitest";
import { countGuesses } from "../../src/console/guesses.ts";

const NOW = Date.parse("2031-03-04T10:00:00Z");

it("ten wrong tokens within a minute are waited out, by whoever gave them", () => {
  const { waitOf, wrong } = countGuesses();
  for (let count = 0; count < 10; count += 1) {
    expect(waitOf("a", NOW + count)).toBe(0);
    wrong("a", NOW + count * 1_000);
  }
  expect(waitOf("a", NOW + 10_000)).toBe(50);
  expect(waitOf("b", NOW + 10_000)).toBe(0);
  expect(waitOf("a", NOW + 60_000)).toBe(0);
});

it("a clock that jumps locks nobody out", () => {
  const { waitOf, wrong } = countGuesses();
  for (let count = 0; count < 10; count += 1) wrong("a", NOW);
  expect(waitOf("a", NOW - 3_600_000)).toBe(0);
});

it("no more than a thousand addresses are remembered, the latest of them", () => {
  const { waitOf, wrong } = countGuesses();
  for (let address = 0; address < 1_001; address += 1) {
    for (let count = 0; count < 10; count += 1) wrong(`address ${address}`, NOW);
  }
  expect(waitOf("address 0", NOW)).toBe(0);
  expect(waitOf("address 1", NOW)).toBe(60);
  expect(waitOf("address 1000", NOW)).toBe(60);
});
