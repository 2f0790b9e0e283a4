import * as fc from "fast-check";
import type { Json } from "../../src/json.ts";

/** Keys that mean something to JavaScript, to Liquid, to CEL or to us. */
const KEYS = [
  ..."__proto__ constructor prototype toString valueOf hasOwnProperty toJSON then length size".split(
    " ",
  ),
  ..."first last polluted object_kind event_name object_attributes action type status".split(" "),
  ..."project user labels changes url title id iid confidential variables value".split(" "),
  "",
  "0",
  "-1",
  "a.b",
  "a b",
  "\u0000",
  "\ud800",
];

/** What somebody would write to mention, link, format, command, break out or take long. */
const ATTACKS = [
  "<!channel>",
  "<@U0123456789>",
  "<https://evil.example|https://gitlab.example.com>",
  "[https://gitlab.example.com](https://evil.example)",
  "](javascript:alert(1))",
  "@channel @here @everyone",
  "&lt;!channel&gt; &#60;!here&#62;",
  "`` ` ``` ``` ~~~",
  "> quote\n>>> more\r\n- list\n1. list",
  "\u202egnp.exe\u202c\u200b\u0000",
  "{{ payload | json }}{% for i in (1..9) %}",
  "https://user:pass@gitlab.example.com/groups/a/-/epics/1",
  "http://[::1",
  "%E0%A4%A",
  "2026-11-20T10:00:00Z",
  "2026-13-45 99:99:99 +9999",
  "1360782400.498405",
  "../../..",
  "a/b/c",
  "success",
  "failed",
  "closed",
  "0".repeat(40),
  "9".repeat(400),
  "\ud83d",
  "👩‍🚒",
  "null",
  "NaN",
];

/** What repeated often makes careless patterns look again and again. */
export const PUMPS = [
  ..."a A 0 _ - . , : ; ! ? / \\ | * ~ ` # @ & < > ( ) [ ] { } \" ' = + % ^ $".split(" "),
  " ",
  "\t",
  "\n",
  "\u00a0",
  "é",
  "👍",
  "\ud800",
  ..."// :: .. -- __ ** ~~ `` << >> (( [[ ![ ]( <! <a <!-- --> &a; a. a/ /-/ -. a@ :a".split(" "),
  ..."https:// www. http://a. 1. ::skin-tone-2 {{ {% {a} (a.. <br > _a *a (*a ~~a ```".split(" "),
  "\n> ",
  "\n- ",
  "\n1. ",
  "\n|a",
  "\n```\n",
  "\n>>>\n",
  "\n---\n",
  "a ",
  "a\n",
];

const pumped = fc
  .tuple(
    fc.constantFrom(...PUMPS),
    fc.integer({ min: 2, max: 1_500 }),
    fc.constantFrom("", "x", "\n"),
  )
  .map(([pump, times, end]) => pump.repeat(times) + end);

/** A text that nobody should send. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...ATTACKS) },
  { weight: 3, arbitrary: fc.string({ unit: "binary", maxLength: 20 }) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 20 }) },
  { weight: 1, arbitrary: pumped },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.oneof(fc.constantFrom(...ATTACKS), fc.string({ maxLength: 6 })), { maxLength: 5 })
      .map((parts) => parts.join("")),
  },
);

export const hostileKey: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...KEYS) },
  { weight: 1, arbitrary: hostileText },
);

/** Numbers that JSON can hold; `1e999` is read as infinity. */
const hostileNumber = fc.oneof(
  fc.constantFrom(0, -0, -1, 1, 1.5, 2 ** 31, 2 ** 53, 1e21, 1e308, 5e-324, Infinity, -Infinity),
  fc.double({ noNaN: true }),
  fc.integer(),
);

/** Any JSON value, the strangest first. */
export const hostileJson: fc.Arbitrary<Json> = fc.letrec<{
  value: Json;
  list: Json[];
  object: Json;
}>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<Json>(null, true, false, "", [], {}),
    hostileNumber,
    hostileText,
    tie("list"),
    tie("object"),
  ),
  list: fc.array(tie("value"), { maxLength: 4 }),
  object: fc
    .array(fc.tuple(hostileKey, tie("value")), { maxLength: 4 })
    // Own properties, as JSON.parse makes them, whatever they are called.
    .map((entries): Json => Object.fromEntries(entries)),
})).value;
