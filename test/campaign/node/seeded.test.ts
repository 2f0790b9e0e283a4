import { expect, it } from "vitest";
import { seeded } from "../random.ts";

function draw(seed: number): unknown[] {
  const random = seeded(seed);
  return [
    ...Array.from({ length: 20 }, () => random.between(1, 1_000)),
    random.shuffled(["a", "b", "c", "d", "e", "f"]),
    random.pick(["x", "y", "z"]),
  ];
}

it("gives the same choices for the same seed, and others for another", () => {
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});

it("stays between its bounds, and reaches both", () => {
  const random = seeded(1);
  const drawn = Array.from({ length: 1_000 }, () => random.between(3, 6));
  expect(new Set(drawn)).toEqual(new Set([3, 4, 5, 6]));
});

it("shuffles without losing or doubling anything", () => {
  const list = Array.from({ length: 50 }, (_, index) => index);
  const shuffled = seeded(1).shuffled(list);
  expect(shuffled).not.toEqual(list);
  expect(shuffled.toSorted((a, b) => a - b)).toEqual(list);
});
