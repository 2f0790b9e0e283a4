import { expect, it } from "vitest";
import { readDocument } from "../../../src/console/browser/editor/read-document.ts";

it.for(["", "# Only a comment.\n", "null\n"])("a text that says nothing is empty: %j", (text) => {
  expect(readDocument(text)).toMatchObject({
    json: null,
    reason: "It is empty.",
    problems: [{ line: 1, message: expect.stringMatching(/^the document is empty: write it/) }],
  });
});
