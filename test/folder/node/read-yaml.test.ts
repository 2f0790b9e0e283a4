import { expect, it } from "vitest";
import { readYaml } from "../../../src/folder/read-yaml.ts";

const TEXT = `rules:
  - name: New issues
    on: issue.open
    when:
      labels: { none: [Duplicate] }
    to: support
    message: "{{ event.link }}"
`;

it.for<[slip: string, text: string, line: number, message: RegExp]>([
  ["a list that is begun before all", `rulez: [\n${TEXT}`, 1, /^the \[ that begins here is not/],
  ["a list that is not closed", TEXT.replace("]", ""), 5, /^the \[ that begins here is not closed/],
  ["a map that is not closed", TEXT.replace("] }", "]"), 5, /^the \{ that begins here is not/],
  [
    "a list of lines in one that is not closed",
    "rules: [\n  - name: A\n",
    1,
    /^the \[ that begins/,
  ],
  ["a list of lines in brackets", "rules: [\n  - name: A\n]\n", 2, /cannot stand between brackets/],
  ["a quote that is not closed", TEXT.replace('}}"', "}}"), 7, /^the " that begins here is not/],
  ["a tab", TEXT.replace("    to", "\tto"), 6, /begins with a tab/],
  ["too little indentation", TEXT.replace("    to", "   to"), 6, /not indented like/],
  ["too much indentation", TEXT.replace("    to", "     to"), 6, /not indented like/],
  ["no colon", TEXT.replace("to: s", "to s"), 6, /colon and a space .* missing/],
  ["no space", TEXT.replace("to: s", "to:s"), 6, /colon and a space .* missing/],
  ["two colons", TEXT.replace("support", "sup: port"), 6, /one colon too many/],
  ["a key twice", TEXT.replace("to: support", "on: push"), 6, /second time/],
  ["a person without quotes", TEXT.replace("support", "@support"), 6, /begins with @ needs quotes/],
  ["braces without quotes", TEXT.replaceAll(/"(?=\{)|(?<=\})"/g, ""), 7, /with \{ needs quotes/],
  ["bold without quotes", TEXT.replace('"{{', "*{{"), 7, /begins with \* needs quotes/],
  ["a word behind a quoted one", TEXT.replace("support", '"a" b'), 6, /does not belong/],
  ["two documents", `${TEXT}---\na: 1\n`, 8, /second document/],
  ["a backslash", TEXT.replace('"{{', '"\\q {{'), 7, /backslash is written as two/],
  ["what has no words of ours", TEXT.replace("support", "*x"), 6, /alias/],
])("says of %s only what went wrong first, and where", ([, text, line, message]) => {
  expect(readYaml(text)).toEqual({
    ok: false,
    problems: [{ line, column: expect.any(Number), message: expect.stringMatching(message) }],
  });
});
