import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { field, text, type Json, type JsonObject } from "../../src/json.ts";
import { outlineOf } from "../../src/gitlab/outline.ts";

const encoder = new TextEncoder();

function outline(written: string): JsonObject | null {
  return outlineOf(encoder.encode(written));
}

/** Whether `part` is `whole` with strings cut, items and keys left out; nothing else changed. */
function isOutlineOf(part: Json, whole: Json): boolean {
  if (typeof part === "string" && typeof whole === "string") {
    return part === whole || (part.endsWith("…") && whole.startsWith(part.slice(0, -1)));
  }
  if (Array.isArray(part) && Array.isArray(whole)) {
    let at = 0;
    return part.every((item) => {
      while (at < whole.length && !isOutlineOf(item, whole[at] ?? null)) at += 1;
      at += 1;
      return at <= whole.length;
    });
  }
  if (part === null || whole === null || typeof part !== "object" || typeof whole !== "object") {
    return Object.is(part, whole);
  }
  if (Array.isArray(part) || Array.isArray(whole)) return false;
  return Object.entries(part).every(
    ([key, inner]) => Object.hasOwn(whole, key) && isOutlineOf(inner, whole[key] ?? null),
  );
}

/** A body of about `megabytes`, mostly description, as a hostile or merely careless sender makes it. */
function largeBody(megabytes: number, filler: string): string {
  return JSON.stringify({
    object_kind: "issue",
    object_attributes: {
      title: "Large",
      description: filler.repeat(
        Math.ceil((megabytes * 1024 * 1024) / encoder.encode(filler).length),
      ),
      confidential: true,
      iid: 7,
    },
    project: { path_with_namespace: "acme/widgets" },
  });
}

describe("an outline", () => {
  it("of a small object is the object", () => {
    const small = fc.jsonValue({ maxDepth: 4, noUnicodeString: false }).filter((value) => {
      return JSON.stringify(value).length < 1_500 && !hasLongList(value as Json);
    });
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: "binary" }), small),
        fc.nat(3),
        (body, indent) => {
          expect(outline(JSON.stringify(body, null, indent))).toEqual(
            JSON.parse(JSON.stringify(body)),
          );
        },
      ),
    );
  });

  it("of any object only leaves out and cuts", () => {
    const value = fc.jsonValue({ maxDepth: 12 });
    fc.assert(
      fc.property(fc.dictionary(fc.string(), value), (body) => {
        const written = JSON.stringify(body);
        const read = outline(written);
        expect(read).not.toBeNull();
        expect(isOutlineOf(read, JSON.parse(written))).toBe(true);
      }),
    );
  });

  test.for([
    ["Latin text", "lorem ipsum "],
    ["other text", "приветありがとう👍🏽"],
    ["escapes", 'a"\\\n\u0000'],
  ] as const)("of 6 MiB of %s keeps what identifies it", ([, filler]) => {
    const read = outline(largeBody(6, filler));
    expect(read).toMatchObject({
      object_kind: "issue",
      object_attributes: { title: "Large", confidential: true, iid: 7 },
      project: { path_with_namespace: "acme/widgets" },
    });
    const description = text(field(read ?? {}, "object_attributes", "description")) ?? "";
    expect(description.endsWith("…")).toBe(true);
    expect(filler.repeat(2_000).startsWith(description.slice(0, -1))).toBe(true);
    expect(encoder.encode(JSON.stringify(read)).length).toBeLessThan(20_000);
  });

  it("stays small whatever the body holds", () => {
    const lists = Object.fromEntries(
      Array.from({ length: 400 }, (_, n) => [
        `k${n}`,
        Array.from({ length: 100 }, () => "x".repeat(90)),
      ]),
    );
    const texts = Object.fromEntries(
      Array.from({ length: 4_000 }, (_, n) => [`t${n}`, "x".repeat(900)]),
    );
    const numbers = Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [`n${n}`, n]));
    for (const more of [lists, texts, numbers]) {
      const read = JSON.stringify(outline(JSON.stringify({ object_kind: "pipeline", more })));
      expect(read.length).toBeLessThan(400_000);
      expect(JSON.parse(read)).toMatchObject({ object_kind: "pipeline" });
    }
  });

  it("keeps the first twenty items of a list", () => {
    const builds = Array.from({ length: 500 }, (_, id) => ({ id }));
    expect(outline(JSON.stringify({ builds, after: 1 }))).toEqual({
      builds: builds.slice(0, 20),
      after: 1,
    });
  });

  test.for([
    ["lists", "[", "]"],
    ["objects", '{"a":', "}"],
  ] as const)("of 100,000 %s in each other is read without recursion", ([, open, close]) => {
    const deep = `${open.repeat(100_000)}1${close.repeat(100_000)}`;
    expect(outline(`{"first":1,"deep":${deep},"last":2}`)).toMatchObject({ first: 1, last: 2 });
    expect(outline(`{"deep":${open.repeat(100_000)}`)).toBeNull();
  });

  it("takes __proto__ for a key like any other", () => {
    const read = outline('{"__proto__":{"confidential":true},"constructor":1,"a":{"__proto__":2}}');
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(Object.entries(read ?? {})).toEqual([
      ["__proto__", { confidential: true }],
      ["constructor", 1],
      ["a", JSON.parse('{"__proto__":2}')],
    ]);
    expect(({} as { confidential?: boolean }).confidential).toBeUndefined();
  });

  it("never cuts a string inside a character or an escape", () => {
    const unit = fc.constantFrom("a", "é", "€", "👍", "\\", '"', "\n", "\u0001");
    fc.assert(
      fc.property(fc.array(unit, { minLength: 1, maxLength: 12 }), fc.nat(12), (units, shift) => {
        const long = "x".repeat(shift) + units.join("").repeat(700);
        const cut = text(outline(JSON.stringify({ long }))?.["long"]) ?? "";
        expect(cut).not.toContain("\ufffd");
        expect(cut.isWellFormed()).toBe(true);
        expect(isOutlineOf(cut, long)).toBe(true);
        expect(cut.length).toBeGreaterThan(150);
      }),
      { numRuns: 60 },
    );
  });

  test.for([
    "",
    " ",
    "null",
    "[]",
    '"text"',
    "{",
    "}",
    "{]",
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    '{"a":1 "b":2}',
    '{"a":[1,]}',
    '{"a":[1 2]}',
    '{"a":[1}',
    '{"a":tru}',
    '{"a":01}',
    '{"a":"b}',
    '{"a":"\\x"}',
    '{"a":"\\',
    "{a:1}",
    '{"a":1}}',
    '{"a":1} {}',
    '{"a":1}x',
    '{"a":NaN}',
  ])("of %j is null", (malformed) => {
    expect(outline(malformed)).toBeNull();
  });

  it("reads past a byte order mark and white space", () => {
    expect(outline('\ufeff \r\n\t{ "a" : [ 1 , null ] } \n')).toEqual({ a: [1, null] });
  });
});

function hasLongList(value: Json): boolean {
  if (value === null || typeof value !== "object") return false;
  const inner = Object.values(value);
  return (Array.isArray(value) && value.length > 20) || inner.some(hasLongList);
}
