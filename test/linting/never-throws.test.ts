import fc from "fast-check";
import { expect, it } from "vitest";
import { lintDocuments } from "../../src/linting/lint-documents.ts";

const KEYS = [
  "mapping/gitlab/a",
  "mapping/gitlab/*",
  "mapping/slack/C0123456789",
  "mapping/slack/*",
  "destination/team",
  "person/ana",
  "other",
  "",
];
const WORDS = [
  "issue.open",
  "*",
  "reaction.eyes",
  "thread",
  "team",
  "{{ event.title | mention }}",
  "{% for a in event.labels %}{{ a.b }}{% endfor %}",
  "{{ event[event.kind].x[0] }}",
  "event.title == 'x'",
  "has(event.note.x)",
  "__proto__",
  "constructor",
];
const word = fc.oneof(fc.constantFrom(...WORDS), fc.string());
const one = fc.oneof(word, fc.array(word, { maxLength: 3 }), fc.jsonValue());
const globs = fc.oneof(
  one,
  fc.record({ any: one, all: one, none: one, not: one }, { requiredKeys: [] }),
);
const when = fc.record(
  {
    labels: globs,
    branch: globs,
    project: globs,
    status: globs,
    confidential: fc.boolean(),
    if: word,
  },
  { requiredKeys: [] },
);
const rule = fc.record(
  {
    name: word,
    on: one,
    to: one,
    when,
    who: one,
    message: fc.oneof(word, fc.record({ text: word, blocks: fc.jsonValue() })),
    variables: fc.dictionary(word, word),
    issue: fc.record({ project: fc.constant("a/b"), title: word, labels: fc.array(word) }),
  },
  { requiredKeys: ["name", "on", "to"] },
);
const value = fc.oneof(
  fc.jsonValue(),
  fc.record(
    { rules: fc.array(rule, { maxLength: 4 }), inherit: fc.boolean() },
    { requiredKeys: ["rules"] },
  ),
  fc.record({
    type: fc.constantFrom("workflow", "channel", "webhook"),
    url: fc.oneof(fc.constant("secret:A"), word),
    channel: fc.oneof(fc.constant("C0123456789"), word),
    variables: one,
  }),
);
const text = fc.oneof(
  { weight: 9, arbitrary: value.map((each) => JSON.stringify(each)) },
  { weight: 1, arbitrary: fc.string() },
);

it(
  "says of any documents what is wrong with them, each finding in full",
  { timeout: 60_000 },
  () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.oneof(fc.constantFrom(...KEYS), word), text, { maxKeys: 6 }),
        (values) => {
          const documents = Object.entries(values).map(([key, each]) => ({ key, text: each }));
          for (const { key, path, severity, code, message } of lintDocuments(documents)) {
            expect(Object.hasOwn(values, key)).toBe(true);
            expect(typeof path).toBe("string");
            expect(["error", "warning"]).toContain(severity);
            expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
            expect(message).not.toBe("");
          }
        },
      ),
      { numRuns: 1_000 },
    );
  },
);

it("gets through what is nested very deep", () => {
  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  const blocks = `{"rules":[{"name":"a","on":"issue.open","to":"b","message":{"text":"x","blocks":[{"type":"x","y":${deep}}]}}]}`;
  const template = "{% if event.title %}".repeat(499) + "{% endif %}".repeat(499);
  const found = lintDocuments([
    { key: "mapping/gitlab/a", text: blocks },
    { key: "mapping/gitlab/b", text: deep },
    {
      key: "mapping/gitlab/c",
      text: JSON.stringify({
        rules: [{ name: "a", on: "issue.open", to: "b", message: template }],
      }),
    },
  ]);
  expect(
    found.filter(({ key, message }) => key === "mapping/gitlab/a" && message.includes("nested")),
  ).toHaveLength(1);
});
