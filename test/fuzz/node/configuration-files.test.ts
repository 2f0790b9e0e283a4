import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { readConfiguration } from "../../../src/folder/read-folder.ts";
import { DESTINATIONS, GITLAB_MAPPING, SLACK_MAPPING } from "../documents.ts";
import { fuzz } from "../fuzz.ts";
import { hostileText } from "../hostile.ts";
import { mutated } from "../mutated.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "causeway-fuzz-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The value of a file with this text, or why it is refused. */
function read(text: string): { value: unknown } | { refusal: string } {
  writeFileSync(join(folder, "file.yaml"), text);
  try {
    const [file] = readConfiguration(folder);
    assert.equal(file?.key, "file");
    return { value: JSON.parse(file?.value ?? "") };
  } catch (error) {
    return { refusal: error instanceof Error ? error.message : String(error) };
  }
}

const AS_NAMED = /file\.yaml(?::\d+)?: \S/;

const token = fc.constantFrom(
  ..."- ? : , [ ] { } # & * ! | > ' \" % @ ` --- ... &a *a <<: !!str !!binary !!map !x !!js/function".split(
    " ",
  ),
  ..."key: __proto__: constructor: ~ null true .inf .nan 0x1F 0o7 1e999 2026-11-20 |- >+ \\ \\u".split(
    " ",
  ),
  "\n",
  "\n  ",
  "\n    ",
  "\t",
  "a: 1\n",
  "a: &a [*a]\n",
  "? [a, b]\n",
  "%YAML 1.1\n---\n",
  "\u0000",
  "\ufeff",
);
const soup = fc
  .array(fc.oneof({ weight: 5, arbitrary: token }, { weight: 1, arbitrary: hostileText }), {
    maxLength: 25,
  })
  .map((pieces) => pieces.join(" "));
const written = mutated([GITLAB_MAPPING, SLACK_MAPPING, ...DESTINATIONS], 2).map((document) =>
  stringify(document),
);
const damaged = fc
  .tuple(written, fc.nat(2_000), fc.nat(20), soup)
  .map(([text, at, gone, put]) => text.slice(0, at) + put + text.slice(at + gone));

describe("whatever a configuration file says", () => {
  fuzz(
    "it is a JSON value, or is refused by its name",
    fc.oneof(soup, written, damaged),
    (text) => {
      const result = read(text);
      if ("refusal" in result) assert.match(result.refusal, AS_NAMED);
      else assert.deepEqual(JSON.parse(JSON.stringify(result.value)), result.value);
    },
  );
});

/** Each level has the one before it nine times: nine levels are a billion values. */
const LAUGHS = [
  'a: &a ["lol","lol","lol","lol","lol","lol","lol","lol","lol"]',
  ..."bcdefghij".split("").map((name, index) => {
    const before = "abcdefghi"[index];
    return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(",")}]`;
  }),
].join("\n");

describe("a configuration file is refused, and where, for", () => {
  test.for<[name: string, text: string, refusal: RegExp]>([
    ["a billion laughs", LAUGHS, /file\.yaml.*alias/i],
    ["a merge of nothing", "%YAML 1.1\n---\na:\n  <<:", /file\.yaml.*merge/i],
    ["an anchor in itself", "a: &a [*a]", /file\.yaml/],
    ["lists 100,000 deep", "[".repeat(100_000), /file\.yaml/],
    ["lists 100,000 deep that end", "[".repeat(100_000) + "]".repeat(100_000), /file\.yaml/],
    [
      "blocks 3,000 deep",
      Array.from({ length: 3_000 }, (_, n) => `${" ".repeat(n)}a:`).join("\n"),
      /file\.yaml/,
    ],
    ["dashes 100,000 deep", "- ".repeat(100_000), /file\.yaml/],
    ["a key that is there twice", "a: 1\nb: 2\na: 3", /file\.yaml:3: /],
    ["a tag of another program's", "a: 1\nb: !!js/function 'x'", /file\.yaml:2: /],
    ["an alias of nothing", "a: 1\nb: *c", /file\.yaml:2: /],
    ["a bracket that is never closed", "a: 1\nb: [1, 2", /file\.yaml:2: /],
    ["two documents", "a: 1\n---\nb: 2", /file\.yaml:2: /],
    ["a tab before a key", "a:\n\tb: 1", /file\.yaml:2: /],
    ["a number that JSON has not", "a: .inf", /file\.yaml/],
    ["a key that is no text", "? [a, b]\n: 1", /file\.yaml/],
  ])("%s", ([, text, refusal]) => {
    const result = read(text);
    expect(
      "refusal" in result ? result.refusal : `taken: ${JSON.stringify(result).slice(0, 60)}`,
    ).toMatch(refusal);
  });

  test("but not for anchors that are used in earnest, nor for keys with hard names", () => {
    expect(read("a: &a {x: [1]}\nb: *a\n__proto__: {polluted: true}")).toEqual({
      value: JSON.parse('{"a":{"x":[1]},"b":{"x":[1]},"__proto__":{"polluted":true}}'),
    });
  });
});
