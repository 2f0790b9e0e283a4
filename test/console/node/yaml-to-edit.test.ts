import { expect, it } from "vitest";
import { readDocument } from "../../../src/console/browser/editor/read-document.ts";
import { yamlToEdit } from "../../../src/console/browser/editor/yaml-to-edit.ts";

it.for<[what: string, document: unknown]>([
  ["a text of several lines", { rules: [{ name: "A", message: "One\n\n  two: {{ x }}\nthree" }] }],
  ["a text that ends in new lines", { message: "One\n\n" }],
  [
    "texts that look like something else",
    { a: "yes", b: "1", c: "null", d: "~", e: "- x", f: "# x", g: " x " },
  ],
  ["keys that look like something else", { "1": "x", "a: b": "y", "": "z", true: "t" }],
  ["characters that nobody sees", { a: "\u0000\u200b\u2028\t", b: "é 😀" }],
  ["what is empty", { a: [], b: {}, c: "", d: null }],
])("%s comes back from the editor as it was", ([, document]) => {
  const text = JSON.stringify(document);
  expect(readDocument(yamlToEdit(text)).json).toBe(text);
});

it("leaves alone what is no JSON, and begins with nothing where there is nothing", () => {
  expect(yamlToEdit("{broken")).toBe("{broken");
  expect(yamlToEdit("")).toBe("");
});
