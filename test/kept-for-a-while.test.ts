import { expect, it } from "vitest";
import { keptForAWhile } from "../src/kept-for-a-while.ts";

it("is kept as long as it is fresh, also where it is null", () => {
  const names = keptForAWhile<string | null>(1_000, 2);
  names.keep("C1", null, 5_000);
  expect(names.get("C1", 5_999)).toMatchObject({ value: null });
  expect(names.get("C1", 6_000)).toBeNull();
  expect(names.get("C2", 5_999)).toBeNull();
  // The clock has been set back by more than anything is kept for.
  expect(names.get("C1", 4_000)).toBeNull();
});

it("makes room for what is new: the oldest goes, and what is kept again counts as new", () => {
  const names = keptForAWhile<string>(1_000, 2);
  names.keep("C1", "support", 0);
  names.keep("C2", "sales", 0);
  names.keep("C1", "support again", 0);
  names.keep("C3", "billing", 0);
  expect(["C1", "C2", "C3"].map((id) => names.get(id, 0)?.value)).toEqual([
    "support again",
    undefined,
    "billing",
  ]);
  names.clear();
  expect(names.get("C1", 0)).toBeNull();
});
