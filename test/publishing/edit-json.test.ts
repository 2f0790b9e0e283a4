import fc from "fast-check";
import { expect, it, test } from "vitest";
import type { Json } from "../../src/json.ts";
import { setInJson, takeFromJson } from "../../src/publishing/edit-json.ts";

test.for([
  ["a value", '{"a":1, "b" : [true,"x"]}', ["b", 1], "y", '{"a":1, "b" : [true,"y"]}'],
  [
    "what is nested",
    '{"r":[{"n":"}]\\""},{"n":2}]}',
    ["r", 1, "n"],
    3,
    '{"r":[{"n":"}]\\""},{"n":3}]}',
  ],
  ["the last of two of one name", '{"a":1,"a":2}', ["a"], 3, '{"a":1,"a":3}'],
  ["a key that is new", '{"2":1}', ["1"], "x", '{"2":1,"1":"x"}'],
  ["the first of an empty list", '{"r":[ ]}', ["r", 0], { n: 1 }, '{"r":[{"n":1}]}'],
  ["one more of a list", "[1,2]", [2], 3, "[1,2,3]"],
  [
    "numbers as they were written",
    '{"a":1.50,"b":1e3,"c":null}',
    ["c"],
    0,
    '{"a":1.50,"b":1e3,"c":0}',
  ],
] as const)("changes %s and nothing else", ([, text, path, value, expected]) => {
  expect(setInJson(text, [...path], value)).toBe(expected);
});

it("lays out what is new as its neighbours are", () => {
  const text = JSON.stringify({ rules: [{ name: "A" }] }, null, 2);
  expect(setInJson(text, ["rules", 1], { name: "B", on: ["x"] })).toBe(
    JSON.stringify({ rules: [{ name: "A" }, { name: "B", on: ["x"] }] }, null, 2),
  );
});

it("refuses a path that leads nowhere", () => {
  expect(() => setInJson('{"a":[1]}', ["a", 2], 1)).toThrow("nothing is at a.2");
  expect(() => setInJson('{"a":1}', ["b", "c"], 1)).toThrow("nothing is at b.c");
  expect(() => setInJson('{"a":1}', ["a", "c"], 1)).toThrow("nothing in it");
});

it("makes of any document what an assignment would make of it", () => {
  const members = fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1, noNullPrototype: true });
  fc.assert(
    fc.property(
      members,
      fc.nat(),
      fc.jsonValue(),
      fc.constantFrom(0, 2),
      (given, n, value, indent) => {
        const keys = Object.keys(given);
        const key = keys[n % keys.length] ?? "";
        const text = JSON.stringify(given, null, indent);
        const wanted = JSON.parse(text) as Record<string, Json>;
        Object.defineProperty(wanted, key, {
          value: JSON.parse(JSON.stringify(value)),
          enumerable: true,
        });
        expect(JSON.parse(setInJson(text, [key], value as Json))).toEqual(wanted);
      },
    ),
  );
});

test.for([
  ["the last key", '{"r":[{"n":1, "x":true}]}', '{"r":[{"n":1}]}'],
  ["the first key", '{"r":[{ "x" : "}", "n":1 }]}', '{"r":[{ "n":1 }]}'],
  ["a key between others", '{"r":[{"a":1,\n "x":[2],\n "n":1}]}', '{"r":[{"a":1,\n "n":1}]}'],
  ["the only key", '{"r":[{"x":null}]}', '{"r":[{}]}'],
  ["each of two of one name", '{"r":[{"x":1,"n":1,"x":2}]}', '{"r":[{"n":1}]}'],
  ["nothing that is elsewhere", '{"x":1,"r":[{"n":{"x":1}}]}', '{"x":1,"r":[{"n":{"x":1}}]}'],
])("takes %s out and nothing else", ([, text = "", expected]) => {
  expect(takeFromJson(text, ["r", 0], "x")).toBe(expected);
});

it("takes out what was put in, however the text is laid out", () => {
  for (const indent of [0, 2]) {
    const text = JSON.stringify({ rules: [{ name: "A", on: ["x"] }] }, null, indent);
    const more = setInJson(text, ["rules", 0, "enabled"], false);
    expect(takeFromJson(more, ["rules", 0], "enabled")).toBe(text);
  }
  expect(() => takeFromJson('{"a":1}', ["b"], "c")).toThrow("nothing is at b");
});
