import { expect, test } from "vitest";
import { spanInWords } from "../../src/words/span-in-words.ts";

test.for([
  [0, "0.1 s"],
  [380, "0.4 s"],
  [1_000, "1 s"],
  [2_140, "2.1 s"],
  [12_400, "12 s"],
  [59_000, "59 s"],
  [60_000, "1 minute"],
  [170_000, "3 minutes"],
  [7_200_000, "2 hours"],
  [86_400_000, "1 day"],
] as const)("%i ms is %s", ([ms, words]) => {
  expect(spanInWords(ms)).toBe(words);
});
