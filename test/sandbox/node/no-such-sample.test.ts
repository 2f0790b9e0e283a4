import { expect, it } from "vitest";
import { noSuchSample } from "../../../src/sandbox/no-such-sample.ts";

const NAMES = ["issue.open", "note.commit", "note.issue", "unknown"];

it("lists the samples that begin with what was typed, and else the nearest", () => {
  expect(noSuchSample("note", NAMES)).toBe(
    'There is no "note". There are:\n  note.commit\n  note.issue',
  );
  expect(noSuchSample("isue.open", NAMES)).toContain('Did you mean "issue.open"?');
});
