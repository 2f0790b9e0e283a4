import { expect, test } from "vitest";
import { typesInWords } from "../../src/words/type-in-words.ts";

test.for<[types: string[], words: string]>([
  [["issue.open"], "An issue is opened"],
  [["issue.update", "issue.labeled"], "An issue is labelled"],
  [["merge_request.update"], "A merge request is changed"],
  [["pipeline.failed", "pipeline.broken"], "A pipeline fails"],
  [["reaction.eyes"], "Somebody reacts with :eyes:"],
  [["something.new"], "something.new"],
])("says %s as people do", ([types, words]) => {
  expect(typesInWords(types)).toBe(words);
});
