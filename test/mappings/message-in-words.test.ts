import { expect, test } from "vitest";
import { messageInWords } from "../../src/mappings/message-in-words.ts";
import type { Rule } from "../../src/mappings/schema.ts";

const RULE: Rule = { name: "A", on: "issue.open", to: "b" };

test.for<[says: string, more: Partial<Rule>, words: string]>([
  ["nothing of its own", {}, "says the default message, as a card"],
  ["nothing, in short", { style: "compact" }, "says the default message, as one line"],
  ["a text", { message: "New:\n\n {{ event.link }}" }, "says “New:  ‹link›”"],
  [
    "what is done with a field",
    { message: "{{ event.author | mention | default: 'Hello' }}, look" },
    "says “‹author›, look”",
  ],
  ["a long text", { message: "x".repeat(200) }, `says “${"x".repeat(119)}…”`],
  [
    "blocks",
    { message: { text: "Look", blocks: [{ type: "divider" }] } },
    "says “Look”, in blocks of its own",
  ],
  ["one variable", { variables: { title: "t" } }, "fills in the variable title"],
  [
    "a text for channels, and variables for workflows",
    { message: "Look", variables: { title: "t", weight: 3 } },
    "says “Look”, and fills in the variables title and weight",
  ],
  ["an issue", { issue: { project: "acme/desk" } }, "makes an issue in acme/desk"],
])("says that a rule has %s", ([, more, words]) => {
  expect(messageInWords({ ...RULE, ...more })).toBe(words);
});
