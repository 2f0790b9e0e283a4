import { expect, it } from "vitest";
import { editYaml } from "../../../src/folder/edit-yaml.ts";

it("edits YAML in place, whatever stays keeps its comments and spelling", () => {
  const source = [
    "# head",
    "rules:",
    "  # about A",
    "  - name: 'A'",
    "    on: [issue.open, issue.close]   # both",
    "",
    "  # about B",
    "  - name: B",
    "    on: x",
    "",
  ].join("\n");
  const edited = editYaml(source, {
    rules: [
      { name: "B", on: "y" },
      { name: "A", on: ["issue.open", "issue.close"], to: "c" },
    ],
  });
  expect(edited).toContain("# head\n");
  expect(edited).toMatch(/# about B\n {2}- name: B\n {4}on: y\n[^]*# about A\n {2}- name: 'A'/);
  expect(edited).toContain("on: [issue.open, issue.close] # both");
  expect(editYaml("a: &x [1]\nb: *x\n", { a: [2], b: [1] })).toBe("a: &x [2]\nb:\n  - 1\n");
  expect(editYaml("{broken", { a: 1 })).toBe("a: 1\n");
});

const LINE = "# yaml-language-server: $schema=schemas/person.schema.json";

it.each<[string, string, object, string]>([
  ["the head, when the first key goes", `${LINE}\na: 1\nb: 2\n`, { b: 3 }, `${LINE}\nb: 3\n`],
  [
    "the head, and not what was said of the key that goes",
    "# Head.\n\n# About a.\na: 1\n# About b.\nb: 2\n",
    { b: 2 },
    "# Head.\n\n# About b.\nb: 2\n",
  ],
  ["the head, when nothing stays", "# Head.\na: 1\n", { b: 2 }, "# Head.\nb: 2\n"],
  [
    "comments and style of a rule that gets another name",
    "rules:\n  # About A.\n  - { name: A, on: x } # why\n  - name: B\n    on: y\n",
    { rules: [{ name: "New", on: "x" }] },
    "rules:\n  # About A.\n  - { name: New, on: x } # why\n",
  ],
  [
    "comments of a rule that gets another name and more",
    "rules:\n  # About A.\n  - name: A\n    on: x # why\n",
    { rules: [{ name: "New", on: "x", to: "y" }] },
    "rules:\n  # About A.\n  - name: New\n    on: x # why\n    to: y\n",
  ],
  [
    "what is said behind a word that becomes a list",
    "to: a # why\n",
    { to: ["a", "b"] },
    "to:\n  # why\n  - a\n  - b\n",
  ],
  [
    "what is said in a list that becomes a word",
    "to:\n  - a # why\n",
    { to: "a" },
    "to: a # why\n",
  ],
  [
    "long lines, and how the file is laid out",
    `said: ${"word ".repeat(30)}end\nto: [ a, b ]\nrules:\n- x\n`,
    { said: `${"word ".repeat(30)}end`, to: ["a"], rules: ["x"] },
    `said: ${"word ".repeat(30)}end\nto: [ a ]\nrules:\n- x\n`,
  ],
  ["the head of a file that is no YAML", `${LINE}\na: [\n`, { a: 1 }, `${LINE}\na: 1\n`],
])("keeps %s", (_what, source, json, edited) => {
  expect(editYaml(source, json as never)).toBe(edited);
});
