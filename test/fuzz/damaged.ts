import * as fc from "fast-check";

const encoder = new TextEncoder();

/** Bytes that mean something to a reader of JSON, alone or in the wrong place. */
const TOKENS = [
  ...'{ } [ ] " : , \\ \\u \\ud800 \\udc00 \\u0000 null true false nul 0 -0 01 1e999 -1e999 1e-999 1. .5 +1 NaN'.split(
    " ",
  ),
  ...'// /* {"a": [{"a":[ ,, "": {} [] "a":1, "__proto__":{"polluted":1}, "constructor":{"prototype":{}},'.split(
    " ",
  ),
  '"object_kind":"issue",',
  '"object_attributes":null,',
  '"project":{"path_with_namespace":"evil/path"},',
  `"${"k".repeat(3_000)}":1,`,
  `"a":"${"x".repeat(3_000)}",`,
  "9".repeat(1_000),
  "[".repeat(2_000),
  "]".repeat(2_000),
  '{"a":'.repeat(1_000),
  "\ufeff",
  "\u0000",
  "\u2028",
  " ".repeat(100),
].map((token) => encoder.encode(token));

/** Bytes that are no UTF-8, or only the beginning of it. */
const BROKEN = [
  [0xff],
  [0xc3],
  [0xe2, 0x82],
  [0xf0, 0x9f, 0x91],
  [0xed, 0xa0, 0x80],
  [0xc0, 0x80],
  [0x80],
].map((bytes) => Uint8Array.from(bytes));

const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...TOKENS) },
  { weight: 1, arbitrary: fc.constantFrom(...BROKEN) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 8 }) },
);

/** One splice; `at` is a place by its share of the whole, `gone` how many bytes are taken away. */
const splice = fc.record({
  at: fc.nat(999_999),
  gone: fc.oneof(fc.constant(0), fc.nat(4), fc.nat(5_000)),
  piece,
});

/** One of the texts as bytes, with bytes taken out and put in; or bytes that were never a text. */
export function damaged(texts: string[]): fc.Arbitrary<Uint8Array> {
  const whole = texts.map((text) => encoder.encode(text));
  const spliced = fc
    .tuple(fc.nat(whole.length - 1), fc.array(splice, { maxLength: 4 }))
    .map(([index, splices]) => splices.reduce(applied, whole[index] ?? new Uint8Array()));
  const cut = fc
    .tuple(spliced, fc.nat(999_999))
    .map(([bytes, at]) => bytes.subarray(0, Math.floor((bytes.length * at) / 1_000_000)));
  const soup = fc.array(piece, { maxLength: 12 }).map((pieces) => Buffer.concat(pieces));
  return fc.oneof(
    { weight: 5, arbitrary: spliced },
    { weight: 1, arbitrary: cut },
    { weight: 2, arbitrary: soup },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }) },
  );
}

function applied(
  bytes: Uint8Array,
  { at, gone, piece: put }: { at: number; gone: number; piece: Uint8Array },
): Uint8Array {
  const start = Math.floor((bytes.length * at) / 1_000_000);
  return Buffer.concat([bytes.subarray(0, start), put, bytes.subarray(start + gone)]);
}
