import { strict as assert } from "node:assert";
import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { fuzz } from "../fuzz.ts";
import { regularExpressions } from "../regular-expressions.ts";

/**
 * Lengths of the texts that a pattern is tried with, and the milliseconds beyond which it is slow.
 * Patterns whose work is exponential, cubic or quadratic take long at the first, second or third, and
 * are not tried with the next one; what is quick at the second is not tried with the third.
 */
const LENGTHS = [25, 2_000, 8_000];
const SLOW_MS = [15, 100, 12];
const QUICK_MS = 0.7;

const all = regularExpressions();
const written = all.flatMap(({ regexp, where }) => (regexp === null ? [] : [{ regexp, where }]));

type Attack = { prefix: string; pump: string; suffix: string };

/** What a pattern may stumble over: its own characters, and some of each class. */
function piecesOf(path: string): string[] {
  const each = `a0_-. \n/:${path}<!`.split("");
  return [...new Set(["ab", "a.", "::", ...each])].slice(0, 24);
}

/** A text that gets far in a pattern: its characters, a dot for what is only excluded. */
function pathThrough({ source }: RegExp): string {
  return source
    .replace(/\[\^(?:[^\]\\]|\\.)*\]/g, ".")
    .replace(/\[((?:[^\]\\]|\\.)*)\]/g, (_all, inner: string) =>
      inner.slice(0, inner[0] === "\\" ? 2 : 1),
    )
    .replace(/\(\?<?[=!][^()]*\)|\(\?:|\{\d+,?\d*\}|\\[bB]/g, "")
    .replace(/\\[wp](?:\{\w+\})?/g, "a")
    .replace(/\\d/g, "0")
    .replace(/\\s/g, " ")
    .replace(/\\n/g, "\n")
    .replace(/(?<!\\)[()^$*+?|]/g, "")
    .replaceAll("\\", "");
}

function attacksOn(regexp: RegExp): Attack[] {
  const path = pathThrough(regexp);
  const ends = [0, 1, 2, 3, 4, 5, 6, 7, 8, path.length].filter((end) => end <= path.length);
  const prefixes = [...new Set(["x", ...ends.map((end) => path.slice(0, end))])];
  const suffixes = ["\u0000", "\na", "/}"];
  return prefixes.flatMap((prefix) =>
    piecesOf(path).flatMap((pump) => suffixes.map((suffix) => ({ prefix, pump, suffix }))),
  );
}

function textOf({ prefix, pump, suffix }: Attack, length: number): string {
  return prefix + pump.repeat(length / pump.length) + suffix;
}

/** Milliseconds, the least of a few tries: others use the machine too. */
function timeOf(regexp: RegExp, text: string, tries: number): number {
  let least = Infinity;
  for (let n = 0; n < tries; n += 1) {
    const started = performance.now();
    text.replace(regexp, "");
    least = Math.min(least, performance.now() - started);
  }
  return least;
}

/** Whether the pattern takes more than its share for the text. */
function isSlow(regexp: RegExp, attack: Attack): boolean {
  for (const [index, length] of LENGTHS.entries()) {
    const text = textOf(attack, length);
    const takes = (least: number): boolean =>
      timeOf(regexp, text, 1) > least && timeOf(regexp, text, 2) > least;
    if (takes(SLOW_MS[index] ?? 0)) return true;
    if (index === 1 && !takes(QUICK_MS)) return false;
  }
  return false;
}

describe("a regular expression", () => {
  test.for(written)("$where takes time in proportion to its text", ({ regexp }) => {
    expect(attacksOn(regexp).find((attack) => isSlow(regexp, attack))).toBeUndefined();
  });

  it("is put together in few places only, and the functions there are tried themselves", () => {
    const made = all.flatMap(({ regexp, where }) =>
      regexp === null ? [where.replace(/:\d+$/, "")] : [],
    );
    expect(made).toEqual([
      "src/messages/markdown/markdown-lines.ts",
      "src/publishing/hidden-address.ts",
      "src/publishing/hidden-address.ts",
      "src/publishing/hidden-address.ts",
      "src/sandbox/faults.ts",
      "src/slack/read-mrkdwn.ts",
    ]);
  });

  test.for([/x+$/, /^\/+|\/+$/g, /(a+)+b/, /<(\w+)[^>]*>.*<\/\1>/, /tag \{(\w+).*\}/])(
    "such as %s is found to be slow",
    (slow) => {
      expect(attacksOn(slow).some((attack) => isSlow(slow, attack))).toBe(true);
    },
  );

  const attack = fc
    .tuple(
      fc.constantFrom(...written),
      fc.array(fc.nat(999), { minLength: 3, maxLength: 7 }),
      fc.nat(2),
      fc.nat(2),
    )
    .map(([{ regexp, where }, picks, start, end]) => {
      const pieces = piecesOf(pathThrough(regexp));
      const texts = picks.map((pick) => pieces[pick % pieces.length] ?? "");
      const pump = texts.slice(start, texts.length - end).join("") || "a";
      return {
        where,
        regexp,
        prefix: texts.slice(0, start).join(""),
        pump,
        suffix: texts.slice(texts.length - end).join(""),
      };
    });
  fuzz("is quick with whatever stands in its own words", attack, ({ regexp, ...given }) => {
    assert.equal(isSlow(regexp, given), false);
  });
});
